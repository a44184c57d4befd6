using System.Text;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Makes foreign text one clean line: no control characters, no invisible ones, single blanks.</summary>
internal static class PlainWords
{
    /// <summary>A sentence as a part of another: <c>Off shift until 14:00</c> is <c>off shift until 14:00</c>.</summary>
    public static string Continued(string sentence) =>
        sentence.Length == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];

    /// <summary>A part of a sentence as the beginning of one: <c>on shift</c> is <c>On shift</c>.</summary>
    public static string Begun(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>Returns the text as one line.</summary>
    public static string OneLine(string text) => OneLine(text, static _ => false);

    /// <summary>
    /// Returns a sentence of ours as one line. The marks around foreign words in it stay (<see cref="Isolation.Isolated"/>).
    /// </summary>
    public static string Sentence(string text) => OneLine(Isolation.Paired(text), Isolation.IsMark);

    static string OneLine(string text, Func<char, bool> isKept)
    {
        if (IsOneLine(text, isKept))
            return text;
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (IsInvisible(letter) && !isKept(letter))
                continue;
            if (!char.IsWhiteSpace(letter) && !char.IsControl(letter))
                line.Append(letter);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }

    // Most text is one clean line already, so it is not copied.
    static bool IsOneLine(string text, Func<char, bool> isKept)
    {
        var before = ' ';
        foreach (var letter in text)
        {
            var isUnclean = char.IsWhiteSpace(letter) || char.IsControl(letter) || (IsInvisible(letter) && !isKept(letter));
            if (letter == ' ' ? before == ' ' : isUnclean)
                return false;
            before = letter;
        }
        return text.Length == 0 || before != ' ';
    }

    /// <summary>Returns the text without the pair of quotes around it, straight or curly.</summary>
    public static string Unquoted(string text)
    {
        text = text.Trim();
        while (text.Length >= 2 && (IsAround(text, IsDoubleQuote) || IsAround(text, IsSingleQuote)))
            text = text[1..^1].Trim();
        return text;
    }

    /// <summary>Returns the beginning of a long text, for a sentence that repeats it.</summary>
    public static string Shortened(string text, int most = 60)
    {
        if (text.Length <= most)
            return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd() + "…";
    }

    // "Lift 2" and "Lift 3" is not one quotation.
    static bool IsAround(string text, Func<char, bool> isQuote) => isQuote(text[0]) && isQuote(text[^1]) && !text[1..^1].Any(isQuote);

    static bool IsDoubleQuote(char letter) => letter is '"' or '“' or '”' or '„' or '‟' or '«' or '»';

    static bool IsSingleQuote(char letter) => letter is '\'' or '`' or '‘' or '’' or '‚';

    // Text direction marks could make our sentences read differently. Private-use characters are the grammar's own.
    static bool IsInvisible(char letter) => letter is '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or '\u00AD' or '\u061C'
        or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or (>= '\uE000' and <= '\uF8FF');
}
