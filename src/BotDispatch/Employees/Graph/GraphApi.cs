using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Employees.Graph;

/// <summary>An answer of Microsoft Graph.</summary>
internal abstract record GraphAnswer
{
    private GraphAnswer() { }

    /// <summary>What was asked for.</summary>
    public sealed record Content(JsonElement Body) : GraphAnswer;

    /// <summary>Microsoft Graph refuses the request.</summary>
    public sealed record Refused(int Status) : GraphAnswer;

    /// <summary>There is no answer now, in words that follow "cannot be read,".</summary>
    public sealed record NotNow(string Because) : GraphAnswer;
}

/// <summary>
/// Asks Microsoft Graph during one reading. It waits as long as the server asks, within limits, and repeats a request with another token
/// once. It only reads, so everything may be repeated.
/// </summary>
/// <remarks>https://learn.microsoft.com/graph/throttling</remarks>
internal sealed class GraphApi(
    GraphTokens tokens, IHttpClientFactory clients, TimeProvider realTime, Func<TimeSpan, CancellationToken, Task> wait)
{
    /// <summary>The name of the client at <see cref="IHttpClientFactory"/>.</summary>
    public const string Client = "Graph";

    /// <summary>The name of the client that asks for a managed identity.</summary>
    public const string Identity = "Graph.Identity";

    /// <summary>The most bytes of a token's answer.</summary>
    public const int LargestToken = 256 * 1024;

    /// <summary>The most bytes of an answer. Automatic replies of twenty mailboxes can be long.</summary>
    public const int LargestAnswer = 16 * 1024 * 1024;

    const int MostAttempts = 4;

    static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);
    static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    static readonly TimeSpan LongestInAll = TimeSpan.FromMinutes(20);

    readonly long begun = realTime.GetTimestamp();

    /// <summary>Asks with the requests that <paramref name="make"/> makes. Throws only when it is stopped.</summary>
    public async Task<GraphAnswer> AskAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, pause) = await OnceAsync(make, ct);
            if (pause is not { } time)
                return answer;
            if (attempt == MostAttempts)
                return answer is GraphAnswer.Refused(var status)
                    ? new GraphAnswer.NotNow($"because Microsoft Graph answers with status {status} again and again") : answer;
            if (!await WaitAsync(time, ct))
                return new GraphAnswer.NotNow("because Microsoft Graph asks to wait");
        }
    }

    /// <summary>Waits as long as the server asks; false if that would be too long.</summary>
    public async Task<bool> WaitAsync(TimeSpan time, CancellationToken ct)
    {
        if (time > LongestWait || realTime.GetElapsedTime(begun) + time > LongestInAll)
            return false;
        await wait(time, ct);
        return true;
    }

    /// <summary>Returns how long to wait after a status; null if the request need not be repeated.</summary>
    public static TimeSpan? WaitAfter(int status, TimeSpan? asked) =>
        status is 429 or >= 500 ? asked is null ? UsualWait : asked < ShortestWait ? ShortestWait : asked : null;

    /// <summary>Sends one request once, and reads the result or what failed.</summary>
    public static Task<TokenOr<string, GraphAttempt>> SendAsync(
        IHttpClientFactory clients, HttpRequestMessage request, TimeProvider realTime,
        Func<HttpResponseMessage, JsonElement?, GraphAttempt, TokenOr<string, GraphAttempt>> read, CancellationToken ct)
    {
        Attempt.SetBudget(request, Budget);
        return clients.SendAsync(
            Client, request, (response, body) => read(response, SafeJson.Parse(body), Failed(response, realTime)),
            failure => new TokenOr<string, GraphAttempt>(
                null, new(new GraphAnswer.NotNow($"because {request.RequestUri!.IdnHost} is not reached: {failure.Because}"), UsualWait)),
            ct);
    }

    async Task<GraphAttempt> OnceAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        var (_, result) = await TokenRetry.SendAsync<string, GraphAttempt>(
            refused => new(tokens.GetAsync(refused?.Token, ct)),
            async token =>
            {
                using var request = make();
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                return (await SendAsync(clients, request, realTime, Read, ct)).Instead!;
            },
            attempt => attempt.Answer is GraphAnswer.Refused { Status: (int)HttpStatusCode.Unauthorized });
        return result;
    }

    static TokenOr<string, GraphAttempt> Read(HttpResponseMessage response, JsonElement? body, GraphAttempt failed) => new(null,
        !response.IsSuccessStatusCode ? failed
        : body is { } content ? new(new GraphAnswer.Content(content))
        : new(new GraphAnswer.NotNow("because the answer of Employees:GraphBaseAddress is cut, or no JSON"), UsualWait));

    static GraphAttempt Failed(HttpResponseMessage response, TimeProvider realTime)
    {
        var status = (int)response.StatusCode;
        var asked = RetryAfter.Of(response, realTime.GetUtcNow(), ShortestWait, TimeSpan.FromDays(1));
        return new(new GraphAnswer.Refused(status), WaitAfter(status, asked));
    }
}
