using System.Buffers;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Voice.Speech;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Answers one callback of Routee. Every callback is verified, mapped, applied and answered, in this order.
/// </summary>
internal sealed class RouteeRequests(
    CallbackTokens tokens, CallbackWatch watch, KeysCallback keys, StatusCallback status, UnverifiedRequests unverified, TimeProvider clock,
    ILogger<RouteeRequests> log)
{
    const int LargestBody = 64 * 1024;

    /// <summary>Answers the keys of a call with a plan.</summary>
    public async Task AnswerKeysAsync(HttpContext http)
    {
        if (Verify(http) is not { } attempt)
            return;
        var (_, report) = await ReadAsync(http.Request, attempt, LegReports.OfKeys);
        var plan = await keys.AnswerAsync(
            attempt, report ?? new("", null, null), SpokenLanguage.Find(http.Request.Query["language"]) ?? "en-GB");
        var answer = JsonSerializer.SerializeToUtf8Bytes(plan, RouteeJson.Wire.DialPlan);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        // Not flushed: it leaves together with the end of the answer.
        http.Response.BodyWriter.Write(answer);
    }

    /// <summary>Answers the status of a call with a status alone.</summary>
    public async Task AnswerStatusAsync(HttpContext http)
    {
        if (Verify(http) is not { } attempt)
            return;
        http.Response.StatusCode = await ReadAsync(http.Request, attempt, LegReports.OfWebhook) switch
        {
            (_, { } report) => await status.HandleAsync(attempt, report),
            // A proxy on the way has compressed the body. 200 would claim that we understood it.
            ((StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status501NotImplemented) and var coded, _) => coded,
            // A repeated callback would contain the same error.
            _ => StatusCodes.Status200OK,
        };
    }

    AttemptId? Verify(HttpContext http)
    {
        if (tokens.Read(http.GetRouteValue("token") as string) is { } attempt)
        {
            watch.Arrived(attempt);
            return attempt;
        }
        unverified.Refuse(http, StatusCodes.Status404NotFound, "a token that is not ours");
        return null;
    }

    async ValueTask<(int Status, T? Report)> ReadAsync<T>(HttpRequest request, AttemptId attempt, Func<JsonElement, T> read) where T : class
    {
        using var body = new BoundedBody(LargestBody, null, clock);
        // A body that was cut off is handled like invalid JSON: the answer is based on what we know without it.
        var taken = await body.FillAsync(request);
        var report = taken == StatusCodes.Status200OK ? LooseJson.Read(body.Bytes, read) : null;
        if (report is null)
            log.Unreadable(attempt);
        return (taken, report);
    }
}
