using System.Diagnostics;
using System.Text.Json.Nodes;
using BotDispatch.Ports;
using BotDispatch.Teams.Connector;

namespace BotDispatch.Teams.Posting;

/// <summary>A message as it is posted.</summary>
/// <param name="Activity">What is shown.</param>
/// <param name="Plain">The same in bare words, for when Teams does not take that.</param>
/// <param name="Key">The same for the same post.</param>
/// <param name="IsCard">It begins a thread where there are threads, and a dispatch is not seen without it.</param>
/// <param name="Nameless">What counts as its id if Teams does not tell one.</param>
internal sealed record TeamsPost(JsonObject Activity, JsonObject Plain, string Key, bool IsCard, string Nameless);

/// <summary>
/// Posts one message when its turn comes. A bot can look nothing up in Teams, so what may stand there already is repeated, since a lost line is worse than a double one.
/// <see cref="Posted.Gone"/> says that this place does not take it.
/// </summary>
internal sealed class MessagePosts(IConnector connector, PostingPace pace, Refusals refusals, ILogger<MessagePosts> log)
{
    /// <summary>When to ask again after a failed connection; the pause grows with every try.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    /// <summary>Something else is just being done in that conversation.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    /// <summary>How often a line is repeated whose end stays unknown: Teams asks for it at 502 and 504, and some minutes of those must cost no line.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit</remarks>
    public const int MostRepeats = 4;

    // The least that Teams takes: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
    const int SmallestPage = 50;

    readonly MissingPostCounter replies = new();

    /// <summary>Posts it; <paramref name="who"/> waits for a turn.</summary>
    public async Task<Posted> PostAsync(Place place, TeamsPost post, string who, int earlierTries, CancellationToken ct)
    {
        if (earlierTries > MostRepeats && !post.IsCard)
        {
            log.Repeated(post.Key, "is taken as posted");
            return new Posted.Done(post.Nameless);
        }
        if (pace.NotYet(place.Tenant, place.Conversation, who) is { } wait)
            return new Posted.NotYet(wait);
        if (earlierTries > 0 && await UnansweredAsync(place, post, ct) is { } trouble)
            return trouble;
        return await SendAsync(place, post, isPlain: false, ct);
    }

    /// <summary>What a call came to that did nothing lasting; null if it was done.</summary>
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
                return new Posted.TryLater(because, Soon);
            case ConnectorAnswer.Lost(var because):
                return new Posted.TryLater(because, Soon);
            case ConnectorAnswer.Refused refused:
                return refusals.Meaning(place, key, refused, isRedraw);
            default:
                throw new UnreachableException(answer.GetType().Name);
        }
    }

    // The repeats must not be spent on a Teams that does not answer.
    async Task<Posted?> UnansweredAsync(Place place, TeamsPost post, CancellationToken ct)
    {
        var answer = await connector.CallAsync(new ConnectorCall.Members(place.ServiceUrl, place.Conversation, SmallestPage), ct);
        // What may not be read may still be written, and if not, the post itself says so.
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
                    replies.Over(place);
                return new Posted.Done(Stands(place, post, done));
            case ConnectorAnswer.Lost(var because):
                return new Posted.Unsure(because, Soon);
            case ConnectorAnswer.Refused { Kind: Refusal.Content or Refusal.TooBig } refused when !isPlain:
                log.SentPlain(post.Key, refused.Code);
                return await SendAsync(place, post, isPlain: true, ct);
            case var answer:
                var trouble = Trouble(place, post.Key, answer)!;
                // Bare words are no reason to be silent from now on: it is a matter of the place, as for a card.
                if (!post.IsCard && trouble is Posted.Refused(var code))
                    trouble = new Posted.Gone(code);
                if (post.IsCard || trouble is not Posted.Gone || !replies.IsTooOften(place))
                    return trouble;
                log.LeftUntold(post.Key);
                return new Posted.Done(post.Nameless);
        }
    }

    string Stands(Place place, TeamsPost post, ConnectorAnswer.Done done)
    {
        if (!post.IsCard)
            return done.Id is { } id ? new TeamsMessageId(place.Conversation, place.Root, id).ToString() : post.Nameless;
        if (done.Id is null)
            log.Nameless(post.Key);
        var root = !place.IsChannel ? "" : TeamsAddress.SplitThread(done.Conversation ?? "").Root is { Length: > 0 } begun ? begun : done.Id ?? "";
        return new TeamsMessageId(place.Conversation, root, done.Id ?? post.Nameless).ToString();
    }
}
