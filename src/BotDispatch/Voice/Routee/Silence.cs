using System.Buffers.Binary;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// A file of silence in a telephone's format: 8 kHz, mono, 16 bit. It is generated while it is sent, so every length costs no memory.
/// </summary>
internal static class Silence
{
    public const int LongestSeconds = 60;

    const int HeaderLength = 44;
    const int BytesPerSecond = 8000 * 2;
    static readonly byte[] Second = new byte[BytesPerSecond];

    public static async Task SendAsync(HttpContext http, int seconds)
    {
        http.Response.ContentType = "audio/wav";
        http.Response.ContentLength = HeaderLength + (seconds * BytesPerSecond);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        await http.Response.Body.WriteAsync(Header(seconds * BytesPerSecond), http.RequestAborted);
        for (var sent = 0; sent < seconds; sent++)
            await http.Response.Body.WriteAsync(Second, http.RequestAborted);
    }

    static byte[] Header(int samples)
    {
        var header = new byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), HeaderLength - 8 + samples);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), BytesPerSecond / 2);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), BytesPerSecond);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), samples);
        return header;
    }
}
