using System.Collections.Immutable;
using System.Text.Json;

namespace BotDispatch.Slack.Inbound;

/// <summary>Reads what the Events API sends.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api</remarks>
internal static class EventReader
{
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

    static SlackDelivery.Mentioned? Mention(string id, SlackOrigin from, JsonElement what) =>
        from.UserId.Length > 0 && what.Text("channel") is { } channel && what.Text("ts") is { } ts
            ? new(id, from, channel, ts, what.Text("thread_ts"), what.Text("text") ?? "")
            : null;

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
