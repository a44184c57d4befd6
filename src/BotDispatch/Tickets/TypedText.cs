using System.Globalization;
using System.Text;
using BotDispatch.Http;

namespace BotDispatch.Tickets;

/// <summary>
/// Reads a reference as people type it: on telephones, with what writing aids make of it, and with the marks of a sentence around it.
/// </summary>
internal static class TypedText
{
    /// <summary>No reference and no link is longer.</summary>
    public const int Longest = 2000;

    static readonly char[] Around =
        ['<', '>', '(', ')', '[', ']', '"', '\'', '`', '“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›', ',', ';', '.', '!', '?', ':',
            ' '];

    /// <summary>
    /// Returns the text in plain signs: every dash is a hyphen, every digit and full-width letter is that of ASCII, nothing is invisible,
    /// blanks are single, and no quotes, brackets or marks of a sentence stand around it.
    /// </summary>
    public static string Clean(string typed)
    {
        if (typed.Length > Longest)
            return "";
        var text = new StringBuilder(typed.Length);
        foreach (var letter in typed)
            switch (char.GetUnicodeCategory(letter))
            {
                case UnicodeCategory.Format or UnicodeCategory.Control when !char.IsWhiteSpace(letter):
                    break;
                case UnicodeCategory.DashPunctuation:
                case var _ when letter is '\u2212' or '\u2043':
                    text.Append('-');
                    break;
                case UnicodeCategory.DecimalDigitNumber:
                    text.Append((int)char.GetNumericValue(letter));
                    break;
                case var _ when char.IsWhiteSpace(letter):
                    if (text.Length > 0 && text[^1] != ' ')
                        text.Append(' ');
                    break;
                default:
                    text.Append(letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter);
                    break;
            }
        return LinkWrapping.Undone(text.ToString().Trim(Around));
    }

    /// <summary>
    /// Returns the number of a reference such as <c>#7</c>, <c># 7</c> or <c>RT-7</c>; null if the text has another form. Digits without
    /// the prefix count as well. Leading zeros do not.
    /// </summary>
    /// <param name="text">A text that <see cref="Clean"/> returned.</param>
    /// <param name="prefix">What stands before the number.</param>
    /// <param name="names">
    /// The names of the system, which people write before it: <c>Redmine #7</c>. Behind a name a number sign may stand whatever the prefix
    /// is.
    /// </param>
    public static string? NumberIn(string text, string prefix, params IReadOnlyList<string> names)
    {
        var name = names.Where(each => text.StartsWith(each, StringComparison.OrdinalIgnoreCase) && each.Length < text.Length
            && !char.IsLetterOrDigit(text[each.Length])).MaxBy(each => each.Length);
        var rest = name is null ? text : text[name.Length..].TrimStart();
        rest = Behind(rest, prefix) ?? (name is null ? rest : rest.TrimStart('#', ' '));
        return rest.Length is > 0 and <= 12 && rest.All(char.IsAsciiDigit) && rest.TrimStart('0') is { Length: > 0 } number ? number : null;
    }

    /// <summary>Returns what stands behind a prefix, whose hyphen may be missing; null if the text does not begin with it.</summary>
    public static string? Behind(string text, string prefix)
    {
        if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return text[prefix.Length..].TrimStart();
        var letters = prefix.TrimEnd('-', '#', ' ');
        return prefix.Length > 1 && text.StartsWith(letters, StringComparison.OrdinalIgnoreCase)
            ? text[letters.Length..].TrimStart('-', '#', ' ') : null;
    }

    /// <summary>Whether a text has digits alone, which every system with numbers may have meant.</summary>
    public static bool IsBareNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
