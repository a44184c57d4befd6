namespace BotDispatch.Benchmarks.Machines;

/// <summary>How much larger the second of two measured values is than the first, in the middle of many pairs: 0.1 for a tenth.</summary>
/// <param name="Median">The median of the pairs' changes.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end.</param>
internal sealed record PairedChange(double Median, double Low, double High)
{
    /// <summary>
    /// Returns the change, with the interval that the order of the pairs gives: it holds for every distribution, because each pair lies
    /// below the true median with probability one half.
    /// </summary>
    public static PairedChange Of(IReadOnlyList<(double Before, double After)> pairs)
    {
        var changes = pairs.Select(each => (each.After / each.Before) - 1).Order().ToArray();
        var (rank, below) = (0, Math.Pow(0.5, changes.Length));
        for (var part = below; rank < changes.Length / 2; rank++, below += part)
        {
            part *= (double)(changes.Length - rank) / (rank + 1);
            if (below + part > 0.025)
                break;
        }
        return new(MiddleOf(changes), changes[rank], changes[changes.Length - 1 - rank]);
    }

    /// <summary>Returns the value in the middle.</summary>
    public static double MiddleOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
