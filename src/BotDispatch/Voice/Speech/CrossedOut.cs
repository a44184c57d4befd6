namespace BotDispatch.Voice.Speech;

/// <summary>
/// Finds what is crossed out in a line: <c>~~two~~</c> of Markdown, and <c>~two~</c> of Slack and GitHub. Spoken like other words, it would
/// be taken for what holds.
/// </summary>
internal static class CrossedOut
{
    // A text full of tildes must not be searched to its end for each of them.
    const int Longest = 1000;

    /// <summary>The mark before and after what is crossed out.</summary>
    public const string Mark = "~~";

    /// <summary>Returns the line in parts, of which those that are crossed out begin with <paramref name="warning"/>.</summary>
    public static IEnumerable<string> Parts(string line, string warning)
    {
        var from = 0;
        for (var open = line.IndexOf('~'); open >= 0; open = line.IndexOf('~', open))
        {
            var length = Run(line, open);
            var close = Close(line, open, length);
            if (close < 0)
            {
                open += length;
                continue;
            }
            yield return line[from..open];
            yield return $"{warning} {line[(open + length)..close]}";
            from = open = close + length;
        }
        yield return line[from..];
    }

    // Two tildes count within a word too. One does not: "10~20", "~5 bar".
    static int Close(string line, int open, int length)
    {
        var begin = open + length;
        if (length > 2 || begin == line.Length || char.IsWhiteSpace(line[begin]) || (length == 1 && IsWord(line, open - 1)))
            return -1;
        for (var at = line.IndexOf('~', begin); at >= 0 && at < begin + Longest; at = line.IndexOf('~', at + Run(line, at)))
            if (Run(line, at) == length && !char.IsWhiteSpace(line[at - 1]) && (length == 2 || !IsWord(line, at + 1)))
                return at;
        return -1;
    }

    static bool IsWord(string line, int at) => at >= 0 && at < line.Length && char.IsLetterOrDigit(line[at]);

    static int Run(string line, int at)
    {
        var end = at;
        while (end < line.Length && line[end] is '~')
            end++;
        return end - at;
    }
}
