using System.Diagnostics;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Slack.Posting;

/// <summary>Where a message goes.</summary>
/// <param name="Installation">The installation whose token is used.</param>
/// <param name="Channel">A channel, or a user for the app's direct messages with them.</param>
/// <param name="ThreadTs">The message at the top of the thread; null for a card.</param>
internal sealed record Place(string Installation, string Channel, string? ThreadTs = null);

/// <summary>
/// Posts one message when its turn comes, so that it stands once. If an earlier try may have posted it, we look for it first. If we cannot
/// look, we repeat it once, because a lost line is worse than a double one. <see cref="Posted.Gone"/> means that this place does not accept
/// the message.
/// </summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage</remarks>
internal sealed class MessagePosts(
    ISlackApi slack, EarlierPosts earlierPosts, [FromKeyedServices(SlackAddress.Platform)] PostingPace pace, Refusals refusals,
    ILogger<MessagePosts> log)
{
    readonly MissingPostCounter strays = new();

    /// <summary>Posts the message; <paramref name="who"/> names the one that waits for a turn.</summary>
    public async Task<Posted> PostAsync(Place place, SlackMessage message, string who, int earlierTries, CancellationToken ct)
    {
        if (pace.NotYet(place.Installation, place.Channel, who) is { } wait)
            return new Posted.NotYet(wait);
        if (earlierTries > 0 && await FindAsync(place, message, earlierTries, ct) is { } known)
            return known;
        return await SendAsync(place, message, isPlain: false, ct);
    }

    /// <summary>Returns what we know of an earlier try; null if the message must be posted.</summary>
    async Task<Posted?> FindAsync(Place place, SlackMessage message, int earlierTries, CancellationToken ct)
    {
        switch (await earlierPosts.FindAsync(place.Installation, place.Channel, place.ThreadTs, message.Key, ct))
        {
            case Earlier.Stands stands:
                log.LookedUp(message.Key, "is found");
                return new Posted.Done(stands.Message.ToString());
            case Earlier.Absent:
                log.LookedUp(message.Key, "is certainly not there");
                return null;
            case Earlier.ParentGone gone:
                return new Posted.Gone(gone.Because);
            case Earlier.NotNow notNow:
                return notNow.Posted;
            // A thread without one line is better than the same line again and again. But without its card, nobody sees the dispatch.
            case Earlier.Unknown when place.ThreadTs is not null && earlierTries > 1:
                log.LookedUp(message.Key, "counts as posted");
                return new Posted.Done(message.Key);
        }
        // Do not spend the one repeat on a Slack that does not answer.
        return refusals.Trouble(place, message.Key, await slack.CallAsync(new(place.Installation, "auth.test", []), ct));
    }

    async Task<Posted> SendAsync(Place place, SlackMessage message, bool isPlain, CancellationToken ct)
    {
        var arguments = message.Arguments(place.Channel, isPlain);
        arguments["unfurl_links"] = false;
        arguments["unfurl_media"] = false;
        if (place.ThreadTs is not null)
            arguments["thread_ts"] = place.ThreadTs;
        if (place.ThreadTs is not null && message.AlsoInChannel)
            arguments["reply_broadcast"] = true;
        switch (await slack.CallAsync(new(place.Installation, "chat.postMessage", arguments), ct))
        {
            case SlackAnswer.Ok(var body):
                refusals.Worked(place.Installation);
                return await StandsAsync(place, message, body, ct);
            case SlackAnswer.Lost(var because):
                return new Posted.Unsure(because, PostingTrouble.Soon);
            case SlackAnswer.Refused { Kind: Refusal.Content } refused when !isPlain:
                log.SentPlain(message.Key, refused.Error, refused.Detail);
                return await SendAsync(place, message, isPlain: true, ct);
            case SlackAnswer.Refused { Error: "restricted_action_non_threadable_channel" } when place.ThreadTs is not null:
                return await SendAsync(place with { ThreadTs = null }, message, isPlain, ct);
            case var answer:
                return refusals.Trouble(place, message.Key, answer)!;
        }
    }

    async Task<Posted> StandsAsync(Place place, SlackMessage message, JsonElement body, CancellationToken ct)
    {
        if (body.Name("channel") is not { } channel || body.Name("ts") is not { } ts)
            return new Posted.Unsure("Slack did not name the message", PostingTrouble.Soon);
        var done = new Posted.Done(new SlackMessageId(channel, ts).ToString());
        if (place.ThreadTs is null || body.Field("message") is not { ValueKind: JsonValueKind.Object } posted)
            return done;
        if (posted.Name("thread_ts") is not null)
        {
            strays.Over(place.Installation, channel);
            return done;
        }
        // Slack does not document what becomes of a reply to a deleted message. It was seen in the channel, outside of any thread.
        if (strays.IsTooOften(place.Installation, channel))
        {
            log.StrayLeft(message.Key);
            return done;
        }
        log.Stray(message.Key);
        await slack.CallAsync(new(place.Installation, "chat.delete", new() { ["channel"] = channel, ["ts"] = ts }), ct);
        return new Posted.Gone("the card was deleted");
    }
}

/// <summary>Decides what follows when Slack refuses a message.</summary>
internal sealed class Refusals(ILogger<Refusals> log)
{
    readonly PostingTrouble trouble = new();

    /// <summary>Notes that the app may post there again.</summary>
    public void Worked(string installation) => trouble.Worked(installation);

    /// <summary>Returns what follows from a call that failed; null if it was done.</summary>
    public Posted? Trouble(Place place, string key, SlackAnswer answer) => answer switch
    {
        SlackAnswer.Ok => null,
        SlackAnswer.Throttled(var after) => new Posted.NotYet(after),
        SlackAnswer.NotReached(var because) => new Posted.TryLater(because, PostingTrouble.Soon),
        SlackAnswer.Lost(var because) => new Posted.TryLater(because, PostingTrouble.Soon),
        SlackAnswer.Refused refused => Meaning(place, key, refused),
        _ => throw new UnreachableException(answer.GetType().Name),
    };

    /// <summary>Returns what follows from a refusal; <see cref="Posted.Gone"/> means that this place does not accept the message.</summary>
    Posted Meaning(Place place, string key, SlackAnswer.Refused refused)
    {
        if (IsPlace(place, refused))
            return new Posted.Gone(refused.Error);
        switch (refused.Kind)
        {
            case Refusal.Token or Refusal.Rights:
                return trouble.Repairable(
                    place.Installation, refused.Error, () => log.PostingNotAllowed(place.Installation, refused.Error, refused.Detail));
            case Refusal.Content:
                return new Posted.Refused(refused.Error);
            default:
                log.PostRefused(key, refused.Error, refused.Detail);
                return PostingTrouble.NotUnderstood(refused.Error);
        }
    }

    // Slack names read-only and locked places by what is forbidden there, and has many names for a person who cannot be written to.
    static bool IsPlace(Place place, SlackAnswer.Refused refused) => refused.Kind is Refusal.Place or Refusal.Gone
        || refused.Error.StartsWith("restricted_action", StringComparison.Ordinal)
        || (refused.Kind is Refusal.Other && place.Channel is ['U' or 'W', ..]);
}
