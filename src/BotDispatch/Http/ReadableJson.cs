using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace BotDispatch.Http;

/// <summary>
/// Makes the JSON of a server readable whose programs spoil single letters: the text around such a letter must not be lost, because
/// somebody is phoned with it.
/// </summary>
/// <remarks>
/// A ticket system that cuts a title after so many UTF-16 units leaves half an emoji, and an old one writes ISO 8859-1. System.Text.Json 10
/// parses both, and throws when such a text is read.
/// </remarks>
internal static class ReadableJson
{
    /// <summary>
    /// Returns the JSON in UTF-8, whatever charset the server named or meant, and with a blank in the place of each half of a character.
    /// </summary>
    /// <param name="json">The body of the answer.</param>
    /// <param name="charset">The charset that the server named; null if it named none.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json, string? charset)
    {
        var utf8 = SafeJson.WithoutMark(json);
        // A NUL stands in no JSON, and beside each ASCII letter in UTF-16.
        if (!Utf8.IsValid(utf8.Span) || utf8.Span.Contains((byte)0))
            utf8 = Encoding.UTF8.GetBytes((EncodingOf(charset) ?? Encoding.Latin1).GetString(json.Span).TrimStart('\uFEFF'));
        return utf8.Span.IndexOf("\\ud"u8) < 0 && utf8.Span.IndexOf("\\uD"u8) < 0 ? utf8 : WithoutHalves(utf8.ToArray());
    }

    // An escape is six bytes, and so is that of a blank.
    static byte[] WithoutHalves(byte[] utf8)
    {
        for (var at = 0; at < utf8.Length; at++)
        {
            if (utf8[at] != '\\')
                continue;
            var unit = UnitAt(utf8, at);
            if (unit is null)
                at++;
            else if (char.IsHighSurrogate((char)unit) && UnitAt(utf8, at + 6) is { } next && char.IsLowSurrogate((char)next))
                at += 11;
            else
            {
                if (char.IsSurrogate((char)unit))
                    "\\u0020"u8.CopyTo(utf8.AsSpan(at));
                at += 5;
            }
        }
        return utf8;
    }

    static ushort? UnitAt(byte[] utf8, int at) =>
        at + 6 <= utf8.Length && utf8.AsSpan(at, 2).SequenceEqual("\\u"u8)
        && Utf8Parser.TryParse(utf8.AsSpan(at + 2, 4), out ushort unit, out var read, 'x') && read == 4 ? unit : null;

    static Encoding? EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? null : Encoding.GetEncoding(charset.Trim('"', ' ')) is not UTF8Encoding and var named ? named : null;
        }
        // .NET 10 knows UTF-7 by name and refuses to use it, with NotSupportedException.
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
