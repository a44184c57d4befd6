using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>Reads what the Events API sends.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api</remarks>
internal static class EventReader
{
    // How Slack marks what somebody has just written themselves. Every other subtype is a change of a message, or words of Slack's or of
    // another app. https://docs.slack.dev/reference/events/message
    static readonly FrozenSet<string> Written = FrozenSet.Create("file_share", "me_message", "thread_broadcast");

    // An event tells of a message within moments. Later it tells that something happened to an old one.
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Reads one event.</summary>
    public static SlackDelivery Read(JsonElement payload)
    {
        var id = payload.Name("event_id") ?? payload.Hash();
        if (payload.Text("type") is var outer && outer != "event_callback")
            return PayloadReader.Unknown(id, Origin(payload, null), outer ?? "", PayloadKind.Event);
        var what = payload.Field("event") ?? default;
        var type = what.Text("type") ?? "";
        var from = Origin(payload, what.Text("user"));
        return type switch
        {
            // The same event tells of the Messages tab.
            "app_home_opened" when what.Text("tab") == "home" && from.UserId.Length > 0 =>
                new(new ChatAction.HomeOpened(id), from, PayloadKind.Event),
            "app_mention" => Mention(from, what),
            "app_uninstalled" => new(new ChatAction.Removed(id), from, PayloadKind.Event),
            "tokens_revoked" => new(new ChatAction.Removed(id), from, PayloadKind.Event) { RevokedBots = BotUsers(what) },
            _ => (SlackDelivery?)null,
        } ?? PayloadReader.Unknown(id, from, type, PayloadKind.Event);
    }

    // Slack sends a mention again when its message is edited or gets a link preview, also days later: it was done when it was written. The
    // events of one message differ in their ids, so the message names the delivery.
    static SlackDelivery? Mention(SlackOrigin from, JsonElement what)
    {
        if (from.UserId.Length == 0 || what.Text("channel") is not { } channel || what.Text("ts") is not { } ts || !IsWrittenNow(what, ts))
            return null;
        var typed = SlackMarkup.Read(what.Text("text") ?? "");
        var id = $"mention:{from.Team ?? from.Enterprise}:{channel}:{ts}";
        return new(new ChatAction.Mentioned(id, typed.Text, typed.Mentions), from, PayloadKind.Event)
        {
            Text = what.Text("text") ?? "",
            HomeTeam = what.Name("user_team") ?? what.Name("source_team") ?? what.Name("team"),
            Channel = channel,
            ThreadTs = what.Text("thread_ts"),
        };
    }

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
        ts is null || !double.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? null
            : ts.Contains('.', StringComparison.Ordinal) || seconds < 1e12 ? seconds : seconds / 1e6;

    static ImmutableArray<string> BotUsers(JsonElement what) =>
        what.Field("tokens") is { } tokens ? [.. tokens.List("bot").Select(each => each.AsText()).OfType<string>()] : [];

    // In a channel that two workspaces share the event may have happened in the other one: who it is for stands in the authorization.
    static SlackOrigin Origin(JsonElement payload, string? user)
    {
        var authorization = payload.List("authorizations").FirstOrDefault();
        var isOfEnterprise = authorization.Field("is_enterprise_install") is { ValueKind: JsonValueKind.True };
        return new(
            isOfEnterprise ? null : authorization.Text("team_id") ?? payload.Text("team_id"),
            authorization.Text("enterprise_id") ?? payload.Text("enterprise_id"),
            user ?? "",
            "");
    }
}
