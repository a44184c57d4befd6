using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Sends requests to Routee with a token. After a refusal of the token it requests a new one and repeats the request once.
/// </summary>
internal sealed class RouteeApi(
    IHttpMessageHandlerFactory handlers, AccessTokens tokens, IOptions<RouteeOptions> options, ILogger<RouteeApi> log)
{
    /// <summary>The client for questions, which it may repeat.</summary>
    public const string Client = "Routee";

    /// <summary>The client for call orders.</summary>
    public const string OrderClient = "Routee.Orders";

    Uri Root => field ??= options.Value.BaseAddress!.AsFolder();

    Uri Conversations => field ??= new(Root, "voice/conversation");

    /// <summary>
    /// Gets a token ready. Returns null if there is one, otherwise the reason for its absence. Waits at most <see
    /// cref="AccessTokens.LongestWait"/>.
    /// </summary>
    public async Task<LineDownReason?> PrepareAsync(CancellationToken ct) =>
        await tokens.GetAsync(null, ct) is AccessTokens.Outcome.None none ? none.Reason : null;

    /// <summary>Sends a request that may be sent twice.</summary>
    public Task<RouteeResult> AskAsync(HttpMethod method, string path, CancellationToken ct) =>
        SendAsync(token => SendOnceAsync(Client, token, method, new(Root, path), null, ct), ct);

    /// <inheritdoc cref="AskAsync(HttpMethod, string, CancellationToken)"/>
    public Task<RouteeResult> AskAsync<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return SendAsync(
            token => SendOnceAsync(Client, token, method, new(Root, path),
                new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } }, ct),
            ct);
    }

    /// <summary>
    /// Orders a call. The order is repeated only if Routee certainly did not start the call, and <paramref name="maySend"/> is asked before
    /// every attempt.
    /// </summary>
    public Task<RouteeResult> PlaceAsync(PlaceCall call, MaySend maySend, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(call, RouteeJson.Wire.PlaceCall);
        RouteeResult.NotSent? earlier = null;
        return SendAsync(SendOrderAsync, ct);

        async Task<RouteeResult> SendOrderAsync(AccessTokens.Token token)
        {
            var order = new OrderContent(json, maySend) { Trouble = earlier };
            var result = await SendOnceAsync(OrderClient, token, HttpMethod.Post, Conversations, order, ct);
            earlier = order.Trouble;
            // The time ran out while the line was down, so the line is the reason to report.
            return result is RouteeResult.Withheld && earlier is not null ? earlier : result;
        }
    }

    async Task<RouteeResult> SendAsync(Func<AccessTokens.Token, Task<RouteeResult>> send, CancellationToken ct)
    {
        var (refusedToken, result) = await TokenRetry.SendAsync<AccessTokens.Token, RouteeResult>(
            async refused => await tokens.GetAsync(refused?.Token, ct) switch
            {
                AccessTokens.Outcome.Have { Token: var token } => new(token, null),
                AccessTokens.Outcome.None none => new(null, new RouteeResult.NotSent(none.Reason, none.Because)),
                var outcome => throw new UnreachableException(outcome.GetType().Name),
            },
            send,
            answer => answer is RouteeResult.Answer { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden });
        if (refusedToken is not null)
        {
            log.FreshTokenRefused();
            return new RouteeResult.NotSent(LineDownReason.BadCredentials, "a fresh token was refused");
        }
        return result is RouteeResult.Answer { Status: HttpStatusCode.TooManyRequests }
            ? new RouteeResult.NotSent(LineDownReason.Throttled, "too many requests")
            : result;
    }

    Task<RouteeResult> SendOnceAsync(string client, AccessTokens.Token token, HttpMethod method, Uri address, HttpContent? content,
        CancellationToken ct) => RouteeResult.FromAsync(
            handlers.InvokerOf(client),
            new HttpRequestMessage(method, address) { Headers = { Authorization = token.Header }, Content = content },
            ct);
}
