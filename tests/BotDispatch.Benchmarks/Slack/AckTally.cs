using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>All rounds of one app at one row. Every sample is kept.</summary>
internal sealed class AckTally
{
    readonly List<int> micros = [];
    double seconds, appCpu, worldCpu;

    /// <summary>Acknowledged in a second, round by round.</summary>
    public List<double> Rates { get; } = [];

    public double PerSecond => micros.Count / seconds;

    /// <summary>CPU of the app for each, in microseconds.</summary>
    public double AppCpu => appCpu / micros.Count;

    /// <summary>CPU of the world around it for each, in microseconds.</summary>
    public double WorldCpu => worldCpu / micros.Count;

    public void Add((AckOutcome Outcome, TimeSpan AppCpu, TimeSpan WorldCpu) round)
    {
        micros.AddRange(round.Outcome.Micros);
        seconds += round.Outcome.Seconds;
        Rates.Add(round.Outcome.Micros.Length / round.Outcome.Seconds);
        appCpu += round.AppCpu.TotalMicroseconds;
        worldCpu += round.WorldCpu.TotalMicroseconds;
    }

    /// <summary>In milliseconds.</summary>
    public Spread Took()
    {
        micros.Sort();
        double At(double part) => micros[Math.Min(micros.Count - 1, (int)(micros.Count * part))] / 1e3;
        return new(micros.Count, At(0.5), At(0.99), micros[^1] / 1e3);
    }
}
