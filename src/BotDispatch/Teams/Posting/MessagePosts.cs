using System.Diagnostics;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Teams.Connector;

namespace BotDispatch.Teams.Posting;

/// <summary>A message to post.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Plain">The same in plain words, in case Teams does not accept the activity.</param>
/// <param name="Key">Names the post; the same for each try.</param>
/// <param name="IsCard">It begins a thread if the place has threads, and without it nobody sees the dispatch.</param>
/// <param name="Nameless">Stands in for the id if Teams does not send one.</param>
internal sealed record TeamsPost(WriteJson Activity, WriteJson Plain, string Key, bool IsCard, string Nameless);

/// <summary>
/// Posts one message when its turn comes. A bot can look nothing up in Teams, so a message that may have been posted is repeated, because a
/// lost line is worse than a double one. <see cref="Posted.Gone"/> means that this place does not accept the message.
/// </summary>
internal sealed class MessagePosts(
    IConnector connector, [FromKeyedServices(TeamsAddress.Platform)] PostingPace pace, Refusals refusals, ILogger<MessagePosts> log)
{
    /// <summary>When to try again if Teams is doing something else in that conversation.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often a line with an unknown result is repeated. Teams asks for it after 502 and 504, and some minutes of those must cost no
    /// line.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit</remarks>
    public const int MostRepeats = 4;

    // The smallest page that Teams accepts: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
    const int SmallestPage = 50;

    static readonly (int Count, TimeSpan Within)[] Limits =
    [
        (7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1)),
    ];

    readonly MissingPostCounter replies = new();

    /// <summary>The pace that Teams allows in one conversation with all its threads.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, "Per bot per thread limit"</remarks>
    public static PostingPace Pace(TimeProvider clock) => new(clock, Limits);

    /// <summary>Posts the message; <paramref name="who"/> names the one that waits for a turn.</summary>
    public async Task<Posted> PostAsync(Place place, TeamsPost post, string who, int earlierTries, CancellationToken ct)
    {
        if (earlierTries > MostRepeats && !post.IsCard)
        {
            log.Repeated(post.Key, "counts as posted");
            return new Posted.Done(post.Nameless);
        }
        if (pace.NotYet(place.Tenant, place.Conversation, who) is { } wait)
            return new Posted.NotYet(wait);
        if (earlierTries > 0 && await UnansweredAsync(place, post, ct) is { } trouble)
            return trouble;
        return await SendAsync(place, post, isPlain: false, ct);
    }

    /// <summary>Posts a card in the bot's own chat with a person.</summary>
    public async Task<Posted> PostPersonallyAsync(Place place, string mri, TeamsPost post, int earlierTries, CancellationToken ct)
    {
        var opened = await OpenChatAsync(place, mri, ct);
        if (Trouble(place, post.Key, opened) is { } trouble)
            return trouble is Posted.Refused(var because) ? new Posted.Gone(because) : trouble;
        return opened is ConnectorAnswer.Done { Conversation: { } chat }
            ? await PostAsync(place with { Conversation = chat, Kind = "personal" }, post, post.Key, earlierTries, ct)
            : new Posted.TryLater("Teams did not name the personal chat", PostingTrouble.Soon);
    }

    /// <summary>Sends words to a person once, in the bot's own chat with them. Returns whether Teams accepted them.</summary>
    public async Task<bool> TellAsync(Place place, string mri, WriteJson words, CancellationToken ct) =>
        await OpenChatAsync(place, mri, ct) is ConnectorAnswer.Done { Conversation: { } chat }
        && await connector.CallAsync(new ConnectorCall.Send(place.ServiceUrl, chat, words), ct) is ConnectorAnswer.Done;

    /// <summary>Returns what follows if no message ever came from the tenant.</summary>
    public Posted NowhereIn(string tenant) => refusals.NowhereIn(tenant);

    // Opening a chat posts nothing, and opened again it is the same chat.
    Task<ConnectorAnswer> OpenChatAsync(Place place, string mri, CancellationToken ct) =>
        connector.CallAsync(new ConnectorCall.PersonalChat(place.ServiceUrl, place.Tenant, place.Bot, mri), ct);

    /// <summary>Returns what follows from a call that failed; null if it was done.</summary>
    public Posted? Trouble(Place place, string key, ConnectorAnswer answer, bool isRedraw = false)
    {
        switch (answer)
        {
            case ConnectorAnswer.Done:
                return null;
            case ConnectorAnswer.Throttled(var after):
                pace.Hold(place.Tenant, place.Conversation, after);
                return new Posted.NotYet(after);
            case ConnectorAnswer.Busy:
                return new Posted.NotYet(AtOnce);
            case ConnectorAnswer.NotReached(var because):
                return new Posted.TryLater(because, PostingTrouble.Soon);
            case ConnectorAnswer.Lost(var because):
                return new Posted.TryLater(because, PostingTrouble.Soon);
            case ConnectorAnswer.Refused refused:
                return refusals.Meaning(place, key, refused, isRedraw);
            default:
                throw new UnreachableException(answer.GetType().Name);
        }
    }

    // Do not spend the repeats on a Teams that does not answer.
    async Task<Posted?> UnansweredAsync(Place place, TeamsPost post, CancellationToken ct)
    {
        var answer = await connector.CallAsync(new ConnectorCall.Members(place.ServiceUrl, place.Conversation, SmallestPage), ct);
        // A bot that may not read there may still write. If not, the post itself says so.
        if (answer is not ConnectorAnswer.Refused && Trouble(place, post.Key, answer) is { } trouble)
            return trouble;
        log.Repeated(post.Key, "is posted again");
        return null;
    }

    async Task<Posted> SendAsync(Place place, TeamsPost post, bool isPlain, CancellationToken ct)
    {
        var activity = isPlain ? post.Plain : post.Activity;
        switch (await connector.CallAsync(post.IsCard && place.IsChannel
            ? new ConnectorCall.NewThread(place.ServiceUrl, place.Tenant, place.Conversation, place.Bot, activity)
            : new ConnectorCall.Send(place.ServiceUrl, place.ThreadId, activity), ct))
        {
            case ConnectorAnswer.Done done:
                refusals.Worked(place.Tenant);
                if (!post.IsCard)
                    replies.Over(place.Tenant, place.Conversation);
                return new Posted.Done(Stands(place, post, done));
            case ConnectorAnswer.Lost(var because):
                return new Posted.Unsure(because, PostingTrouble.Soon);
            case ConnectorAnswer.Refused { Kind: Refusal.Content or Refusal.TooBig } refused when !isPlain:
                log.SentPlain(post.Key, refused.Code);
                return await SendAsync(place, post, isPlain: true, ct);
            case var answer:
                var trouble = Trouble(place, post.Key, answer)!;
                // If Teams refuses plain words, the place is the reason, as for a card. Later lines may still be accepted.
                if (!post.IsCard && trouble is Posted.Refused(var code))
                    trouble = new Posted.Gone(code);
                if (post.IsCard || trouble is not Posted.Gone || !replies.IsTooOften(place.Tenant, place.Conversation))
                    return trouble;
                log.RepliesGivenUp(post.Key);
                return new Posted.Done(post.Nameless);
        }
    }

    string Stands(Place place, TeamsPost post, ConnectorAnswer.Done done)
    {
        if (!post.IsCard)
            return done.Id is { } id ? new TeamsMessageId(place.Conversation, place.Root, id).ToString() : post.Nameless;
        if (done.Id is null)
            log.Nameless(post.Key);
        var root = !place.IsChannel
            ? ""
            : TeamsAddress.SplitThread(done.Conversation ?? "").Root is { Length: > 0 } begun ? begun : done.Id ?? "";
        return new TeamsMessageId(place.Conversation, root, done.Id ?? post.Nameless).ToString();
    }
}

