using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Slack.Handlers;

/// <summary>
/// Says something to one person alone, in whatever way is open: through the delivery's own address, in the channel, or in the app's
/// direct messages with them.
/// </summary>
internal sealed class EphemeralMessages(ISlackApi slack, ILogger<EphemeralMessages> log)
{
    /// <summary>Says it. <paramref name="link"/> leads to the thread that it is about.</summary>
    public Task SayAsync(SlackCaller to, string text, string? link, CancellationToken ct) =>
        SayAsync(to, new EphemeralMessage(text, link), ct);

    /// <summary>Says it.</summary>
    public async Task SayAsync(SlackCaller to, EphemeralMessage ephemeral, CancellationToken ct)
    {
        if (to.ResponseUrl is { } address && await slack.RespondAsync(address, NoticeView.Message(ephemeral), ct))
            return;
        if (to.Channel is not null && await PostAsync(to, "chat.postEphemeral", to.Channel, ephemeral, ct))
            return;
        if (!await PostAsync(to, "chat.postMessage", to.UserId, ephemeral, ct))
            log.NotSaid(to.Installation);
    }

    async Task<bool> PostAsync(SlackCaller to, string method, string channel, EphemeralMessage ephemeral, CancellationToken ct)
    {
        var message = NoticeView.Message(ephemeral);
        message.Remove("response_type");
        message.Remove("replace_original");
        message["channel"] = channel;
        if (method == "chat.postEphemeral")
        {
            message["user"] = to.UserId;
            if (to.ThreadTs is not null)
                message["thread_ts"] = to.ThreadTs;
        }
        switch (await slack.CallAsync(new(to.Installation, method, message), ct))
        {
            // What may stand there already is not said twice.
            case SlackAnswer.Ok or SlackAnswer.Lost:
                return true;
            case SlackAnswer.Refused no:
                log.AnswerRefused(method, no.Error, no.Detail);
                return false;
            default:
                return false;
        }
    }
}
