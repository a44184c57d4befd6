using System.Text;

namespace BotDispatch.Tickets.Markup;

/// <summary>
/// Removes marks such as <c>*</c> and <c>_</c> around words, and leaves them alone where they are signs of a text: <c>2 * 3</c>,
/// <c>a_b</c>.
/// </summary>
internal static class InlineMarks
{
    // Emphasis does not go on for longer, and a text full of marks must not be searched to its end for each of them.
    const int LongestEmphasis = 400;

    /// <summary>
    /// Returns the line without pairs of these marks, each of which is one character. A pair of <paramref name="crossing"/>, if it is one
    /// of them, becomes <see cref="PlainLines.CrossedOut"/>.
    /// </summary>
    public static string Without(string line, string marks, char? crossing = null)
    {
        if (line.AsSpan().IndexOfAny(marks) < 0)
            return line;
        var removed = new bool[line.Length];
        for (var at = 0; at < line.Length; at++)
            if (!removed[at] && marks.Contains(line[at]) && CloseOf(line, at) is > 0 and var close)
                removed[at] = removed[close] = true;
        var words = new StringBuilder(line.Length);
        for (var at = 0; at < line.Length; at++)
            if (!removed[at])
                words.Append(line[at]);
            else if (line[at] == crossing)
                words.Append(PlainLines.CrossedOut);
        return words.ToString();
    }

    static int CloseOf(string line, int open)
    {
        var mark = line[open];
        if (open > 0 && (char.IsLetterOrDigit(line[open - 1]) || line[open - 1] is '\\' || line[open - 1] == mark))
            return -1;
        if (open + 1 >= line.Length || char.IsWhiteSpace(line[open + 1]) || line[open + 1] == mark)
            return -1;
        for (var at = open + 2; at < Math.Min(line.Length, open + LongestEmphasis); at++)
            if (line[at] == mark && !char.IsWhiteSpace(line[at - 1]) && (at + 1 == line.Length || !char.IsLetterOrDigit(line[at + 1])))
                return at;
        return -1;
    }
}
