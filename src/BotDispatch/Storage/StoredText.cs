using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BotDispatch.Storage;

/// <summary>Text as both databases keep it, whatever somebody typed.</summary>
internal static class StoredText
{
    const int LongestKey = 200;

    /// <summary>PostgreSQL takes neither the character zero nor half a surrogate pair; what we write as JSON has neither.</summary>
    public static string Of(string text) =>
        Ascii.IsValid(text) && !text.Contains('\0') ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));

    /// <summary>Writes the UTF-8 of what <see cref="Of"/> returns; how many bytes that are.</summary>
    public static int Write(string text, Span<byte> utf8) =>
        Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD'), utf8);

    /// <summary>How a ticket reference is compared: without case and outer space. An index row has limits, typed words have none.</summary>
    public static string Ticket(string reference)
    {
        var normal = Of(reference).Trim().ToLowerInvariant();
        if (normal.Length <= LongestKey)
            return normal;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal)));
        return string.Create(CultureInfo.InvariantCulture, $"{hash}:{normal.Length}");
    }
}

/// <summary>Text that is UTF-8 already and has nothing in it that a database refuses, as JSON that we write.</summary>
internal readonly record struct Utf8Text(byte[] Bytes)
{
    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
