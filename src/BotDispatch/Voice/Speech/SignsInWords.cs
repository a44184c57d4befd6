using System.Text;

namespace BotDispatch.Voice.Speech;

/// <summary>
/// Spells out the signs of one line that have a meaning: a minus before a number, about, less than, and greater than. Brackets, ranges and
/// dates stay, and arrows become commas.
/// </summary>
internal static class SignsInWords
{
    // Angle brackets that are further apart do not enclose the name of a type.
    const int LongestType = 200;

    /// <summary>Returns the line with its signs in the words of <paramref name="prompts"/>.</summary>
    public static string Of(string line, Prompts prompts)
    {
        if (line.IndexOfAny(['<', '>', '-', '−', '–', '≤', '≥', '=', '~', '≈', '→', '⇒']) < 0)
            return line;
        var said = new StringBuilder(line.Length + 32);
        HashSet<int> brackets = [];
        for (var at = 0; at < line.Length; at++)
        {
            var (word, length) = brackets.Contains(at) ? (" ", 1) : Sign(line, at, prompts, brackets);
            if (word is null)
                said.Append(line[at]);
            else
                said.Append(word.Length > 1 ? $" {word} " : word);
            at += length - 1;
        }
        return said.ToString();
    }

    static (string? Word, int Length) Sign(string line, int at, Prompts prompts, HashSet<int> brackets) => line[at] switch
    {
        '+' when PlusMinus(line, at) is > 0 and var length => ("±", length),
        '~' or '≈' when IsAbout(line, at) => (prompts.About, 1),
        '→' or '⇒' => (",", 1),
        '-' or '=' when Arrow(line, at) is > 0 and var length => (",", length),
        '-' or '–' when IsMinus(line, at) => (prompts.Minus, 1),
        '−' when at + 1 < line.Length && IsOperand(line, at + 1) => (prompts.Minus, 1),
        '≤' => (prompts.AtMost, 1),
        '≥' => (prompts.AtLeast, 1),
        '<' => Less(line, at, prompts, brackets),
        '>' => Greater(line, at, prompts),
        _ => (null, 1),
    };

    static (string? Word, int Length) Less(string line, int at, Prompts prompts, HashSet<int> brackets)
    {
        var run = Run(line, at, '<');
        if (run > 1)
            return (" ", run);
        var next = at + 1 < line.Length ? line[at + 1] : ' ';
        if (next is '>')
            return (" ", 2);
        if (next is '=')
            return at + 2 < line.Length && line[at + 2] is '>' ? (",", 3) : (prompts.AtMost, 2);
        if (next is '-' && !(at + 2 < line.Length && char.IsAsciiDigit(line[at + 2])))
            return (",", 1 + Run(line, at + 1, '-')
                + (at + 1 + Run(line, at + 1, '-') < line.Length && line[at + 1 + Run(line, at + 1, '-')] is '>' ? 1 : 0));
        if (Around(line, at) is >= 0 and var end)
        {
            brackets.Add(end);
            return (" ", 1);
        }
        if (IsAfterWord(line, at) && Types(line, at) is { } inner)
        {
            brackets.UnionWith(inner);
            return (" ", 1);
        }
        return IsOperand(line, at + 1) ? (prompts.LessThan, 1) : (" ", 1);
    }

    static (string? Word, int Length) Greater(string line, int at, Prompts prompts)
    {
        var run = Run(line, at, '>');
        if (run > 1)
            return (" ", run);
        if (at + 1 < line.Length && line[at + 1] is '=')
            return (prompts.AtLeast, 2);
        if (!IsOperand(line, at + 1))
            return (" ", 1);
        return IsPath(line, at) ? (",", 1) : (prompts.GreaterThan, 1);
    }

    // "+/-5 bar", "+- 5": spoken sign by sign, only the minus would be understood.
    static int PlusMinus(string line, int at) => line.AsSpan(at + 1) switch
    {
        ['/', '-' or '−' or '–', ..] => 3,
        ['-' or '−' or '–', ..] when IsOperand(line, at + 2) => 2,
        _ => 0,
    };

    // "~5 min", but not the "~" between two numbers.
    static bool IsAbout(string line, int at)
    {
        var number = at + 1;
        while (number < line.Length && line[number] is ' ' or '$' or '€' or '£')
            number++;
        var before = line.AsSpan(0, at).TrimEnd();
        return number < line.Length && char.IsDigit(line[number])
            && (at == 0 || !(char.IsLetterOrDigit(line[at - 1]) || line[at - 1] is '~' or '/'))
            && !(before.Length > 0 && char.IsDigit(before[^1]));
    }

