namespace BotDispatch.Settings;

/// <summary>Measures the distance of two names, for "did you mean".</summary>
internal static class Spelling
{
    /// <summary>Returns how many wrong letters count as a slip in a name of this length.</summary>
    public static int Tolerance(string name) => name.Length switch { <= 3 => 0, <= 5 => 1, <= 9 => 2, _ => 3 };

    /// <summary>Returns how many letters were added, left out, changed, or exchanged with their neighbour. Case does not count.</summary>
    public static int Distance(string left, string right)
    {
        var (a, b) = (left.ToUpperInvariant(), right.ToUpperInvariant());
        if (Math.Abs(a.Length - b.Length) > 3)
            return int.MaxValue;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        return rows[a.Length, b.Length];
    }
}
