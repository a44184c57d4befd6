using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Voice.Routee;

/// <summary>Asks Routee with a token. Who is refused gets a new one and asks once more, no oftener.</summary>
internal sealed class RouteeApi(IHttpClientFactory clients, AccessTokens tokens, ILogger<RouteeApi> log)
{
    /// <summary>For questions, which it may repeat.</summary>
    public const string Client = "Routee";

    /// <summary>For orders of a call.</summary>
    public const string OrderClient = "Routee.Orders";

    const string Conversations = "voice/conversation";

    /// <summary>Has a token ready; null when there is one, otherwise why there is none. Waits no longer than <see cref="AccessTokens.LongestWait"/>.</summary>
    public async Task<LineDownReason?> PrepareAsync(CancellationToken ct) => await tokens.GetAsync(null, ct) is AccessTokens.Outcome.None none ? none.Reason : null;

    /// <summary>Asks what may be asked twice.</summary>
    public Task<RouteeResult> AskAsync(HttpMethod method, string path, CancellationToken ct) =>
        SendAsync(token => SendOnceAsync(Client, token, method, path, null, ct), ct);

    /// <inheritdoc cref="AskAsync(HttpMethod, string, CancellationToken)"/>
    public Task<RouteeResult> AskAsync<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return SendAsync(
            token => SendOnceAsync(Client, token, method, path, new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } }, ct),
            ct);
    }

    /// <summary>Asks for a call: sent again only if Routee surely did not start it, and never without asking <paramref name="maySend"/>.</summary>
    public Task<RouteeResult> PlaceAsync(PlaceCall call, MaySend maySend, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(call, RouteeJson.Wire.PlaceCall);
        RouteeResult.NotSent? earlier = null;
        return SendAsync(SendOrderAsync, ct);

        async Task<RouteeResult> SendOrderAsync(AccessTokens.Token token)
        {
            var order = new OrderContent(json, maySend) { Trouble = earlier };
            var heard = await SendOnceAsync(OrderClient, token, HttpMethod.Post, Conversations, order, ct);
            earlier = order.Trouble;
            // The time ran out over a line that is down: that is the reason worth telling.
            return heard is RouteeResult.Withheld && earlier is not null ? earlier : heard;
        }
    }

    async Task<RouteeResult> SendAsync(Func<AccessTokens.Token, Task<RouteeResult>> send, CancellationToken ct)
    {
        AccessTokens.Token? refused = null;
        while (true)
        {
            switch (await tokens.GetAsync(refused, ct))
            {
                case AccessTokens.Outcome.None none:
                    return new RouteeResult.NotSent(none.Reason, none.Because);
                case AccessTokens.Outcome.Have { Token: var token }:
                    var heard = await send(token);
                    if (heard is RouteeResult.Answer { Status: HttpStatusCode.TooManyRequests })
                        return new RouteeResult.NotSent(LineDownReason.Throttled, "too many requests");
                    if (heard is not RouteeResult.Answer { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
                        return heard;
                    if (refused is not null)
                    {
                        log.FreshTokenRefused();
                        return new RouteeResult.NotSent(LineDownReason.BadCredentials, "a fresh token was refused");
                    }
                    refused = token;
                    break;
            }
        }
    }

    async Task<RouteeResult> SendOnceAsync(string client, AccessTokens.Token token, HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = token.Header, Accept = { new("application/json") } }, Content = content };
        return await RouteeResult.FromAsync(clients.CreateClient(client), request, ct);
    }
}
