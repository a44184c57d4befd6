using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>What the app says at an address that came with a command or a press.</summary>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
internal sealed class ResponseDoor(SlackStandIn slack)
{
    public async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = Json.TryParse(await reader.ReadToEndAsync()) as JsonObject ?? [];
        var place = slack.Log.Begin(slack.Clock.GetUtcNow(), "response_url", null, body);
        var spoil = slack.Disorder.Take("response_url", null);
        var (status, text) = spoil switch
        {
            Spoil.LoseRequest => (0, ""),
            Spoil.Throttle => (429, "rate_limited"),
            Spoil.BreakBefore => (503, "service_unavailable"),
            Spoil.Refuse refuse => (404, refuse.Error),
            _ => slack.Locked(() => Take(http.Request, body)),
        };
        var answer = text == "ok" ? ApiAnswer.Ok().Body : ApiAnswer.Error(text).Body;
        if (spoil is Spoil.LoseAnswer) status = 0;
        if (spoil is Spoil.BreakAfter) status = 500;
        slack.Log.End(place, status, status == 0 ? null : answer, wasDone: text == "ok");
        if (status == 0)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = status == 404 ? "application/json" : "text/plain";
        await http.Response.WriteAsync(status == 404 ? answer.Written() : text);
    }

    (int, string) Take(HttpRequest request, JsonObject body)
    {
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true) return (400, "invalid_payload");
        var (url, error) = slack.ResponseUrls.Use(request.Path);
        if (url is null) return (404, error);
        return Say(url.Channel, url.User, url.Original, body) is { } wrong ? (wrong == "message_not_found" ? 404 : 400, wrong) : (200, "ok");
    }

    /// <summary>Does what such a body asks for; Slack's word for what is wrong, or null.</summary>
    public string? Say(Channel channel, string user, Message? original, JsonObject body)
    {
        var call = new ApiCall("response_url", body, channel.Team, "");
        if (Content.Read(call, out var content) is { } wrong) return wrong.Body.Word("error");
        var isReplaced = call.Flag("replace_original") && original is not null;
        if (call.Flag("delete_original") && original is not null) original.IsDeleted = true;
        if (content.IsEmpty) return call.Flag("delete_original") ? null : "no_text";
        if (isReplaced)
        {
            if (original!.IsDeleted) return "message_not_found";
            content.Rewrite(original, call.Has("text"), call.Has("attachments"), call.Has("metadata"));
            Elements.NameAll(original.Blocks, slack.Ids);
            return null;
        }
        var isForAll = body.Word("response_type") == "in_channel";
        var message = channel.Add(content.Message(channel, slack.Ids.Ts(), channel.Team.BotUserId, call.Text("thread_ts"), onlyFor: isForAll ? null : user));
        slack.Notify(message);
        return null;
    }
}
