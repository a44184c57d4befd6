using System.Collections.Concurrent;
using System.Diagnostics;

namespace BotDispatch.Benchmarks.Generator;

/// <summary>How long things took: so many, half of them within, 99 of 100 within, the slowest; in milliseconds.</summary>
internal sealed record Spread(int Count, double P50, double P99, double Slowest);

/// <summary>Collects how long things took, by name. Every sample is kept: percentiles of percentiles mean nothing.</summary>
internal sealed class Timings
{
    readonly ConcurrentDictionary<string, List<double>> samples = new();

    /// <summary>Takes note of something that began at <paramref name="begin"/> and is over now.</summary>
    public void Add(string name, long begin)
    {
        var took = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        var list = samples.GetOrAdd(name, _ => new(4096));
        lock (list)
            list.Add(took);
    }

    /// <summary>All of it, summed up.</summary>
    public Dictionary<string, Spread> Summed() => samples.ToDictionary(each => each.Key, each =>
    {
        lock (each.Value)
        {
            var sorted = each.Value.Order().ToArray();
            return new Spread(sorted.Length, At(sorted, 0.5), At(sorted, 0.99), sorted[^1]);
        }
    });

    static double At(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