/// <summary>Decides what follows when Teams refuses a message.</summary>
internal sealed class Refusals(ILogger<Refusals> log)
{
    readonly PostingTrouble trouble = new();

    /// <summary>Notes that the bot may post there again.</summary>
    public void Worked(string tenant) => trouble.Worked(tenant);

    /// <summary>Returns what follows if no message ever came from the tenant, or the app was removed from all of it.</summary>
    public Posted NowhereIn(string tenant) => Administer(tenant, "no_conversation_known");

    /// <summary>Returns what follows from a refusal; <see cref="Posted.Gone"/> means that this place does not accept the message.</summary>
    /// <param name="place">The place.</param>
    /// <param name="key">The post.</param>
    /// <param name="refused">The refusal.</param>
    /// <param name="isRedraw">The card exists: if it may not be changed, that is no reason for another one.</param>
    public Posted Meaning(Place place, string key, ConnectorAnswer.Refused refused, bool isRedraw = false)
    {
        switch (refused.Kind)
        {
            case Refusal.Gone or Refusal.NotInRoster:
                return new Posted.Gone(refused.Code);
            case Refusal.Disabled or Refusal.Credentials:
            // Our own setting forbids us to call that address.
            case Refusal.Forbidden when refused.Code == ServiceAddress.NotAllowed:
                return Administer(place.Tenant, refused.Code);
            case Refusal.Blocked or Refusal.Forbidden:
                return isRedraw ? Administer(place.Tenant, refused.Code) : new Posted.Gone(refused.Code);
            case Refusal.Content or Refusal.TooBig:
                return new Posted.Refused(refused.Code);
            default:
                log.PostRefused(key, refused.Code);
                return PostingTrouble.NotUnderstood(refused.Code);
        }
    }

    Posted.TryLater Administer(string tenant, string code) =>
        trouble.Repairable(tenant, code, () => log.PostingNotAllowed(tenant, code));
}
