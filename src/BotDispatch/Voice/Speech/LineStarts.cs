namespace BotDispatch.Voice.Speech;

/// <summary>
/// Removes the marks at the beginning of lines: of headings, lists, quotations and check boxes; a box that is checked becomes a word. A
/// number with a sign before it is not a mark.
/// </summary>
internal static class LineStarts
{
    /// <summary>Returns the lines without their marks; <paramref name="done"/> stands for a box that is checked.</summary>
    public static IEnumerable<string> Without(string[] lines, string done)
    {
        // A single line with "> 30 C" is not a quotation, and "-18 C" is a list item only between similar lines.
        var quoted = lines.Count(line => line.TrimStart().StartsWith('>'));
        var isDashed = lines.Any(line => line.TrimStart() is ['-', var letter, ..] && char.IsLetter(letter));
        return lines.Select(line => Without(line, quoted, isDashed, done));
    }

    static string Without(string line, int quoted, bool isDashed, string done)
    {
        var at = 0;
        var (isItem, isDone) = (false, false);
        while (true)
        {
            while (at < line.Length && line[at] is ' ' or '\t')
                at++;
            var length = Mark(line.AsSpan(at), quoted, isDashed, isItem);
            if (length == 0)
                return isDone ? $"{done} {line[at..]}" : line[at..];
            isDone |= line[at] is '[' && line[at + 1] is not ' ';
            isItem |= line[at] is '-' or '*' or '+' or '•';
            at += length;
        }
    }

    static int Mark(ReadOnlySpan<char> line, int quoted, bool isDashed, bool isItem)
    {
        if (line.IsEmpty)
            return 0;
        if (line[0] is '>')
            return line.Length > 1 && line[1] is '=' || quoted == 1 && IsNumber(line[1..].TrimStart()) ? 0 : 1;
        if (isItem && line is ['[', ' ' or 'x' or 'X', ']', ..])
            return 3;
        if (line is ['h', >= '1' and <= '6', '.', ' ' or '\t', ..] or ['b', 'q' or 'c', '.', ' ' or '\t', ..])
            return 3;
        // Textile's "p. " before a paragraph, but not "p. 12" for a page.
        if (line is ['p', '.', ' ', var letter, ..] && char.IsLetter(letter))
            return 2;
        if (line is ['-', >= '0' and <= '9', ..] && isDashed)
            return 1;
        var run = line.IndexOfAnyExcept(line[0]);
        return line[0] is '#' or '-' or '*' or '+' or '•' && run > 0 && line[run] is ' ' or '\t' ? run : Mixed(line);
    }

    // Jira's nested lists: "*#", "-*".
    static int Mixed(ReadOnlySpan<char> line)
    {
        var run = line.IndexOfAnyExcept("#*-");
        return run is > 1 and < 5 && line[run] is ' ' ? run : 0;
    }

    static bool IsNumber(ReadOnlySpan<char> words) =>
        words.Length > 0 && (char.IsDigit(words[0]) || words is ['-' or '−' or '.' or '$' or '€' or '£', >= '0' and <= '9', ..]);
}
