namespace BotDispatch.Chat;

/// <summary>Measures how many typing mistakes lie between two words.</summary>
internal static class Closeness
{
    /// <summary>
    /// How many letters must be changed, added, left out or swapped with their neighbour (the optimal string alignment distance).
    /// A distance above <paramref name="most"/> is not computed: the result is then some number above it.
    /// </summary>
    public static int Of(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
            return int.MaxValue;
        var before = new int[other.Length + 1];
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        var next = new int[other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            next[0] = i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                next[j] = Math.Min(Math.Min(next[j - 1], row[j]) + 1, row[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                least = Math.Min(least, next[j]);
            }
            if (least > most)
                return int.MaxValue;
            (before, row, next) = (row, next, before);
        }
        return row[^1];
    }
}
