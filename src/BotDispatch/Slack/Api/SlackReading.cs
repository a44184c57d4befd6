using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Http;

namespace BotDispatch.Slack.Api;

/// <summary>Tells from an HTTP answer what a call came to. In doubt it may have been done.</summary>
internal static partial class SlackReading
{
    /// <summary>How long we wait where Slack does not say it, or says something absurd.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    // Asking again too early costs one more refusal, waiting too long costs the line.
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    const int MostFields = 10;
    const string Unnamed = "unnamed_error";

    public static SlackAnswer Of(HttpResponseMessage response, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.TooManyRequests)
            return new SlackAnswer.Throttled(WaitOf(response, now));
        if (status >= 500)
            return new SlackAnswer.Lost($"status {status}");
        var read = SafeJson.Parse(body);
        if (read is { } answer && answer.Field("ok") is { ValueKind: JsonValueKind.True or JsonValueKind.False } ok)
            return ok.ValueKind is JsonValueKind.False ? Refused(answer, response, now)
                : response.IsSuccessStatusCode ? new SlackAnswer.Ok(answer)
                : new SlackAnswer.Lost($"status {status}, which says that it is done");
        return response.StatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge => new SlackAnswer.Refused("http_413", Refusal.Content),
            HttpStatusCode.RequestTimeout => new SlackAnswer.Lost("status 408"),
            // Slack says what it has to say with 200: this is somebody on the way to it.
            _ when status is >= 300 => new SlackAnswer.NotReached($"status {status} without Slack's words"),
            _ => new SlackAnswer.Lost("an answer that is not Slack's"),
        };
    }

    static SlackAnswer Refused(JsonElement answer, HttpResponseMessage response, DateTimeOffset now)
    {
        var error = answer.Text("error") is { } word && Word().IsMatch(word) ? word : Unnamed;
        if (SlackErrors.AsksToWait(error))
            return new SlackAnswer.Throttled(WaitOf(response, now));
        if (SlackErrors.MayBeDone(error))
            return new SlackAnswer.Lost(error);
        return new SlackAnswer.Refused(error, SlackErrors.KindOf(error), error == "missing_scope" ? Needed(answer) : Fields(answer));
    }

    static string Needed(JsonElement answer) => answer.Text("needed") is { } needed && Scopes().IsMatch(needed) ? $"needs {needed}" : "";

    // The rest of these messages may repeat what was sent, and that is for no log.
    static string Fields(JsonElement answer) =>
        (answer.Field("response_metadata")?.Field("messages") ?? answer.Field("errors")) is { ValueKind: JsonValueKind.Array } messages
            ? string.Join(", ", messages.EnumerateArray().Take(MostFields).SelectMany(message => Pointer().Matches(message.GetRawText())).Select(found => found.Groups[1].Value).Distinct())
            : "";

    static TimeSpan WaitOf(HttpResponseMessage response, DateTimeOffset now) => RetryAfter.Of(response, now, ShortestWait, LongestWait) ?? UsualWait;

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{1,80}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[a-z0-9_.:,-]{1,200}\z")]
    private static partial Regex Scopes();

    [GeneratedRegex(@"\[json-pointer:(/[A-Za-z0-9_/~-]{0,200})\]")]
    private static partial Regex Pointer();
}
