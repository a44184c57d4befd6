using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>
/// Posts as cheaply as it goes: the pretend world must not cost what is meant to be measured. An HTTP client needs more CPU for the same
/// bytes, and so do sockets that block, because threads change with each answer.
/// </summary>
internal sealed class Wire : IDisposable
{
    /// <summary>The header of JSON.</summary>
    public const string Json = "Content-Type: application/json\r\n";

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    // Kestrel closes a connection after 130 seconds without a request.
    static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, ConcurrentStack<KeptConnection>> idle = new();
    readonly ConcurrentDictionary<KeptConnection, bool> all = new();
    readonly Timer watch;

    // One timer for all requests.
    public Wire() => watch = new(_ => EndLate(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    /// <summary>Posts, with these lines of headers beside the host and the length.</summary>
    public async Task<WireAnswer> PostAsync(Uri address, string headers, ReadOnlyMemory<byte> body)
    {
        var kept = idle.GetOrAdd(address.Authority, static _ => new());
        var connection = Kept(kept) ?? New();
        var isKept = false;
        try
        {
            var answer = await connection.PostAsync(address, headers, body);
            isKept = connection.IsOpen;
            return answer;
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or FormatException or ArgumentException)
        {
            throw new HttpRequestException($"{address.AbsolutePath}: {broken.Message}", broken);
        }
        finally
        {
            if (isKept)
                kept.Push(connection);
            else
                End(connection);
        }
    }

    public void Dispose()
    {
        watch.Dispose();
        foreach (var (connection, _) in all)
            connection.Dispose();
    }

    KeptConnection? Kept(ConcurrentStack<KeptConnection> kept)
    {
        while (kept.TryPop(out var connection))
        {
            if (connection.Waited < LongestIdle)
                return connection;
            End(connection);
        }
        return null;
    }

    KeptConnection New()
    {
        var connection = new KeptConnection();
        all[connection] = true;
        return connection;
    }

    void EndLate()
    {
        foreach (var (connection, _) in all)
            if (connection.IsAsking && connection.Waited > Longest)
                connection.Dispose();
    }

    void End(KeptConnection connection)
    {
        all.TryRemove(connection, out _);
        connection.Dispose();
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
}
