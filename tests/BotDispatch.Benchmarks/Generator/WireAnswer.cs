using System.Globalization;
using System.Text;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>An answer to a request.</summary>
internal sealed record WireAnswer(int Status, byte[] Body)
{
    static readonly WireAnswer Empty = new(200, []);

    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>Reads an answer as Kestrel writes it, with its length or in chunks; null until it is whole.</summary>
    public static WireAnswer? Read(ReadOnlySpan<byte> received, out bool isLast)
    {
        isLast = false;
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var head = received[..(end + 2)];
        var rest = received[(end + 4)..];
        isLast = head.IndexOf("\r\nConnection: close\r\n"u8) >= 0;
        var status = int.Parse(head.Slice("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
        if (head.IndexOf("\r\nContent-Length: "u8) is >= 0 and var at)
        {
            var length = Number(head[(at + "\r\nContent-Length: ".Length)..], NumberStyles.None);
            return rest.Length < length ? null : length == 0 && status == Empty.Status ? Empty : new(status, rest[..length].ToArray());
        }
        if (head.IndexOf("\r\nTransfer-Encoding: chunked\r\n"u8) >= 0)
            return Joined(rest) is { } body ? new(status, body) : null;
        return status is 204 or 304
            ? new(status, [])
            : throw new InvalidOperationException($"an answer that does not say how long it is: {Encoding.UTF8.GetString(head)}");
    }

    // The chunks as one; null until the last one, which is empty, is there.
    static byte[]? Joined(ReadOnlySpan<byte> chunks)
    {
        var body = new List<byte>();
        while (chunks.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var length = Number(chunks, NumberStyles.AllowHexSpecifier);
            if (chunks.Length < end + 2 + length + 2)
                return null;
            if (length == 0)
                return [.. body];
            body.AddRange(chunks.Slice(end + 2, length));
            chunks = chunks[(end + 2 + length + 2)..];
        }
        return null;
    }

    // The number at the beginning of a line.
    static int Number(ReadOnlySpan<byte> line, NumberStyles style) => int.Parse(line[..line.IndexOf("\r\n"u8)], style, CultureInfo.InvariantCulture);
}
