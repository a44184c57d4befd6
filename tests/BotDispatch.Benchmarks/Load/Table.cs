using System.Globalization;
using System.Text;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Load;

/// <summary>What was measured, as markdown.</summary>
internal sealed class Table
{
    const double AimPerSecond = 100;
    const double AimCpu = 10;

    static readonly string[] Timed =
        ["command acknowledged", "dialog acknowledged", "key press to answer", "status webhook", "last key to acceptance in the thread"];

    readonly StringBuilder text = new();
    readonly List<(double P50, double P99)> fsyncs = [];

    public void Machine((double P50, double P99) fsync)
    {
        fsyncs.Add(fsync);
        if (fsyncs.Count == 1)
            Line($"Cores: {Environment.ProcessorCount}. {System.Runtime.InteropServices.RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}.");
        Line($"4 KiB written and made durable: p50 {fsync.P50:0.00} ms, p99 {fsync.P99:0.00} ms ({(fsyncs.Count == 1 ? "before" : "after")} the dispatches).\n");
    }

    public void Dispatches(IReadOnlyList<Stage> stages)
    {
        Row(["", .. stages.Select(stage => stage.Name)]);
        Row(["---", .. stages.Select(_ => "---:")]);
        Row(["dispatches per second", .. stages.Select(stage => Show(stage.PerSecond))]);
        Row(["finished / failed", .. stages.Select(stage => $"{stage.Outcome.Finished} / {stage.Outcome.Failed}")]);
        foreach (var name in Timed)
            Row([$"{name}, p50 / p99 ms", .. stages.Select(stage => $"{Show(stage.Timing(name).P50)} / {Show(stage.Timing(name).P99)}")]);
        Row(["host CPU per dispatch, ms", .. stages.Select(stage => Show(stage.HostCpu))]);
        Row(["generator CPU per dispatch, ms", .. stages.Select(stage => Show(stage.GeneratorCpu))]);
        Row(["host memory, MB", .. stages.Select(stage => Show(stage.Memory))]);
        Row(["calls / webhooks per dispatch", .. stages.Select(stage => $"{Show(stage.Outcome.Calls)} / {Show(stage.Outcome.Webhooks)}")]);
        Row(["thread posts / card drawings per dispatch", .. stages.Select(stage => $"{Show(stage.Outcome.Posts)} / {Show(stage.Outcome.Draws)}")]);
        Line("");
    }

    public void Host((double Now, double Peak) memory, string heap) =>
        Line($"Host memory: {memory.Now:0} MB resident, {memory.Peak:0} MB at its highest, {double.Parse(heap, CultureInfo.InvariantCulture) / 1e6:0} MB of managed heap.\n");

    public void Webhooks(WebhookOutcome held, WebhookOutcome parse, WebhookOutcome store, WebhookOutcome paced, Stage busy)
    {
        Row(["status webhooks", "per second", "p50 ms", "p99 ms"]);
        Row(["---", "---:", "---:", "---:"]);
        Row("bare endpoint that parses, 32 in flight", parse);
        Row("bare endpoint that also stores, 32 in flight", store);
        Row("BotDispatch, calls that only report, 32 in flight", held);
        Row("bare endpoint that also stores, at the rate of the next row", paced);
        var during = busy.Timing("status webhook");
        Row("BotDispatch amid whole dispatches, at 70 % of saturation", new WebhookOutcome(during.Count, busy.Outcome.Seconds, during));
        Line("");
        Line($"Webhooks alone, BotDispatch to bare durable: {PerSecond(held) / PerSecond(store):0.00} (aim: 0.50).");
    }

    public void Verdicts(Stage busy, double saturation)
    {
        var allowed = (4 * fsyncs.Max(each => each.P99)) + 10;
        Line($"Saturation: {saturation:0.0} dispatches per second (aim: {AimPerSecond:0}). Host CPU at 70 % of it: {busy.HostCpu:0.0} ms each (aim: {AimCpu:0}).");
        Line($"Key answers at 70 %, p99: {busy.Timing("key press to answer").P99:0.0} ms; four fsyncs (p99) and 10 ms are {allowed:0.0} ms.");
    }

    public void Startup((double First, double Median)? took) =>
        Line(took is { } ms ? $"Start-up of the published build to ready (Development): {ms.First:0} ms on an empty folder, {ms.Median:0} ms after that (median of 6; aim: 1000)." : "Start-up: not measured, it could not be published.");

    public override string ToString() => text.ToString();

    static double PerSecond(WebhookOutcome outcome) => outcome.Count / outcome.Seconds;

    static string Show(double number) => number.ToString(number < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);

    void Row(string name, WebhookOutcome outcome) => Row([name, Show(PerSecond(outcome)), Show(outcome.Took.P50), Show(outcome.Took.P99)]);

    void Row(string[] cells) => Line($"| {string.Join(" | ", cells)} |");

    void Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    void Line(string line) => text.AppendLine(line);
}
