using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Unicode;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>One connection that is kept, for one request at a time: as little between the pretend world and the wire as can be.</summary>
internal sealed class KeptConnection : IDisposable
{
    const int Room = 16 * 1024;

    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    byte[] buffer = new byte[Room];
    long since = Stopwatch.GetTimestamp();

    /// <summary>For how long it has waited: for the answer, or for its next request.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(Volatile.Read(ref since));

    /// <summary>Whether it waits for an answer.</summary>
    public bool IsAsking { get; private set; }

    /// <summary>False once the server has said that its answer was the last one.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Posts, and waits for the whole answer.</summary>
    public async Task<WireAnswer> PostAsync(Uri address, string headers, ReadOnlyMemory<byte> body)
    {
        Restart(isAsking: true);
        if (!socket.Connected)
            await socket.ConnectAsync(address.Host, address.Port);
        var request = Write(address, headers, body.Span);
        while (request.Length > 0)
            request = request[await socket.SendAsync(request)..];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
                throw new IOException("the connection was closed instead of an answer");
            length += read;
            if (WireAnswer.Read(buffer.AsSpan(0, length), out var isLast) is { } answer)
            {
                IsOpen = !isLast;
                Restart(isAsking: false);
                return answer;
            }
            if (length == buffer.Length)
                Array.Resize(ref buffer, 2 * length);
        }
    }

    public void Dispose() => socket.Dispose();

    void Restart(bool isAsking)
    {
        Volatile.Write(ref since, Stopwatch.GetTimestamp());
        IsAsking = isAsking;
    }

    // Head and body go out together.
    ReadOnlyMemory<byte> Write(Uri address, string headers, ReadOnlySpan<byte> body)
    {
        int head;
        while (!Utf8.TryWrite(buffer, CultureInfo.InvariantCulture,
            $"POST {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}Content-Length: {body.Length}\r\n\r\n", out head)
            || head + body.Length > buffer.Length)
            buffer = new byte[2 * (buffer.Length + body.Length)];
        body.CopyTo(buffer.AsSpan(head));
        return buffer.AsMemory(0, head + body.Length);
    }
}
