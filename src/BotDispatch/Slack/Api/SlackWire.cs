using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Api;

/// <summary>An answer, and what came with it.</summary>
/// <param name="Answer">The result of the call.</param>
/// <param name="Scopes">The scopes of the token, in Slack's own comma list; null if Slack did not send them.</param>
internal sealed record SlackHttpResult(SlackAnswer Answer, string? Scopes = null);

/// <summary>Sends one request and returns its result. It knows no installation, remembers nothing and repeats nothing.</summary>
internal sealed class SlackWire(IHttpMessageHandlerFactory handlers, SlackReach reach, IOptions<SlackOptions> options, TimeProvider clock)
{
    /// <summary>Methods whose lost answer leaves no doubt, because they change nothing.</summary>
    public static readonly FrozenSet<string> ChangesNothing = FrozenSet.Create("apps.connections.open", "auth.test");

    // The names of methods are ours, so their number is bounded.
    readonly ConcurrentDictionary<string, Uri> addresses = new(StringComparer.Ordinal);

    /// <summary>Calls <paramref name="method"/> with this token or none. It throws only when <paramref name="ct"/> is cancelled.</summary>
    public async Task<SlackHttpResult> CallAsync(
        string method, string? token, SlackArguments arguments, TimeSpan within, CancellationToken ct)
    {
        AuthenticationHeaderValue? bearer = null;
        if (token is not null && !AuthenticationHeaderValue.TryParse($"Bearer {token}", out bearer))
            return new(new SlackAnswer.Refused("invalid_auth", Refusal.Token, "a token that cannot be sent"));
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(method)) { Content = SlackForm.Of(arguments) };
        request.Headers.Authorization = bearer;
        var result = await SendAsync(
            request, (response, body) => new(SlackReading.Of(response, body, clock.WallNow), ScopesOf(response)), within, ct);
        Note(result.Answer, ChangesNothing.Contains(method));
        return result;
    }

    /// <summary>Posts a message to an address of Slack's that needs no token.</summary>
    public async Task<SlackHttpResult> RespondAsync(Uri address, WriteJson message, TimeSpan within, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(SafeJson.Bytes(message)) { Headers = { ContentType = new("application/json") } },
        };
        var result = await SendAsync(request, (response, body) =>
        {
            var answer = SafeJson.Parse(body);
            var isAccepted = response.IsSuccessStatusCode && answer?.Field("ok") is not { ValueKind: JsonValueKind.False };
            return new(isAccepted
                ? new SlackAnswer.Ok(answer ?? default)
                : new SlackAnswer.Refused($"http_{(int)response.StatusCode}", Refusal.Other));
        }, within, ct);
        Note(result.Answer, changesNothing: false);
        return result;
    }

    Task<SlackHttpResult> SendAsync(
        HttpRequestMessage request, Func<HttpResponseMessage, byte[], SlackHttpResult> read, TimeSpan within, CancellationToken ct)
    {
        Attempt.SetBudget(request, within);
        return handlers.InvokerOf(SlackHttp.Client).SendOnceAsync(request, read,
            static failure =>
                new(failure.IsNeverSent ? new SlackAnswer.NotReached(failure.Because) : new SlackAnswer.Lost(failure.Because)), ct);
    }

    void Note(SlackAnswer answer, bool changesNothing)
    {
        if (answer is SlackAnswer.NotReached { Because: var because })
            reach.Failed(because);
        else if (answer is SlackAnswer.Lost { Because: var lost })
        {
            // The caller logs each lost call that changes something, because nobody knows whether Slack did it.
            if (changesNothing)
                reach.Failed(lost);
        }
        else
            reach.Answered();
    }

    static string? ScopesOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-oauth-scopes", out var scopes) ? string.Join(',', scopes) : null;

    Uri AddressOf(string method) => addresses.GetOrAdd(
        method, static (method, options) => new(options.ApiBaseAddress!.AsFolder(), method), options.Value);
}

/// <summary>
/// The connections to Slack. The client repeats nothing: a post without an answer may have arrived, and only its caller knows what to do
/// then.
/// </summary>
internal static class SlackHttp
{
    public const string Client = "Slack";

    const int LargestAnswer = 1024 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddSlackHttp() =>
            services.AddOutgoingClient(Client, RetryPolicy.Never, LargestAnswer).AsksForJson().Services;
    }
}

/// <summary>Knows whether we reach Slack's Web API, and logs when that changes and why.</summary>
internal sealed class SlackReach(ILogger<SlackReach> log)
{
    readonly Outage outage = new();
    volatile bool wasReached;

    /// <summary>Why we do not reach it; null while we do, or before the first call.</summary>
    public string? Because => outage.Because;

    /// <summary>Whether it has answered at least once since the start.</summary>
    public bool WasReached => wasReached;

    /// <summary>Notes that we did not reach it.</summary>
    public void Failed(string because)
    {
        if (outage.IsNews(because))
            log.NotReached(because);
    }

    /// <summary>Notes that it answered.</summary>
    public void Answered()
    {
        wasReached = true;
        if (outage.Ends())
            log.ReachedAgain();
    }
}

/// <summary>Knows Slack's addresses. An address from a request or an answer is called only if it is one of them.</summary>
internal static class SlackHosts
{
    const string ResponseHost = "hooks.slack.com";

    /// <summary>
    /// An address for answers to a command or a press: Slack's own, or one on this machine if the settings say that Slack is here.
    /// </summary>
    /// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
    public static bool TakesResponses(Uri address, SlackOptions options) =>
        address is { IsAbsoluteUri: true, UserInfo: "" }
        && (address is { Scheme: "https", IsDefaultPort: true, Host: ResponseHost }
            || (options.ApiBaseAddress is { IsLoopback: true } api
                && address.IsLoopback && address.Host == api.Host && address.Scheme == api.Scheme));
}

/// <summary>Decides whether a socket may be opened to an address: only to Slack, or to this machine if the Web API is here too.</summary>
internal static class SocketAddress
{
    /// <summary>The address; null if it may not be opened. It contains Slack's one-time ticket, so it is never logged.</summary>
    public static Uri? Allowed(string? url, Uri? api) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            && (IsSlack(address) || (IsHere(address) && api is { IsAbsoluteUri: true, IsLoopback: true }))
            ? address
            : null;

    static bool IsSlack(Uri address) =>
        address is { Scheme: "wss", IsDefaultPort: true, HostNameType: UriHostNameType.Dns }
        && address.IdnHost.EndsWith(".slack.com", StringComparison.OrdinalIgnoreCase);

    static bool IsHere(Uri address) => address is { Scheme: "ws", IsLoopback: true };
}
