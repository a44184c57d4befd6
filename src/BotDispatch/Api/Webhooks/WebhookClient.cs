using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Api;

/// <summary>Calls webhooks, signed as Standard Webhooks says. Follows no redirect.</summary>
/// <remarks>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
internal sealed class WebhookClient(IHttpClientFactory clients, TimeProvider real)
{
    public const string Client = "webhooks";

    // A receiver that asks for more is asked again in an hour, so that an event is not given up because of one header.
    static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>
    /// Posts a message. Returns null if it was taken, whatever the body of the answer is, else why not.
    /// </summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="id">The id of the message, the same at each repetition.</param>
    /// <param name="body">The message.</param>
    /// <param name="ct">Stops the wait.</param>
    public async Task<NotTaken?> SendAsync(Webhook webhook, string id, byte[] body, CancellationToken ct)
    {
        var timestamp = real.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Sign(webhook.Secret, id, timestamp, body));
        return await clients.SendForStatusAsync(Client, request, Judge, failure => new NotTaken(failure.Because, null), ct);
    }

    NotTaken? Judge(HttpResponseMessage answer) => answer.IsSuccessStatusCode ? null : new(
        $"it answered {(int)answer.StatusCode}", RetryAfter.Of(answer, real.WallNow, TimeSpan.Zero, LongestPause));

    /// <summary>The signature of a message.</summary>
    public static string Sign(byte[] secret, string id, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return Convert.ToBase64String(HMACSHA256.HashData(secret, signed));
    }
}

/// <summary>A message was not taken.</summary>
/// <param name="Because">Why not, in our words.</param>
/// <param name="After">How long the receiver asks to be left alone; null if it does not ask.</param>
internal sealed record NotTaken(string Because, TimeSpan? After);
