using System.Globalization;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Install;
using BotDispatch.Storage;

namespace BotDispatch.Slack.Posting;

/// <summary>What we know of a post whose answer was lost.</summary>
internal abstract record Earlier
{
    private Earlier() { }

    /// <summary>It was posted.</summary>
    public sealed record Stands(SlackMessageId Message) : Earlier;

    /// <summary>It certainly was not posted.</summary>
    public sealed record Absent : Earlier;

    /// <summary>The message of its thread is gone.</summary>
    public sealed record ParentGone(string Because) : Earlier;

    /// <summary>It cannot be found out: the app may not read there, or there is too much to read.</summary>
    public sealed record Unknown : Earlier;

    /// <summary>It cannot be found out now.</summary>
    public sealed record NotNow(Posted Posted) : Earlier;
}

/// <summary>Looks for a post of ours in a channel or a thread, by its mark, if the app may read there.</summary>
/// <remarks>
/// https://docs.slack.dev/reference/methods/conversations.history and https://docs.slack.dev/reference/methods/conversations.replies. Apps
/// that are distributed outside of the Marketplace get 15 messages a minute, so what we have read is not read again.
/// </remarks>
internal sealed class EarlierPosts(ISlackApi slack, IInstallations installations, TimeProvider clock)
{
    const int MostPages = 6;
    const int PageSize = 200;
    const int MostRemembered = 1000;

    static readonly TimeSpan Oldest = TimeSpan.FromHours(24);

    readonly ExpiringCache<string, Reading> interrupted = new(MostRemembered, Oldest, clock);

    /// <summary>
    /// Looks for <paramref name="key"/> in a channel (or the app's direct messages with a user), or in the thread under
    /// <paramref name="threadTs"/>.
    /// </summary>
    public async Task<Earlier> FindAsync(string installation, string channel, string? threadTs, string key, CancellationToken ct)
    {
        if (await installations.FindAsync(installation, ct) is not { } app || !MayRead(app, channel))
            return new Earlier.Unknown();
        var (reading, trouble) = interrupted.TryRemove(key, out var begun) && begun.Asked == channel
            ? (begun, null)
            : await BeginAsync(installation, channel, ct);
        while (reading is { Page: < MostPages })
        {
            SlackArguments arguments = new()
            {
                ["channel"] = reading.Channel,
                ["ts"] = threadTs,
                ["oldest"] = reading.Oldest,
                ["limit"] = PageSize,
                ["include_all_metadata"] = true,
                ["cursor"] = reading.Cursor,
            };
            var method = threadTs is null ? "conversations.history" : "conversations.replies";
            var answer = await slack.CallAsync(new(installation, method, arguments), ct);
            if (answer is SlackAnswer.Throttled)
                interrupted.Set(key, reading);
            if (answer is not SlackAnswer.Ok(var body))
                return Trouble(answer, threadTs is not null);
            if (Ours(body, app, key) is { } ts)
                return new Earlier.Stands(new(reading.Channel, ts));
            if (body.Name("response_metadata", "next_cursor") is not { } cursor)
                return new Earlier.Absent();
            reading = reading with { Cursor = cursor, Page = reading.Page + 1 };
        }
        return trouble ?? new Earlier.Unknown();
    }

    async Task<(Reading? Reading, Earlier? Trouble)> BeginAsync(string installation, string channel, CancellationToken ct)
    {
        var oldest = (clock.WallNow - Oldest).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + ".000000";
        if (channel is not ['U' or 'W', ..])
            return (new(channel, channel, oldest, null, 0), null);
        return await slack.CallAsync(new(installation, "conversations.open", new() { ["users"] = channel }), ct) switch
        {
            SlackAnswer.Ok(var body) when body.Name("channel", "id") is { } direct => (new(channel, direct, oldest, null, 0), null),
            var answer => (null, Trouble(answer, isThread: false)),
        };
    }

    static Earlier Trouble(SlackAnswer answer, bool isThread) => answer switch
    {
        SlackAnswer.Throttled(var after) => new Earlier.NotNow(new Posted.NotYet(after)),
        SlackAnswer.NotReached(var because) => new Earlier.NotNow(new Posted.TryLater(because, PostingTrouble.Soon)),
        SlackAnswer.Lost(var because) => new Earlier.NotNow(new Posted.TryLater(because, PostingTrouble.Soon)),
        SlackAnswer.Refused { Kind: Refusal.Gone } refused when isThread => new Earlier.ParentGone(refused.Error),
        _ => new Earlier.Unknown(),
    };

    // Private channels have ids like public ones. Slack itself says which scope is missing.
    static bool MayRead(Installation app, string channel) => app.Scopes.Overlaps(channel switch
    {
        ['D' or 'U' or 'W', ..] => ["im:history"],
        ['G', ..] => ["groups:history", "mpim:history"],
        _ => (string[])["channels:history", "groups:history"],
    });

    // Anybody can put such a mark on a message of their own.
    static string? Ours(JsonElement body, Installation app, string key)
    {
        foreach (var message in body.List("messages"))
            if (message.Field("metadata") is { } mark && mark.Text("event_type") == SlackMessage.EventType
                && mark.Text("event_payload", "key") == key
                && (message.Name("user") is not { } user || app.BotUserId.Length == 0 || user == app.BotUserId)
                && message.Name("ts") is { } ts)
                return ts;
        return null;
    }

    /// <summary>How far we have read.</summary>
    sealed record Reading(string Asked, string Channel, string Oldest, string? Cursor, int Page);
}

/// <summary>Deletes a second card of a dispatch (<see cref="SecondCards"/>).</summary>
internal sealed class DuplicateCards(IPostedCards posted, ISlackApi slack, TimeProvider clock, ILogger<DuplicateCards> log)
{
    readonly SecondCards second = new(clock);

    /// <summary>Deletes the message if the dispatch has another card in the same channel; otherwise does nothing.</summary>
    public async Task DeleteAsync(string installation, DispatchId dispatch, SlackMessageId pressed, CancellationToken ct)
    {
        var isSecond = await second.IsSecondAsync(dispatch, Card(pressed), async () =>
            (await posted.FindCardsAsync(dispatch, SlackAddress.Platform, ct)).Select(card => Card(SlackMessageId.Parse(card.Message))));
        if (isSecond && await slack.CallAsync(new(installation, "chat.delete",
            new() { ["channel"] = pressed.Channel, ["ts"] = pressed.Ts }), ct) is SlackAnswer.Ok)
            log.DuplicateDeleted(dispatch);
    }

    static CardMessage Card(SlackMessageId message) => new(message.Channel, message.Ts);
}
