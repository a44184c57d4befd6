using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace BotDispatch.Voice.Speech;

/// <summary>What of a written text can be spoken: markup of every kind, links, emoji and control characters are gone, each line is a sentence.</summary>
internal static class PlainText
{
    // A ticket can hold a whole log file; nobody hears more than its beginning.
    const int LongestRead = 8_000;

    // In this order: what is cut as a whole, then links of each dialect, then tags, then what is only a sign at a line's start.
    // NonBacktracking: the text is a stranger's, and must not be able to make us think for long.
    static readonly (Regex Pattern, string By)[] Markup =
    [
        (Like(@"(?s)<(script|style)\b[^>]*>.*?</(script|style)\s*>"), " "),
        (Like("(?s)<!--.*?-->"), " "),
        (Like("(?s)```.*?```"), " "),
        (Like(@"(?s)\{(code|noformat)(:[^}\n]*)?\}.*?\{(code|noformat)\}"), " "),
        (Like(@"!\[[^\]\n]*\]\([^)\n]*\)"), " "),
        (Like(@"!\[?[\w./-]+\.(png|jpe?g|gif|svg|bmp|webp)(\|[^!\n]*)?!"), " "),
        (Like(@"<[a-z]+:[^>|\s]*\|([^>\n]*)>"), "$1"),
        (Like(@"<[@#!][^>|\n]*\|([^>\n]*)>"), "$1"),
        (Like(@"<[@#!][^>\n]*>"), " "),
        (Like(@"<[a-z]+:[^>\s]*>"), " "),
        (Like(@"\[([^\]\n]*)\]\([^)\n]*\)"), "$1"),
        (Like(@"\[~[^\]\n]*\]"), " "),
        (Like(@"\[([^\]|\n]+)\|[^\]\n]+\]"), "$1"),
        (Like(@"</?(p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|blockquote|hr)\b[^>]*>"), "\n"),
        (Like("</?[a-z!?][^<>]*>"), ""),
    ];

    static readonly (Regex Pattern, string By)[] Signs =
    [
        (Like(@"</?(p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|b|i|u|a|em|strong|span|font|img|script|style|pre|code)\b[^<>]*>"), " "),
        (Like(@"\{(color|quote|panel|info|tip|note|warning|code|noformat|anchor)(:[^}\n]*)?\}"), " "),
        (Like(@"\b(mailto:|tel:)?[\w.+-]+@[\w-]+(\.[\w-]+)+"), " "),
        (Like(@"\b[a-z][a-z0-9+.-]*://[^\s\])>]+"), " "),
        (Like(@"\bwww\.[^\s\])>]+"), " "),
        (Like(@"(^|\s):[a-z+][a-z0-9_+-]*:"), "$1"),
        (Like(@"(?m)^[ \t]*(h[1-6]\.|bq\.|#+|>+|[-*+•]+|\[[ x]\])[ \t]+(\[[ x]\][ \t]+)?"), ""),
        (Like(@"[ \t]*\|+[ \t]*"), ", "),
        (Like(@"\(\s*\)|\[\s*\]"), " "),
    ];

    /// <summary>The sentences of <paramref name="written"/>; empty if nothing in it can be spoken.</summary>
    public static string Of(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
            return "";
        var text = written.Length > LongestRead ? written[..LongestRead] : written;
        // Entities are decoded between the two: a tag that was written as text is not markup, but nobody wants to hear its brackets.
        text = Without(Signs, WebUtility.HtmlDecode(Without(Markup, text.ReplaceLineEndings("\n"))));
        return string.Join(' ', text.Split('\n').Select(Speakable).Where(line => line.Any(char.IsLetterOrDigit)).Select(AsSentence));
    }

    /// <summary>A name or a single word that stands inside a sentence of ours.</summary>
    public static string Inline(string? written) => Of(written).TrimEnd('.', '!', '?', ';', ',', ':', ' ');

    static string Without((Regex Pattern, string By)[] rules, string text)
    {
        foreach (var (pattern, by) in rules)
            text = pattern.Replace(text, by);
        return text;
    }

    static string Speakable(string line)
    {
        var spoken = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
        {
            var last = spoken.Length == 0 ? ' ' : spoken[^1];
            switch (SpokenAs(rune))
            {
                case null:
                    break;
                case ' ' when last is ' ':
                    break;
                case ' ':
                    spoken.Append(' ');
                    break;
                case { } sign when !char.IsLetterOrDigit(sign) && sign == last:
                    break;
                case '.' or ',' or ';' or ':' or '!' or '?' when last is ' ' && spoken.Length > 0:
                    spoken[^1] = (char)rune.Value;
                    break;
                default:
                    spoken.Append(rune.ToString());
                    break;
            }
        }
        return spoken.ToString().Trim(' ', ',', '-', ':').TrimStart(';');
    }

    // A sign stands for itself, a space parts words, null is nothing at all. Letters outside the basic plane only have to be told from signs.
    static char? SpokenAs(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        _ when rune.Value is '*' or '`' or '~' or '^' or 0xFE0E or 0xFE0F or 0x00AD => null,
        _ when rune.Value is '<' or '>' or '[' or ']' or '{' or '}' or '\\' or '#' or '|' => ' ',
        _ when rune.Value is '°' or '№' => (char)rune.Value,
        UnicodeCategory.Format or UnicodeCategory.EnclosingMark => null,
        UnicodeCategory.Control or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        _ => rune.IsBmp ? (char)rune.Value : 'a',
    };

    static string AsSentence(string line) => line[^1] is '.' or '!' or '?' or ';' or ':' or '…' ? line : line + ".";

    static Regex Like(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
