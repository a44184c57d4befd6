using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Checks;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>The methods that write messages.</summary>
internal sealed class ChatMethods(SlackStandIn slack)
{
    /// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage</remarks>
    public ApiAnswer Post(ApiCall call)
    {
        var team = call.Bot;
        var (channel, refused) = Place(team, call.Text("channel"));
        if (channel is null) return refused!;
        if (Content.Read(call, out var content) is { } wrong) return wrong;
        if (content.IsEmpty) return ApiAnswer.Error("no_text");
        var thread = call.Text("thread_ts");
        if (thread is not null && channel.Find(thread) is not { ThreadTs: null })
        {
            if (slack.Disorder.OrphanReplies == OrphanReplies.Refused) return ApiAnswer.Error("thread_not_found");
            if (slack.Disorder.OrphanReplies == OrphanReplies.Unthreaded) thread = null;
        }
        var isCut = content.Text.Length > Limits.Of("message.text truncated");
        if (isCut) content = content with { Text = content.Text[..Limits.Of("message.text truncated")] };
        var message = channel.Add(content.Message(channel, slack.Ids.Ts(), team.BotUserId, thread, isBroadcast: thread is not null && call.Flag("reply_broadcast")));
        slack.Notify(message);
        var answer = ApiAnswer.Ok(("channel", channel.Id), ("ts", message.Ts), ("message", message.ToJson(team, withMetadata: true)));
        if (isCut) answer.Body["response_metadata"] = new JsonObject { ["warnings"] = new JsonArray("message_truncated") };
        return answer;
    }

    /// <remarks>https://docs.slack.dev/reference/methods/chat.update</remarks>
    public ApiAnswer Update(ApiCall call)
    {
        if (Known(call.Bot, call.Text("channel")) is not { } channel) return ApiAnswer.Error("channel_not_found");
        if (channel.IsArchived) return ApiAnswer.Error("is_archived");
        if (channel.Find(call.Text("ts")) is not { } message) return ApiAnswer.Error("message_not_found");
        if (message.User != call.Bot.BotUserId) return ApiAnswer.Error("cant_update_message");
        if (Content.Read(call, out var content) is { } wrong) return wrong;
        if (content.IsEmpty) return ApiAnswer.Error("no_text");
        if (content.Text.Length > Limits.Of("chat.update text")) return ApiAnswer.Error("msg_too_long");
        content.Rewrite(message, call.Has("text"), call.Has("attachments"), call.Has("metadata"));
        Elements.NameAll(message.Blocks, slack.Ids);
        return ApiAnswer.Ok(("channel", channel.Id), ("ts", message.Ts), ("text", message.Text), ("message", message.ToJson(call.Bot, withMetadata: true)));
    }

    public static ApiAnswer Delete(ApiCall call)
    {
        if (Known(call.Bot, call.Text("channel")) is not { } channel) return ApiAnswer.Error("channel_not_found");
        if (channel.Find(call.Text("ts")) is not { } message) return ApiAnswer.Error("message_not_found");
        if (message.User != call.Bot.BotUserId) return ApiAnswer.Error("cant_delete_message");
        message.IsDeleted = true;
        return ApiAnswer.Ok(("channel", channel.Id), ("ts", message.Ts));
    }

    public ApiAnswer PostEphemeral(ApiCall call)
    {
        var (channel, refused) = Place(call.Bot, call.Text("channel"));
        if (channel is null) return refused!;
        if (call.Text("user") is not { } user || call.Bot.FindPerson(user) is null) return ApiAnswer.Error("user_not_found");
        if (!channel.HasMember(user)) return ApiAnswer.Error("user_not_in_channel");
        if (Content.Read(call, out var content) is { } wrong) return wrong;
        if (content.IsEmpty) return ApiAnswer.Error("no_text");
        var message = channel.Add(content.Message(channel, slack.Ids.Ts(), call.Bot.BotUserId, call.Text("thread_ts"), onlyFor: user));
        return ApiAnswer.Ok(("message_ts", message.Ts));
    }

    public static ApiAnswer Permalink(ApiCall call)
    {
        if (Known(call.Bot, call.Text("channel")) is not { } channel) return ApiAnswer.Error("channel_not_found");
        if (channel.Find(call.Text("message_ts")) is not { } message) return ApiAnswer.Error("message_not_found");
        var thread = message.ThreadTs is null ? "" : $"?thread_ts={message.ThreadTs}&cid={channel.Id}";
        return ApiAnswer.Ok(("channel", channel.Id), ("permalink", $"https://{call.Bot.Domain}.slack.com/archives/{channel.Id}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}{thread}"));
    }

    // A private channel without the bot does not exist for it.
    static Channel? Known(Workspace team, string? id) => team.FindChannel(id) is { } channel && (channel.HasBot || !channel.IsPrivate) ? channel : null;

    static (Channel?, ApiAnswer?) Place(Workspace team, string? id)
    {
        var channel = team.FindPerson(id) is { IsDeactivated: false } person ? team.DirectWith(person.Id) : Known(team, id);
        return channel switch
        {
            null => (null, ApiAnswer.Error("channel_not_found")),
            { IsArchived: true } => (null, ApiAnswer.Error("is_archived")),
            { HasBot: false } when !team.Scopes.Contains("chat:write.public") => (null, ApiAnswer.Error("not_in_channel")),
            { IsReadOnly: true } => (null, ApiAnswer.Error("restricted_action_read_only_channel")),
            _ => (channel, null),
        };
    }
}
