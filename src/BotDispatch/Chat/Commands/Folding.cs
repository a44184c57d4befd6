using System.Globalization;
using AnyAscii;

namespace BotDispatch.Chat;

/// <summary>
/// Brings text of any script to small Latin letters, so that what people type finds what is written in a directory or a ticket system.
/// </summary>
/// <remarks>
/// By AnyAscii 0.3.3. <c>string.Normalize</c> is no help: this product runs with <c>InvariantGlobalization</c>, in which .NET 10 leaves
/// all but ASCII as it is.
/// </remarks>
internal static class Folding
{
    static readonly (string Letter, string Spelling)[] Umlauts = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"), ("ñ", "ny")];

    /// <summary>Without accents, in Latin letters, in lower case: <c>Müller</c> is <c>muller</c>, <c>Ελένη</c> is <c>eleni</c>.</summary>
    public static string Fold(string text) => Ascii(text).ToLowerInvariant();

    /// <summary>The ways in which people write it in Latin letters: <c>Müller</c> is <c>muller</c> and <c>mueller</c>.</summary>
    public static IEnumerable<string> Spellings(string text)
    {
        var folded = Fold(text);
        yield return folded;
        var written = Umlauts.Aggregate(text.ToLowerInvariant(), (line, each) => line.Replace(each.Letter, each.Spelling, StringComparison.Ordinal));
        if (Fold(written) is var other && other != folded)
            yield return other;
    }

    /// <summary>The letters and digits alone, in Latin capitals: all ways to write one reference have the same key.</summary>
    public static string Key(string text) => string.Concat(Ascii(text).Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    // Digits of every script are digits, whatever their transliteration says.
    static string Ascii(string text) => System.Text.Ascii.IsValid(text)
        ? text
        : string.Concat(text.Select(letter => char.IsDigit(letter) ? ((int)CharUnicodeInfo.GetNumericValue(letter)).ToString(CultureInfo.InvariantCulture) : letter.ToString()))
            .Transliterate();
}
