using System.Text;

namespace BotDispatch.Simulator.Delivery;

/// <summary>Delivers one body to one address, and returns the answer or the reason for its absence before the time limit.</summary>
internal sealed class Courier(IHttpClientFactory clients, SimulatorOptions options) : IDisposable
{
    public const string ClientName = "RouteeSimulator";
    const int MostRead = 64 * 1024;
    const int MostRecorded = 4096;

    readonly CancellationTokenSource stopping = new();

    public RingBuffer<RecordedDelivery> Deliveries { get; } = new(options.HistorySize);

    public async Task<Reply> PostAsync(Uri url, string body, TimeSpan limit)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        return await SendAsync(request, limit);
    }

    public async Task<Reply> GetAsync(Uri url, TimeSpan limit)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        return await SendAsync(request, limit);
    }

    public void Record(DateTimeOffset at, DeliveryKind kind, string messageId, Uri url, string body, int tries, Reply reply,
        bool accepted) =>
        Deliveries.Add(new(at, kind, messageId, url.ToString(), body, tries, reply.Code, Shortened(reply.Text), reply.Because, accepted));

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    async Task<Reply> SendAsync(HttpRequestMessage request, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, options.RealTime);
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping.Token);
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return new Reply((int)response.StatusCode, await ReadAsync(response, both.Token), response.Content.Headers.ContentLength, null);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            return Reply.Trouble($"no answer within {limit.TotalSeconds:0.###} s");
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or OperationCanceledException
            or ObjectDisposedException)
        {
            return Reply.Trouble(trouble.Message);
        }
    }

    static string Shortened(string text) => text.Length <= MostRecorded ? text : text[..MostRecorded];

    static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var buffer = new byte[MostRead];
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var length = await stream.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, ct);
        return buffer[..length];
    }
}

/// <summary>The receiver's answer, or the reason why there was none.</summary>
internal sealed record Reply(int? Code, byte[] Body, long? Length, string? Because)
{
    public static Reply Trouble(string because) => new(null, [], null, because);

    public bool IsSuccess => Code is >= 200 and < 300;

    public string Text => Encoding.UTF8.GetString(Body);
}
