using System.Globalization;
using AnyAscii;

namespace BotDispatch.Chat;

/// <summary>
/// Transliterates text of any script into small Latin letters, so that people find a name or a reference however they type it.
/// </summary>
/// <remarks>
/// Uses AnyAscii 0.3.3 instead of <c>string.Normalize</c>, because this product runs with <c>InvariantGlobalization</c>, in which .NET 10
/// leaves everything but ASCII as it is.
/// </remarks>
internal static class Folding
{
    static readonly (string Letter, string Spelling)[] Umlauts =
        [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"), ("ñ", "ny")];

    /// <summary>The text without accents, in small Latin letters: <c>Müller</c> is <c>muller</c>, <c>Ελένη</c> is <c>eleni</c>.</summary>
    public static string Fold(string text) => Ascii(text).ToLowerInvariant();

    /// <summary>The ways to write the text in Latin letters: <c>Müller</c> is <c>muller</c> and <c>mueller</c>.</summary>
    public static IEnumerable<string> Spellings(string text)
    {
        var folded = Fold(text);
        yield return folded;
        var written = Umlauts.Aggregate(
            text.ToLowerInvariant(), (line, each) => line.Replace(each.Letter, each.Spelling, StringComparison.Ordinal));
        if (Fold(written) is var other && other != folded)
            yield return other;
    }

    /// <summary>Only the letters and digits, in Latin capitals, so that all spellings of one reference have the same key.</summary>
    public static string Key(string text) => string.Concat(Ascii(text).Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    // Digits of every script become ASCII digits, which the transliteration does not do for all scripts.
    static string Ascii(string text) => System.Text.Ascii.IsValid(text)
        ? text
        : string.Concat(text.Select(letter => char.IsDigit(letter)
            ? ((int)CharUnicodeInfo.GetNumericValue(letter)).ToString(CultureInfo.InvariantCulture)
            : letter.ToString())).Transliterate();
}
