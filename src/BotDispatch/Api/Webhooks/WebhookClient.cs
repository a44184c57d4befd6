using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Http;

namespace BotDispatch.Api;

/// <summary>Calls webhooks, signed as Standard Webhooks says. Follows no redirect.</summary>
/// <remarks>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
internal sealed class WebhookClient(IHttpClientFactory clients, TimeProvider real)
{
    public const string Client = "webhooks";
    public const int LargestAnswer = 64 * 1024;

    /// <summary>Posts a message. Returns null if it was taken, else why not, in our words.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="id">The id of the message, the same at each repetition.</param>
    /// <param name="body">The message.</param>
    /// <param name="ct">Stops the wait.</param>
    public async Task<string?> SendAsync(Webhook webhook, string id, byte[] body, CancellationToken ct)
    {
        var timestamp = real.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + Sign(webhook.Secret, id, timestamp, body));
        return await clients.SendAsync<string?>(Client, request, null,
            (answer, _) => answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}", failure => failure.Because, ct);
    }

    /// <summary>The signature of a message.</summary>
    public static string Sign(byte[] secret, string id, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return Convert.ToBase64String(HMACSHA256.HashData(secret, signed));
    }

    /// <summary>
    /// Connects to public addresses only, unless others are allowed. A name may lead to another address tomorrow, so the address is judged
    /// here and not when settings are read.
    /// </summary>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowsPrivate, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, ct);
        var allowed = addresses.Where(each => allowsPrivate || IsPublic(each)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "the address is not public");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address belongs to the public internet.</summary>
    /// <remarks>https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry</remarks>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return bytes is not ([0 or 10 or 127 or >= 224, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..]
                or [100, >= 64 and <= 127, ..] or [192, 0, 0, ..] or [198, 18 or 19, ..]);
        // What NAT64 reaches is judged by the address inside. All of 2000::/3 is public, but for documentation and tunnels.
        if (bytes is [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, ..])
            return IsPublic(new(bytes[12..]));
        return (bytes[0] & 0xE0) == 0x20 && bytes is not ([0x20, 0x02, ..] or [0x20, 0x01, 0, 0, ..] or [0x20, 0x01, 0x0D, 0xB8, ..]);
    }
}
