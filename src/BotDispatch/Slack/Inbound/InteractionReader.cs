using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>Reads interactions: what people do with elements, dialogs and shortcuts.</summary>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
internal static class InteractionReader
{
    public static SlackDelivery Read(JsonElement payload)
    {
        var type = payload.Text("type") ?? "";
        var from = Origin(payload);
        return type switch
        {
            _ when from.UserId.Length == 0 => null,
            "block_actions" => Press(payload, from),
            "view_submission" => Submission(payload, from),
            "view_closed" => ViewReader.Read(payload) is { } view ? new SlackDelivery.Closed(payload.Hash(), from, view) : null,
            "block_suggestion" => payload.Text("action_id") is { } action
                ? new SlackDelivery.Suggestion(payload.Hash(), from, action, payload.Text("value") ?? "", ViewReader.Read(payload))
                : null,
            "shortcut" => payload.Text("callback_id") is { } callback ? new SlackDelivery.Shortcut(Id(payload), from, callback, Trigger(payload)) : null,
            "message_action" => MessageShortcut(payload, from),
            _ => (SlackDelivery?)null,
        } ?? new SlackDelivery.Unknown(Id(payload), from, type);
    }

    // Who uses a view may be of another workspace, in a channel that two share: the view says where the app is installed that opened it.
    static SlackOrigin Origin(JsonElement payload) => new(
        payload.Text("view", "app_installed_team_id") ?? payload.Text("team", "id"),
        payload.Text("enterprise", "id"),
        payload.Text("user", "id") ?? "",
        payload.Text("user", "username") ?? payload.Text("user", "name") ?? "");

    static SlackDelivery.Press? Press(JsonElement payload, SlackOrigin from)
    {
        var action = payload.List("actions").FirstOrDefault();
        if (action.Text("action_id") is not { } actionId)
            return null;
        var value = action.Text("type") == "button" ? action.Text("value") : null;
        return new(Id(payload), from, actionId, value, Trigger(payload), payload.Address("response_url"), Message(payload), ViewReader.Read(payload));
    }

    // Until the view is changed it keeps its hash, so the same dialog sent twice is one delivery.
    static SlackDelivery.Submission? Submission(JsonElement payload, SlackOrigin from) =>
        ViewReader.Read(payload) is { } view ? new($"{view.Id}:{view.Hash}", from, view, Trigger(payload)) : null;

    static SlackDelivery.MessageShortcut? MessageShortcut(JsonElement payload, SlackOrigin from) =>
        payload.Text("callback_id") is { } callback && Message(payload) is { } message
            ? new(Id(payload), from, callback, Trigger(payload), message, payload.Text("message", "thread_ts"), payload.Text("message", "text") ?? "", payload.Address("response_url"))
            : null;

    // What an ephemeral message brings along of itself is little; its container is always there. A shortcut has no container.
    static SlackMessageId? Message(JsonElement payload) =>
        (payload.Text("container", "channel_id") ?? payload.Text("channel", "id"),
            payload.Text("container", "message_ts") ?? payload.Text("message_ts") ?? payload.Text("message", "ts")) is ({ } channel, { } ts)
            ? new(channel, ts)
            : null;

    static string Id(JsonElement payload) => payload.Name("trigger_id") ?? payload.Hash();

    static string Trigger(JsonElement payload) => payload.Text("trigger_id") ?? "";
}
