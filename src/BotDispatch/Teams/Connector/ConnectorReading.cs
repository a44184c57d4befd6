using System.Net;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Teams.Connector;

/// <summary>Tells from an HTTP answer what a call came to. In doubt it may have been done.</summary>
internal static class ConnectorReading
{
    /// <summary>How long we wait where Teams does not say it, or says something absurd.</summary>
    public static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);

    static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    // Asking again too early costs one more refusal, waiting too long costs the line.
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public static ConnectorAnswer Of(ConnectorCall call, HttpResponseMessage response, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
            return Done(call, SafeJson.Parse(body));
        // A redirect is not followed: it would carry our token there.
        if (status < 400)
            return new ConnectorAnswer.NotReached($"status {status}");
        // These say that nothing was begun; of other failures nobody knows how far they came.
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
            return response.Headers.RetryAfter is null ? new ConnectorAnswer.NotReached($"status {status}") : new ConnectorAnswer.Throttled(WaitOf(response, now));
        if (status >= 500 && response.StatusCode is not HttpStatusCode.NotImplemented || response.StatusCode is HttpStatusCode.RequestTimeout)
            return new ConnectorAnswer.Lost($"status {status}");
        var code = ConnectorErrors.CodeOf(body);
        return (response.StatusCode, code) switch
        {
            (HttpStatusCode.TooManyRequests, _) or (_, ConnectorErrors.Throttled) => new ConnectorAnswer.Throttled(WaitOf(response, now)),
            (HttpStatusCode.PreconditionFailed, _) or (_, ConnectorErrors.Busy) => new ConnectorAnswer.Busy(),
            _ => new ConnectorAnswer.Refused(code ?? $"http_{status}", (code is null ? null : ConnectorErrors.KindOf(code)) ?? KindOf(response.StatusCode)),
        };
    }

    static Refusal KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType => Refusal.Content,
        HttpStatusCode.Unauthorized => Refusal.Credentials,
        HttpStatusCode.Forbidden => Refusal.Forbidden,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => Refusal.Gone,
        HttpStatusCode.RequestEntityTooLarge => Refusal.TooBig,
        _ => Refusal.Other,
    };

    static ConnectorAnswer.Done Done(ConnectorCall call, JsonElement? said)
    {
        var body = said ?? default;
        var id = body.Name("id");
        return call switch
        {
            // Here the id is the new conversation's, and for a thread its root has one of its own.
            ConnectorCall.NewThread => new ConnectorAnswer.Done(body.Name("activityId") ?? RootOf(id), id, body),
            ConnectorCall.PersonalChat => new ConnectorAnswer.Done(null, id, body),
            ConnectorCall.Member or ConnectorCall.Members => new ConnectorAnswer.Done(null, null, body),
            // What an update answers with is what it was asked with.
            ConnectorCall.Update update => new ConnectorAnswer.Done(id ?? update.Message, null, body),
            _ => new ConnectorAnswer.Done(id, null, body),
        };
    }

    static string? RootOf(string? conversation) => conversation is not null && TeamsAddress.SplitThread(conversation).Root is { Length: > 0 } root ? root : null;

    static TimeSpan WaitOf(HttpResponseMessage response, DateTimeOffset now) => RetryAfter.Of(response, now, ShortestWait, LongestWait) ?? UsualWait;
}
