using System.Text;

namespace BotDispatch.Core;

/// <summary>
/// Keeps the word order of a sentence whatever text is inserted. Otherwise two right-to-left names with a comma between them change places,
/// and a number after such a name jumps in front of it.
/// </summary>
/// <remarks>https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates</remarks>
public static class Isolation
{
    const char Begin = '\u2068';
    const char End = '\u2069';

    /// <summary>
    /// Returns foreign text ready for a sentence of ours. Text with right-to-left letters is put between U+2068 and U+2069. Other text
    /// stays as it is, because nothing can move, and copied text then contains no invisible characters. Direction marks inside the text are
    /// removed.
    /// </summary>
    public static string Isolated(this string foreign)
    {
        var plain = HasDirection(foreign) ? string.Concat(foreign.Where(letter => !IsDirection(letter))) : foreign;
        return IsRightToLeft(plain) ? $"{Begin}{plain}{End}" : plain;
    }

    /// <summary>
    /// Returns the text with only the isolates that <see cref="Isolated"/> sets. A begin without its end, and an end without its begin, are
    /// removed.
    /// </summary>
    public static string Paired(string text)
    {
        if (!HasDirection(text))
            return text;
        var kept = new StringBuilder(text.Length);
        var begun = -1;
        foreach (var letter in text)
            switch (letter)
            {
                case Begin when begun < 0:
                    begun = kept.Length;
                    kept.Append(letter);
                    break;
                case End when begun >= 0:
                    begun = -1;
                    kept.Append(letter);
                    break;
                case var other when IsDirection(other):
                    break;
                default:
                    kept.Append(letter);
                    break;
            }
        return begun < 0 ? kept.ToString() : kept.Remove(begun, 1).ToString();
    }

    /// <summary>Returns the end marks that a text lacks because it was cut inside an isolate; empty for any other text.</summary>
    public static string Missing(StringBuilder cut)
    {
        for (var at = cut.Length - 1; at >= 0; at--)
            if (cut[at] is Begin or End)
                return cut[at] is Begin ? $"{End}" : "";
        return "";
    }

    /// <summary>Whether a character of the text begins or ends an isolate.</summary>
    public static bool HasMark(ReadOnlySpan<char> text) => text.IndexOfAny(Begin, End) >= 0;

    /// <summary>Whether the character begins or ends an isolate.</summary>
    public static bool IsMark(char letter) => letter is Begin or End;

    /// <summary>Whether the character marks, embeds, overrides or isolates a direction.</summary>
    public static bool IsDirection(char letter) =>
        letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    static bool HasDirection(string text)
    {
        foreach (var letter in text)
            if (IsDirection(letter))
                return true;
        return false;
    }

    // The blocks that Unicode reserves for right-to-left scripts, with their digits:
    // https://www.unicode.org/Public/UCD/latest/ucd/extracted/DerivedBidiClass.txt
    static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE)
                or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF))
                return true;
        return false;
    }
}
