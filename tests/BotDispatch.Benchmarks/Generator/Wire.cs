using System.Net.Http.Headers;
using System.Text;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>Sends JSON as cheaply as it goes: the pretend world must not cost what is meant to be measured.</summary>
internal sealed class Wire : IDisposable
{
    static readonly MediaTypeHeaderValue Json = new("application/json");

    readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
    });

    /// <summary>Posts; the answer's body if it was good, else null.</summary>
    public async Task<byte[]?> PostAsync(Uri address, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var response = await http.SendAsync(request, limit.Token);
        var answer = await response.Content.ReadAsByteArrayAsync(limit.Token);
        return response.IsSuccessStatusCode ? answer : null;
    }

    /// <summary>A status webhook as Routee sends it.</summary>
    public static byte[] Status(string messageId, string trackingId, string phone, string status) => Encoding.UTF8.GetBytes(
        $$"""
        {"messageId":"{{messageId}}","conversationTrackingId":"{{trackingId}}","to":"{{phone}}","from":"302111234567","status":{"name":"{{status}}","updatedDate":"2024-05-01T10:00:14Z"},"direction":"Outbound","originatingService":"Voice","respectQuietHours":false,"duration":{{(status is "Completed" ? 14 : 0)}},"price":{{(status is "Completed" ? "0.0132" : "0")}}}
        """);

    /// <summary>Pressed keys as Routee sends them.</summary>
    public static byte[] Keys(string messageId, string trackingId, string phone, string tones) => Encoding.UTF8.GetBytes(
        $$"""
        {"messageId":"{{messageId}}","conversationTrackingId":"{{trackingId}}","from":"302111234567","to":"{{phone}}","collectedTones":"{{tones}}"}
        """);

    public void Dispose() => http.Dispose();
}
