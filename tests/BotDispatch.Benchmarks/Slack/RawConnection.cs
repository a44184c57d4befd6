using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>One connection that is kept, for one request at a time: as little between the clock and the wire as can be.</summary>
internal sealed class RawConnection : IDisposable
{
    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
    readonly byte[] buffer = new byte[64 * 1024];
    int length;

    public RawConnection(Uri address) => socket.Connect(address.Host, address.Port);

    /// <summary>The whole answer to the last request, head and body; chunks as they came.</summary>
    public ReadOnlySpan<byte> Answer => buffer.AsSpan(0, length);

    /// <summary>Sends, and waits for the whole answer; its status.</summary>
    public int Ask(ReadOnlySpan<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
            sent += socket.Send(request[sent..]);
        length = 0;
        do
        {
            var read = socket.Receive(buffer.AsSpan(length));
            if (read == 0)
                throw new IOException("the app closed the connection");
            length += read;
        }
        while (!IsWhole(Answer));
        return int.Parse(Answer.Slice("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => socket.Dispose();

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var body = answer[(end + 4)..];
        foreach (var range in answer[..end].Split("\r\n"u8))
        {
            var line = answer[range];
            if (line.StartsWith("Content-Length: "u8))
                return body.Length >= int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture);
            if (line.StartsWith("Transfer-Encoding: chunked"u8))
                return body.SequenceEqual("0\r\n\r\n"u8) || body.EndsWith("\r\n0\r\n\r\n"u8);
        }
        throw new InvalidOperationException($"an answer that does not say how long it is: {Encoding.UTF8.GetString(answer[..end])}");
    }
}
