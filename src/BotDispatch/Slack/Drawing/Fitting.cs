namespace BotDispatch.Slack.Drawing;

/// <summary>Fits lines into what Slack takes, and says how many were left out. No line is torn: each is short enough by itself.</summary>
internal static class Fitting
{
    /// <summary>As many of the lines as fit, from the first.</summary>
    public static string First(IReadOnlyList<string> lines, int most)
    {
        var taken = Count(lines, most);
        return taken == lines.Count ? string.Join('\n', lines) : string.Join('\n', lines.Take(taken).Append(Left(lines.Count - taken)));
    }

    /// <summary>As many of the lines as fit, up to the last: the end of a story matters more than its beginning.</summary>
    public static string Last(IReadOnlyList<string> lines, int most)
    {
        var taken = Count([.. lines.Reverse()], most);
        return taken == lines.Count ? string.Join('\n', lines) : string.Join('\n', lines.TakeLast(taken).Prepend(Left(lines.Count - taken)));
    }

    /// <summary>The lines in up to <paramref name="mostParts"/> parts.</summary>
    public static IEnumerable<string> Parts(IReadOnlyList<string> lines, int most, int mostParts)
    {
        for (var part = 1; lines.Count > 0; part++)
        {
            if (part == mostParts)
            {
                yield return First(lines, most);
                yield break;
            }
            var taken = Math.Max(1, Count(lines, most, isWhole: true));
            yield return string.Join('\n', lines.Take(taken));
            lines = [.. lines.Skip(taken)];
        }
    }

    // If not all of them fit, the words that say so must.
    static int Count(IReadOnlyList<string> lines, int most, bool isWhole = false)
    {
        if (!isWhole && lines.Sum(line => line.Length + 1) <= most + 1)
            return lines.Count;
        var rest = isWhole ? most + 1 : most - Left(lines.Count).Length;
        var taken = 0;
        while (taken < lines.Count && (rest -= lines[taken].Length + 1) >= 0)
            taken++;
        return taken;
    }

    static string Left(int count) => $"… and {count} more";
}
