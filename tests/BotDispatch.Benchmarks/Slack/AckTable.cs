using System.Globalization;
using System.Text;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>What was measured, as markdown.</summary>
internal sealed class AckTable
{
    readonly StringBuilder rows = new();
    readonly StringBuilder around = new();
    int missed;

    public AckTable((double P50, double P99) fsync)
    {
        around.AppendLine(CultureInfo.InvariantCulture, $"Cores: {Environment.ProcessorCount}. {System.Runtime.InteropServices.RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}. Load average at the start: {Load()}.");
        Machine(fsync);
        Row("acknowledgement", "in flight", "BotDispatch, per second", "Bolt, per second", "ratio (lowest to highest round)", "BotDispatch, p50 / p99 ms", "Bolt, p50 / p99 ms", "CPU each, µs: BotDispatch / Bolt", "around BotDispatch / Bolt", "");
        Row("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---");
    }

    /// <summary>What the disk takes.</summary>
    public void Machine((double P50, double P99) fsync) =>
        around.AppendLine(CultureInfo.InvariantCulture, $"4 KiB written and made durable: p50 {fsync.P50:0.00} ms, p99 {fsync.P99:0.00} ms.");

    /// <summary>One row: the product first.</summary>
    public void Add(AckCase what, int inFlight, AckTally[] tallies)
    {
        var (ours, bolt) = (tallies[0], tallies[1]);
        var (mine, theirs) = (ours.Took(), bolt.Took());
        var ratios = ours.Rates.Zip(bolt.Rates, (own, other) => own / other).ToList();
        var isMet = ours.PerSecond >= bolt.PerSecond && mine.P50 <= theirs.P50 && mine.P99 <= theirs.P99;
        var isAimed = !what.IsDurable || inFlight > 1;
        if (isAimed && !isMet)
            missed++;
        Row(what.Name, Show(inFlight, "0"), Show(ours.PerSecond, "0"), Show(bolt.PerSecond, "0"), $"{Show(ours.PerSecond / bolt.PerSecond, "0.0")} ({Show(ratios.Min(), "0.0")} to {Show(ratios.Max(), "0.0")})",
            $"{Show(mine.P50, "0.00")} / {Show(mine.P99, "0.00")}", $"{Show(theirs.P50, "0.00")} / {Show(theirs.P99, "0.00")}", $"{Show(ours.AppCpu, "0")} / {Show(bolt.AppCpu, "0")}", $"{Show(ours.WorldCpu, "0")} / {Show(bolt.WorldCpu, "0")}",
            isMet ? "**met**" : isAimed ? "**missed**" : $"{Show(mine.P50 - theirs.P50, "+0.00;-0.00")} ms");
    }

    /// <summary>Whether what was acknowledged as committed is there.</summary>
    public void Committed(long stored, long acknowledged) =>
        around.AppendLine(CultureInfo.InvariantCulture, $"Presses acknowledged as committed: {acknowledged}; deliveries in the database afterwards: {stored}. Aims missed: {missed}. Load average at the end: {Load()}.");

    public override string ToString() => $"{around}\n{rows}";

    static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    static string Show(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    void Row(params string[] cells) => rows.AppendLine($"| {string.Join(" | ", cells)} |");
}
