using System.Text;

namespace BotDispatch.Core;

/// <summary>
/// Keeps the order of a sentence whatever is put into it: two names that are written from right to left, with a comma between them, change places otherwise, and a number after one jumps in front of it.
/// </summary>
/// <remarks>https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates</remarks>
public static class Isolation
{
    const char Begin = '\u2068';
    const char End = '\u2069';

    /// <summary>
    /// Foreign words as a sentence of ours takes them: between U+2068 and U+2069 if any letter of theirs is written from right to left, else as they are, because nothing can move then
    /// and what is copied holds no invisible characters. Direction marks of their own are left out.
    /// </summary>
    public static string Isolated(this string foreign)
    {
        var plain = foreign.Any(IsDirection) ? string.Concat(foreign.Where(letter => !IsDirection(letter))) : foreign;
        return IsRightToLeft(plain) ? $"{Begin}{plain}{End}" : plain;
    }

    /// <summary>The text with no direction marks but the isolates that <see cref="Isolated"/> sets, each with its end: what does not end, or was not begun, is left out.</summary>
    public static string Paired(string text)
    {
        if (!text.Any(IsDirection))
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

    /// <summary>What a text that was cut in the middle of an isolate needs at its end; empty for any other.</summary>
    public static string Missing(StringBuilder cut)
    {
        for (var at = cut.Length - 1; at >= 0; at--)
            if (cut[at] is Begin or End)
                return cut[at] is Begin ? $"{End}" : "";
        return "";
    }

    /// <summary>Whether it is one of the two marks.</summary>
    public static bool IsMark(char letter) => letter is Begin or End;

    /// <summary>Whether it embeds, overrides or isolates a direction.</summary>
    public static bool IsDirection(char letter) => letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // The blocks that Unicode reserves for scripts of this kind, digits of theirs included: https://www.unicode.org/Public/UCD/latest/ucd/extracted/DerivedBidiClass.txt
    static bool IsRightToLeft(string text) => text.EnumerateRunes().Any(rune => rune.Value
        is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF));
}
