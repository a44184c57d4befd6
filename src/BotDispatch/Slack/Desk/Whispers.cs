using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Slack.Desk;

/// <summary>Says something to one person alone, in whatever way is open: through the delivery's own address, in the channel, or in the app's direct messages with them.</summary>
internal sealed class Whispers(SayThere sayThere, CallSlack call, ILogger<Whispers> log)
{
    /// <summary>Says it. <paramref name="link"/> leads to the thread that it is about.</summary>
    public Task SayAsync(SlackCaller to, string text, string? link, CancellationToken ct) => SayAsync(to, new Whisper(text, link), ct);

    /// <summary>Says it.</summary>
    public async Task SayAsync(SlackCaller to, Whisper whisper, CancellationToken ct)
    {
        if (to.ResponseUrl is { } address && await sayThere(address, NoticeView.Message(whisper), ct))
            return;
        if (to.Channel is not null && await PostAsync(to, "chat.postEphemeral", to.Channel, whisper, ct))
            return;
        if (!await PostAsync(to, "chat.postMessage", to.UserId, whisper, ct))
            log.NotSaid(to.Installation);
    }

    async Task<bool> PostAsync(SlackCaller to, string method, string channel, Whisper whisper, CancellationToken ct)
    {
        var message = NoticeView.Message(whisper);
        message.Remove("response_type");
        message.Remove("replace_original");
        message["channel"] = channel;
        if (method == "chat.postEphemeral")
        {
            message["user"] = to.UserId;
            if (to.ThreadTs is not null)
                message["thread_ts"] = to.ThreadTs;
        }
        switch (await call(new(to.Installation, method, message), ct))
        {
            // What may stand there already is not said twice.
            case SlackAnswer.Ok or SlackAnswer.Lost:
                return true;
            case SlackAnswer.Refused no:
                log.Refused(method, no.Error, no.Detail);
                return false;
            default:
                return false;
        }
    }
}
