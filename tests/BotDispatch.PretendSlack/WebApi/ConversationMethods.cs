using System.Globalization;
using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>The methods about channels, and what was written in them.</summary>
internal sealed class ConversationMethods
{
    /// <remarks>https://docs.slack.dev/reference/methods/conversations.info</remarks>
    public static ApiAnswer Info(ApiCall call) => Known(call, "read", out var channel) ?? ApiAnswer.Ok(("channel", channel!.ToJson()));

    public static ApiAnswer Members(ApiCall call)
    {
        if (Known(call, "read", out var channel) is { } refused) return refused;
        return Pages.Of(call, "members", [.. channel!.Members.Order().Select(member => (JsonNode)member!)], 100);
    }

    public static ApiAnswer Open(ApiCall call)
    {
        if (call.Text("users") is not { } users || call.Bot.FindPerson(users) is not { } person) return ApiAnswer.Error("user_not_found");
        if (person.IsDeactivated) return ApiAnswer.Error("user_disabled");
        var isOpen = call.Bot.FindChannel("D" + person.Id[1..]) is not null;
        var answer = ApiAnswer.Ok(("channel", new JsonObject { ["id"] = call.Bot.DirectWith(person.Id).Id }));
        if (isOpen) (answer.Body["no_op"], answer.Body["already_open"]) = (true, true);
        return answer;
    }

    public static ApiAnswer History(ApiCall call)
    {
        if (Known(call, "history", out var channel) is { } refused) return refused;
        return AnswerWith(call, channel!, channel!.Messages.Where(each => each.ThreadTs is null || each.IsBroadcast).Reverse());
    }

    public static ApiAnswer Replies(ApiCall call)
    {
        if (Known(call, "history", out var channel) is { } refused) return refused;
        if (channel!.Everything.FirstOrDefault(each => each.Ts == call.Text("ts") && each.OnlyFor is null) is not { } root) return ApiAnswer.Error("thread_not_found");
        var replies = channel.RepliesTo(root);
        return root.IsDeleted && replies.Count == 0 ? ApiAnswer.Error("thread_not_found") : AnswerWith(call, channel, [root, .. replies]);
    }

    static ApiAnswer AnswerWith(ApiCall call, Channel channel, IEnumerable<Message> messages)
    {
        var (oldest, latest, withMetadata) = (Moment(call.Text("oldest"), 0), Moment(call.Text("latest"), decimal.MaxValue), call.Flag("include_all_metadata"));
        var isInclusive = call.Flag("inclusive");
        var inside = messages.Where(each => each.Ts == call.Text("ts") || (Moment(each.Ts, 0) is var at && ((at > oldest && at < latest) || (isInclusive && (at == oldest || at == latest)))));
        var answer = Pages.Of(call, "messages", [.. inside.Select(each => Shown(each, channel, withMetadata))], 100);
        answer.Body["has_more"] = answer.Body["response_metadata"].Word("next_cursor") is { Length: > 0 };
        return answer;
    }

    static JsonObject Shown(Message message, Channel channel, bool withMetadata)
    {
        if (!message.IsDeleted) return message.ToJson(channel.Team, withMetadata);
        // https://docs.slack.dev/messaging/modifying-messages : a placeholder stays where replies are.
        return new JsonObject { ["type"] = "message", ["subtype"] = "tombstone", ["text"] = "This message was deleted.", ["ts"] = message.Ts, ["thread_ts"] = message.Ts, ["user"] = "USLACKBOT" };
    }

    static decimal Moment(string? ts, decimal otherwise) => decimal.TryParse(ts, NumberStyles.Number, CultureInfo.InvariantCulture, out var moment) ? moment : otherwise;

    // The scope is named after the kind of place.
    static ApiAnswer? Known(ApiCall call, string right, out Channel? channel)
    {
        channel = call.Bot.FindChannel(call.Text("channel"));
        if (channel is null || (channel.IsPrivate && !channel.HasBot)) return ApiAnswer.Error("channel_not_found");
        var scope = $"{(channel.DirectWith is not null ? "im" : channel.IsPrivate ? "groups" : "channels")}:{right}";
        if (!call.Bot.Scopes.Contains(scope)) return ApiAnswer.MissingScope(scope, call.Bot.Scopes);
        return right == "history" && !channel.HasBot ? ApiAnswer.Error("not_in_channel") : null;
    }
}
