namespace BotDispatch.Slack.Drawing;

/// <summary>Fits whole lines into Slack's limits and says how many were left out. Each line alone must be short enough.</summary>
internal static class Fitting
{
    /// <summary>As many of the first lines as fit.</summary>
    public static string First(IReadOnlyList<string> lines, int most)
    {
        var count = Count(lines, most);
        return count == lines.Count
            ? string.Join('\n', lines)
            : string.Join('\n', lines.Take(count).Append(Left(lines.Count - count)));
    }

    /// <summary>As many of the last lines as fit, because the newest lines matter most.</summary>
    public static string Last(IReadOnlyList<string> lines, int most)
    {
        var count = Count([.. lines.Reverse()], most);
        return count == lines.Count
            ? string.Join('\n', lines)
            : string.Join('\n', lines.TakeLast(count).Prepend(Left(lines.Count - count)));
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
            var count = Math.Max(1, Count(lines, most, isWhole: true));
            yield return string.Join('\n', lines.Take(count));
            lines = [.. lines.Skip(count)];
        }
    }

    // If lines are left out, reserve room for the words that say how many.
    static int Count(IReadOnlyList<string> lines, int most, bool isWhole = false)
    {
        if (!isWhole && lines.Sum(line => line.Length + 1) <= most + 1)
            return lines.Count;
        var rest = isWhole ? most + 1 : most - Left(lines.Count).Length;
        var count = 0;
        while (count < lines.Count && (rest -= lines[count].Length + 1) >= 0)
            count++;
        return count;
    }

    static string Left(int count) => $"… and {count} more";
}
