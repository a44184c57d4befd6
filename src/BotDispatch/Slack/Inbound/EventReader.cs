using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>Reads what the Events API sends.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api</remarks>
internal static class EventReader
{
    // How Slack marks what somebody has just written themselves; every other subtype is a change of a message, or Slack's or another app's words.
    // https://docs.slack.dev/reference/events/message
    static readonly FrozenSet<string> Written = FrozenSet.Create("file_share", "me_message", "thread_broadcast");

    // An event tells of a message within moments. Later it tells that something happened to an old one.
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    public static SlackDelivery Read(JsonElement payload)
    {
        var id = payload.Name("event_id") ?? payload.Hash();
        if (payload.Text("type") is var outer && outer != "event_callback")
            return new SlackDelivery.Unknown(id, Origin(payload, null), outer ?? "");
        var what = payload.Field("event") ?? default;
        var type = what.Text("type") ?? "";
        var from = Origin(payload, what.Text("user"));
        return type switch
        {
            // The same event tells of the Messages tab.
            "app_home_opened" when what.Text("tab") == "home" && from.UserId.Length > 0 => new SlackDelivery.HomeOpened(id, from),
            "app_mention" => Mention(id, from, what),
            "app_uninstalled" => new SlackDelivery.Uninstalled(id, from),
            "tokens_revoked" => new SlackDelivery.TokensRevoked(id, from, BotUsers(what)),
            _ => (SlackDelivery?)null,
        } ?? new SlackDelivery.Unknown(id, from, type);
    }

    // Slack sends a mention again when its message is edited or gets a link preview, also days later: it was done when it was written.
    static SlackDelivery.Mentioned? Mention(string id, SlackOrigin from, JsonElement what) =>
        from.UserId.Length > 0 && what.Text("channel") is { } channel && what.Text("ts") is { } ts && IsWrittenNow(what, ts)
            ? new(id, from, channel, ts, what.Text("thread_ts"), what.Text("text") ?? "")
            : null;

    static bool IsWrittenNow(JsonElement what, string ts) =>
        what.Field("edited") is null
        && what.Field("hidden") is not { ValueKind: JsonValueKind.True }
        // A person gives commands; two bots that answer each other never end.
        && what.Field("bot_id") is null
        && (what.Field("subtype") is null || what.Text("subtype") is { } subtype && Written.Contains(subtype))
        && !what.List("attachments").Any(IsPreview)
        && !(Seconds(what.Text("event_ts")) - Seconds(ts) > Fresh.TotalSeconds);

    // Somebody who shares a message sends it along at once; the preview of a link is added to a message that stands there already.
    static bool IsPreview(JsonElement attachment) =>
        attachment.Field("from_url") is not null && attachment.Field("is_share") is not { ValueKind: JsonValueKind.True };

    // Some of Slack's own examples leave the dot out of event_ts.
    static double? Seconds(string? ts) =>
        ts is null || !double.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? null
            : ts.Contains('.', StringComparison.Ordinal) || seconds < 1e12 ? seconds : seconds / 1e6;

    static ImmutableArray<string> BotUsers(JsonElement what) =>
        what.Field("tokens") is { } tokens ? [.. tokens.List("bot").Select(each => each.AsText()).OfType<string>()] : [];

    // In a channel that two workspaces share the event may have happened in the other one: who it is for stands in the authorization.
    static SlackOrigin Origin(JsonElement payload, string? user)
    {
        var authorization = payload.List("authorizations").FirstOrDefault();
        return new(
            authorization.Field("is_enterprise_install") is { ValueKind: JsonValueKind.True } ? null : authorization.Text("team_id") ?? payload.Text("team_id"),
            authorization.Text("enterprise_id") ?? payload.Text("enterprise_id"),
            user ?? "",
            "");
    }
}
