using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.Delivery;

/// <summary>Writes what Slack tells about a deed. Made under the lock, since each gives out triggers and addresses.</summary>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
internal static class Payloads
{
    /// <remarks>https://docs.slack.dev/interactivity/implementing-slash-commands</remarks>
    public static JsonObject Command(SlackStandIn slack, Person person, Channel channel, string command, string text) => new()
    {
        ["token"] = "deprecated-token",
        ["team_id"] = channel.Team.Id,
        ["team_domain"] = channel.Team.Domain,
        ["channel_id"] = channel.Id,
        ["channel_name"] = channel.CommandName,
        ["user_id"] = person.Id,
        ["user_name"] = person.Name,
        ["command"] = command,
        ["text"] = text,
        ["api_app_id"] = slack.Options.AppId,
        ["is_enterprise_install"] = "false",
        ["response_url"] = slack.ResponseUrls.Make(channel, person.Id).Address.ToString(),
        ["trigger_id"] = slack.Triggers.Make(channel.Team, person.Id),
    };

    /// <summary>Something was used in a message.</summary>
    public static JsonObject InMessage(SlackStandIn slack, SlackUser user, Message message, JsonObject action)
    {
        var made = Head(slack, user, "block_actions");
        var container = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = message.Ts,
            ["channel_id"] = message.Channel.Id,
            ["is_ephemeral"] = message.OnlyFor is not null,
        };
        if (message.ThreadTs is { } thread) container["thread_ts"] = thread;
        made["container"] = container;
        made["trigger_id"] = slack.Triggers.Make(user.Team, user.Id);
        made["channel"] = Place(message.Channel);
        // Nobody promises that an ephemeral message comes with its content.
        if (message.OnlyFor is null) made["message"] = message.ToJson(user.Team, withMetadata: false);
        made["state"] = new JsonObject { ["values"] = new JsonObject() };
        made["response_url"] = slack.ResponseUrls.Make(message.Channel, user.Id, message).Address.ToString();
        made["actions"] = new JsonArray(action);
        return made;
    }

    /// <summary>Something was used in a dialog or in Home.</summary>
    public static JsonObject InView(SlackStandIn slack, SlackUser user, OpenView view, JsonObject action)
    {
        var made = Head(slack, user, "block_actions");
        made["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        made["trigger_id"] = slack.Triggers.Make(user.Team, user.Id, view);
        made["view"] = view.ToJson();
        made["actions"] = new JsonArray(action);
        return made;
    }

    public static JsonObject Submission(SlackStandIn slack, SlackUser user, OpenView view)
    {
        var made = Head(slack, user, "view_submission");
        made["trigger_id"] = slack.Triggers.Make(user.Team, user.Id, view);
        made["view"] = view.ToJson();
        made["response_urls"] = new JsonArray();
        return made;
    }

    /// <remarks>https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload  : the fields are left out.</remarks>
    public static JsonObject Closed(SlackStandIn slack, SlackUser user, OpenView view, bool isCleared)
    {
        var made = Head(slack, user, "view_closed");
        made["user"] = new JsonObject { ["id"] = user.Id, ["name"] = user.Person.Name };
        made["view"] = view.ToJson(withState: false);
        made["is_cleared"] = isCleared;
        return made;
    }

    public static JsonObject Suggestion(SlackStandIn slack, SlackUser user, OpenView view, string block, string action, string typed)
    {
        var made = Head(slack, user, "block_suggestion");
        made["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        (made["action_id"], made["block_id"], made["value"]) = (action, block, typed);
        made["view"] = view.ToJson(withState: false);
        return made;
    }

    public static JsonObject Shortcut(SlackStandIn slack, SlackUser user, string callbackId)
    {
        var made = Head(slack, user, "shortcut");
        (made["callback_id"], made["trigger_id"], made["action_ts"]) = (callbackId, slack.Triggers.Make(user.Team, user.Id), slack.Ids.Ts());
        return made;
    }

    public static JsonObject MessageShortcut(SlackStandIn slack, SlackUser user, Message message, string callbackId)
    {
        var made = Head(slack, user, "message_action");
        (made["callback_id"], made["trigger_id"]) = (callbackId, slack.Triggers.Make(user.Team, user.Id));
        made["response_url"] = slack.ResponseUrls.Make(message.Channel, user.Id).Address.ToString();
        (made["message_ts"], made["channel"], made["message"]) = (message.Ts, Place(message.Channel), message.ToJson(user.Team, withMetadata: false));
        made["action_ts"] = slack.Ids.Ts();
        return made;
    }

    /// <summary>What stands in <c>actions</c> for a button.</summary>
    public static JsonObject Press(SlackStandIn slack, string block, JsonObject button)
    {
        var made = new JsonObject { ["action_id"] = button.Word("action_id"), ["block_id"] = block, ["text"] = button["text"]?.DeepClone() };
        foreach (var name in (ReadOnlySpan<string>)["value", "style", "url"])
            if (button.Word(name) is { } given) made[name] = given;
        (made["type"], made["action_ts"]) = ("button", slack.Ids.Ts());
        return made;
    }

    /// <summary>What stands in <c>actions</c> for a field.</summary>
    public static JsonObject Change(SlackStandIn slack, string block, JsonObject element, JsonObject state)
    {
        var made = (JsonObject)state.DeepClone();
        (made["action_id"], made["block_id"], made["action_ts"]) = (element.Word("action_id"), block, slack.Ids.Ts());
        return made;
    }

    static JsonObject Place(Channel channel) => new() { ["id"] = channel.Id, ["name"] = channel.CommandName };

    static JsonObject Head(SlackStandIn slack, SlackUser user, string type) => new()
    {
        ["type"] = type,
        ["api_app_id"] = slack.Options.AppId,
        ["token"] = "deprecated-token",
        ["enterprise"] = null,
        ["is_enterprise_install"] = false,
        ["team"] = user.Team.ToJson(),
        ["user"] = new JsonObject { ["id"] = user.Id, ["username"] = user.Person.Name, ["name"] = user.Person.Name, ["team_id"] = user.Person.Team },
    };
}