    // "->", "-->", "=>".
    static int Arrow(string line, int at)
    {
        var end = at + Run(line, at, line[at]);
        return end < line.Length && line[end] is '>' && !(end + 1 < line.Length && line[end + 1] is '=') ? end + 1 - at : 0;
    }

    // Directly before a number, and not after a character that it would join to the number: A-12, 10-20, 2026-11-29, 8:00 -16:00.
    static bool IsMinus(string line, int at)
    {
        var number = at + 1;
        if (number < line.Length && line[number] is '.' or ',' or '$' or '€' or '£')
            number++;
        if (number >= line.Length || !char.IsDigit(line[number]))
            return false;
        if (at == 0)
            return true;
        if (!char.IsWhiteSpace(line[at - 1]))
            return "([{=:;,/<>\"'~±+*×„“‚‘«".Contains(line[at - 1], StringComparison.Ordinal);
        var before = at - 1;
        while (before >= 0 && char.IsWhiteSpace(line[before]))
            before--;
        return before < 0 || !char.IsDigit(line[before]) || IsMeasured(line, number);
    }

    // A number with a unit of temperature, level or money.
    static bool IsMeasured(string line, int at)
    {
        while (at < line.Length && (char.IsDigit(line[at]) || line[at] is '.' or ','))
            at++;
        while (at < line.Length && line[at] is ' ' or '\u00A0' or '\u202F')
            at++;
        if (at >= line.Length)
            return false;
        return line[at] is '°' or '℃' or '℉' or '%' or '€' or '$' or '£'
            || (line[at] is 'C' or 'F' or 'K' && (at + 1 == line.Length || !char.IsLetterOrDigit(line[at + 1])));
    }

    // <valve 7>, <core-sw-2>: brackets around words and not a comparison. Returns the index of the closing bracket, or -1.
    static int Around(string line, int at)
    {
        var end = line.IndexOfAny(['<', '>'], at + 1);
        if (end < at + 2 || line[end] is '<' || char.IsWhiteSpace(line[at + 1]) || char.IsWhiteSpace(line[end - 1]))
            return -1;
        if (IsAfterWord(line, at) || (end + 1 < line.Length && (char.IsLetterOrDigit(line[end + 1]) || line[end + 1] is '=')))
            return -1;
        return char.IsDigit(line[at + 1]) && line.AsSpan(at, end - at).Contains(' ') ? -1 : end;
    }

    // List<string>, Map<string, List<int>>: returns the indexes of the other brackets, or null.
    static List<int>? Types(string line, int at)
    {
        List<int> found = [];
        var depth = 1;
        for (var i = at + 1; i < line.Length && i < at + LongestType; i++)
            switch (line[i])
            {
                case '<':
                    depth++;
                    found.Add(i);
                    break;
                case '>':
                    found.Add(i);
                    if (--depth > 0)
                        break;
                    return i == at + 1 || (i + 1 < line.Length && (char.IsLetterOrDigit(line[i + 1]) || line[i + 1] is '=')) ? null : found;
                case ' ' when line[i - 1] is ',':
                case ',' or '.' or '?' or '_' or '[' or ']' or '&' or '*' or ':':
                case var letter when char.IsLetterOrDigit(letter):
                    break;
                default:
                    return null;
            }
        return null;
    }

    // File > Open: a path through menus.
    static bool IsPath(string line, int at)
    {
        var (before, after) = (at - 1, at + 1);
        while (before >= 0 && line[before] is ' ')
            before--;
        while (before > 0 && char.IsLetterOrDigit(line[before - 1]))
            before--;
        while (after < line.Length && line[after] is ' ')
            after++;
        return before >= 0 && IsTitle(line, before) && IsTitle(line, after);
    }

    static bool IsTitle(string line, int at) => at + 1 < line.Length && char.IsUpper(line[at]) && char.IsLower(line[at + 1]);

    static bool IsAfterWord(string line, int at) => at > 0 && char.IsLetterOrDigit(line[at - 1]);

    static bool IsOperand(string line, int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
            at++;
        if (at < line.Length && line[at] is '-' or '−' or '–' or '+' or '.' or '$' or '€' or '£' or '±' or '~' or '(')
            at++;
        return at < line.Length && char.IsLetterOrDigit(line[at]);
    }

    static int Run(string line, int at, char sign)
    {
        var end = at;
        while (end < line.Length && line[end] == sign)
            end++;
        return end - at;
    }
}
