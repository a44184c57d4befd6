using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BotDispatch.Core;
using Polly;

namespace BotDispatch.Voice.Routee;

/// <summary>Asks Routee with a token. Who is refused gets a new one and asks once more, no oftener.</summary>
internal sealed class RouteeApi(IHttpClientFactory clients, AccessTokens tokens, Patience patience, ILogger<RouteeApi> log)
{
    public const string Client = "Routee";

    /// <summary>Asks what may be asked twice.</summary>
    public Task<Heard> AskAsync(HttpMethod method, string path, CancellationToken ct) => SendAsync(patience.Asking, method, path, null, ct);

    /// <inheritdoc cref="AskAsync(HttpMethod, string, CancellationToken)"/>
    public Task<Heard> AskAsync<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type, CancellationToken ct) =>
        SendAsync(patience.Asking, method, path, JsonSerializer.SerializeToUtf8Bytes(body, type), ct);

    /// <summary>Asks for a call: sent again only if Routee surely did not start it.</summary>
    public Task<Heard> PlaceAsync(PlaceCall call, CancellationToken ct) =>
        SendAsync(patience.Placing, HttpMethod.Post, "voice/conversation", JsonSerializer.SerializeToUtf8Bytes(call, RouteeJson.Wire.PlaceCall), ct);

    async Task<Heard> SendAsync(ResiliencePipeline<Heard> patient, HttpMethod method, string path, byte[]? json, CancellationToken ct)
    {
        AccessTokens.Token? refused = null;
        while (true)
        {
            switch (await tokens.GetAsync(refused, ct))
            {
                case AccessTokens.Outcome.None none:
                    return new Heard.NotSent(none.Reason, none.Because);
                case AccessTokens.Outcome.Have { Token: var token }:
                    var heard = await Patience.AskAsync(patient, once => SendOnceAsync(token, method, path, json, once), ct);
                    if (heard is Heard.Answer { Status: HttpStatusCode.TooManyRequests })
                        return new Heard.NotSent(LineDownReason.Throttled, "too many requests");
                    if (heard is not Heard.Answer { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
                        return heard;
                    if (refused is not null)
                    {
                        log.FreshTokenRefused();
                        return new Heard.NotSent(LineDownReason.BadCredentials, "a fresh token was refused");
                    }
                    refused = token;
                    break;
            }
        }
    }

    async Task<Heard> SendOnceAsync(AccessTokens.Token token, HttpMethod method, string path, byte[]? json, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = token.Header, Accept = { new("application/json") } } };
        if (json is not null)
            request.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
        return await Heard.FromAsync(clients.CreateClient(Client), request, ct);
    }
}
