using System.Buffers;
using System.Text;
using System.Text.Json;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>
/// Finds in the body of a request the few words that the pretend world needs. A body is only searched, because parsing all of it costs
/// more than the request.
/// </summary>
internal static class BodyText
{
    static readonly SearchValues<byte> InWords = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"u8);

    /// <summary>Reads the body and looks at it. Copy the result of <paramref name="look"/>, because the memory goes back to the pool.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext http, Func<ReadOnlySpan<byte>, T> look)
    {
        var length = (int)(http.Request.ContentLength ?? throw new InvalidOperationException($"{http.Request.Path}: a body without a length"));
        var body = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await http.Request.Body.ReadExactlyAsync(body.AsMemory(0, length));
            return look(body.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>The letters, digits and dashes that stand after a text; empty if it is not there.</summary>
    public static string WordAfter(this ReadOnlySpan<byte> body, ReadOnlySpan<byte> text)
    {
        var rest = body.After(text);
        var end = rest.IndexOfAnyExcept(InWords);
        return Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
    }

    /// <summary>What follows a text; empty if it is not there.</summary>
    public static ReadOnlySpan<byte> After(this ReadOnlySpan<byte> body, ReadOnlySpan<byte> text) =>
        body.IndexOf(text) is >= 0 and var at ? body[(at + text.Length)..] : [];

    /// <summary>What stands before a text; all of it if it is not there.</summary>
    public static ReadOnlySpan<byte> Before(this ReadOnlySpan<byte> body, ReadOnlySpan<byte> text) =>
        body.IndexOf(text) is >= 0 and var at ? body[..at] : body;

    public static bool Has(this ReadOnlySpan<byte> body, ReadOnlySpan<byte> text) => body.IndexOf(text) >= 0;

    /// <summary>The text of JSON with which this begins.</summary>
    public static string JsonText(this ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return reader.Read() ? reader.GetString()! : throw new JsonException("nothing where a text was expected");
    }
}
