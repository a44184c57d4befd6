using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// Slack as a chat: one card per dispatch, redrawn in place, and its thread. If a channel does not accept the card, the dispatch is
/// followed in a direct message to the person who asked.
/// </summary>
// Nine: a chat as the engine sees it is posts, drawings, refusals, people and members together.
internal sealed class SlackPlatform(
    MessagePosts posts, DrawingPace drawings, Refusals refusals, ISlackApi slack, SlackPeople people, SlackMembers members,
    IOptions<SlackOptions> options, [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock,
    ILogger<SlackPlatform> log) : IChatPlatform
{
    const int MostDirect = 3000;

    public string Name => SlackAddress.Platform;

    public bool IsSetUp => options.Value.IsOn;

    public async Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct)
    {
        var (installation, id) = SlackAddress.Split(channel.Address);
        var posted = await posts.PostAsync(
            new(installation, id), CardView.Draw(dispatchClock.OnWall(card), dispatchClock.WallNow), card.Id.Value, earlierTries, ct);
        if (posted is not Posted.Gone(var because))
            return posted;
        var user = SlackAddress.Split(card.AskedBy.UserId).Id;
        return await PostingTrouble.FollowElsewhereAsync(card, Name, isPersonal: user == id, because, () =>
        {
            log.FollowedElsewhere(card.Id.Value, because);
            var message = CardView.Draw(dispatchClock.OnWall(card), dispatchClock.WallNow, insteadOf: id);
            return posts.PostAsync(new(installation, user), message, card.Id.Value, earlierTries, ct);
        });
    }

    public async Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct)
    {
        var (place, root, insteadOf) = Where(thread);
        if (drawings.NotYet(place.Installation, thread.RootMessage, card.IsClosed) is { } wait)
            return new Posted.NotYet(wait);
        return await DrawAsync(
            place, root, CardView.Draw(dispatchClock.OnWall(card), dispatchClock.WallNow, insteadOf), isPlain: false, ct);
    }

    public Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct)
    {
        var (place, root, _) = Where(thread);
        return posts.PostAsync(place with { ThreadTs = root.Ts }, ReplyMessage.Draw(update), thread.RootMessage, earlierTries, ct);
    }

    /// <remarks>https://docs.slack.dev/reference/methods/chat.getPermalink</remarks>
    public async Task<string?> LinkToAsync(ChatThread thread, CancellationToken ct)
    {
        var (place, root, _) = Where(thread);
        var answer = await slack.CallAsync(
            new(place.Installation, "chat.getPermalink", new() { ["channel"] = root.Channel, ["message_ts"] = root.Ts }), ct);
        return answer is SlackAnswer.Ok(var body) ? body.Name("permalink") : null;
    }

    public async Task<string?> EmailOfAsync(Person person, CancellationToken ct) =>
        person.Platform == Name && SlackAddress.Split(person.UserId) is ({ Length: > 0 } installation, { Length: > 0 } user)
            ? await people.EmailOfAsync(installation, user, ct)
            : null;

    public async Task<string?> TimeZoneOfAsync(Person person, CancellationToken ct) =>
        person.Platform == Name && SlackAddress.Split(person.UserId) is ({ Length: > 0 } installation, { Length: > 0 } user)
            ? await people.TimeZoneOfAsync(installation, user, ct)
            : null;

    public async Task<bool> TellAsync(ChatChannel place, string email, string text, CancellationToken ct)
    {
        var installation = SlackAddress.Split(place.Address).Installation;
        // Slack opens the app's direct messages for a user's id: https://docs.slack.dev/reference/methods/chat.postMessage
        return await slack.CallAsync(new(installation, "users.lookupByEmail", new() { ["email"] = email }), ct) is SlackAnswer.Ok(var body)
            && body.Name("user", "id") is { } user
            && await slack.CallAsync(
                new(installation, "chat.postMessage", new() { ["channel"] = user, ["text"] = SlackText.Inert(text, MostDirect) }), ct)
                is SlackAnswer.Ok;
    }

    public bool IsSingleTenant => !options.Value.UsesOAuth;

    public ChatChannel? ReadPlace(string written) => SlackAddress.Read(written);

    public Task<Membership> FindMemberAsync(ChatChannel place, Person person, string? email, CancellationToken ct) =>
        members.FindAsync(place, person, email, ct);

    // Drawing the same card twice changes nothing, so a lost answer only means that it is drawn later.
    async Task<Posted> DrawAsync(Place place, SlackMessageId root, SlackMessage message, bool isPlain, CancellationToken ct)
    {
        var arguments = message.Arguments(root.Channel, isPlain);
        arguments["ts"] = root.Ts;
        switch (await slack.CallAsync(new(place.Installation, "chat.update", arguments), ct))
        {
            case SlackAnswer.Ok:
                refusals.Worked(place.Installation);
                return new Posted.Done(root.ToString());
            case SlackAnswer.Refused { Kind: Refusal.Content } refused when !isPlain:
                log.SentPlain(message.Key, refused.Error, refused.Detail);
                return await DrawAsync(place, root, message, isPlain: true, ct);
            case var answer:
                return refusals.Trouble(place, message.Key, answer)!;
        }
    }

    /// <summary>Returns where the thread stands, and the channel that did not accept the card, if there is one.</summary>
    static (Place Place, SlackMessageId Root, string? InsteadOf) Where(ChatThread thread)
    {
        var (installation, id) = SlackAddress.Split(thread.Channel.Address);
        var root = SlackMessageId.Parse(thread.RootMessage);
        var isElsewhere = root.Channel is ['D', ..] && root.Channel != id && id is not ['U' or 'W', ..];
        return (new(installation, root.Channel), root, isElsewhere ? id : null);
    }
}
