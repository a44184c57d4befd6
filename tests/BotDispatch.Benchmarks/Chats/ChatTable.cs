using System.Globalization;
using System.Text;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Host;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>One stage of one contestant.</summary>
/// <param name="Outcome">What the generator saw.</param>
/// <param name="Cpu">What the contestant's process used.</param>
/// <param name="GeneratorCpu">What the generator's process used meanwhile.</param>
/// <param name="Written">Bytes that the contestant had written to disks.</param>
/// <param name="Memory">The contestant's resident memory at the end, in MB.</param>
/// <param name="Before">What the contestant had counted before; null if it counts nothing.</param>
/// <param name="After">What it had counted at the end.</param>
internal sealed record ChatStage(
    DispatchOutcome Outcome, TimeSpan Cpu, TimeSpan GeneratorCpu, long Written, double Memory, CounterValues? Before, CounterValues? After)
{
    public double PerSecond => Outcome.Finished / Outcome.Seconds;

    public double CpuEach => Each(Cpu.TotalMilliseconds);

    public double GeneratorCpuEach => Each(GeneratorCpu.TotalMilliseconds);

    public double GeneratorAllocated => Each(Outcome.Allocated) / 1e3;

    public double Statements => Counted(values => values.Statements);

    public double Allocated => Counted(values => values.Allocated) / 1e6;

    public double CompileMs => Counted(values => values.CompileMicroseconds) / 1e3;

    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"{PerSecond:0.0}/s, {CpuEach:0.0} ms of CPU each, {Statements:0} statements, {Counted(values => values.Rows):0} rows, "
        + $"{Counted(values => values.Commits):0.0} commits, {Outcome.Posts:0.0} posts, {Outcome.Draws:0.0} drawings, "
        + $"{Allocated:0.00} MB allocated, {Each(Written) / 1e3:0} KB written, "
        + $"{Counted(values => values.Compiled) * Outcome.Finished:0} methods compiled in {CompileMs * Outcome.Finished:0} ms, "
        + $"generator {GeneratorCpuEach:0.00} ms of CPU and {GeneratorAllocated:0} KB, {Outcome.Failed} failed");

    public double Each(double sum) => sum / Math.Max(1, Outcome.Finished);

    public double Counted(Func<CounterValues, long> value) => Before is null || After is null ? 0 : Each(value(After) - value(Before));

    public IEnumerable<(string Kind, double Each)> Kinds => After is null || Before is null
        ? []
        : After.Kinds.Select(kind => (kind.Key, Each(kind.Value - Before.Kinds.GetValueOrDefault(kind.Key))));
}

/// <summary>The table of the run, as markdown.</summary>
internal sealed class ChatTable(string[] names)
{
    readonly Dictionary<string, List<ChatStage>> busy = names.ToDictionary(name => name, _ => new List<ChatStage>());
    readonly Dictionary<string, ChatStage> cold = [], calm = [];
    readonly List<(double P50, double P99)> fsyncs = [];

    public void Machine((double P50, double P99) fsync) => fsyncs.Add(fsync);

    public void Cold(string name, ChatStage stage) => cold[name] = stage;

    public void Busy(string name, ChatStage stage) => busy[name].Add(stage);

    public void Calm(string name, ChatStage stage) => calm[name] = stage;

    public override string ToString()
    {
        var text = new StringBuilder();
        double Ratio(string name, Func<ChatStage, double> value) => Middle(busy[name], value) / Middle(busy[names[0]], value);
        void Row(string what, Func<string, string> cell) => text.AppendLine($"| {what} | {string.Join(" | ", names.Select(cell))} |");
        Row("", name => name);
        text.AppendLine($"| --- | {string.Join(" | ", names.Select(_ => "---:"))} |");
        string Median(string name, Func<ChatStage, double> value) => Show(Middle(busy[name], value));
        Row("dispatches per second", name => Median(name, stage => stage.PerSecond));
        Row("CPU each, ms", name => Median(name, stage => stage.CpuEach));
        Row("the generator's own CPU, ms / allocated, KB",
            name => $"{Median(name, stage => stage.GeneratorCpuEach)} / {Median(name, stage => stage.GeneratorAllocated)}");
        Row("statements", name => Median(name, stage => stage.Statements));
        Row("rows changed", name => Median(name, stage => stage.Counted(values => values.Rows)));
        Row("commits of the writer", name => Median(name, stage => stage.Counted(values => values.Commits)));
        Row("bytes allocated, MB", name => Median(name, stage => stage.Allocated));
        Row("bytes written, KB", name => Median(name, stage => stage.Each(stage.Written) / 1e3));
        Row("posts / drawings", name => $"{Median(name, stage => stage.Outcome.Posts)} / {Median(name, stage => stage.Outcome.Draws)}");
        foreach (var timed in (string[])["dialog acknowledged", "key press to answer", "status webhook", "last key to acceptance in the thread"])
            Row($"{timed}, p50 / p99 ms",
                name => $"{Median(name, stage => Spread(stage, timed).P50)} / {Median(name, stage => Spread(stage, timed).P99)}");
        Row("failed", name => Show(busy[name].Sum(stage => stage.Outcome.Failed)));
        Row("CPU each, first dispatches after the start, ms", name => Show(cold[name].CpuEach));
        Row("of which compiling, ms", name => Show(cold[name].CompileMs));
        if (calm.Count > 0)
            Row("CPU each at 5 per second, ms", name => Show(calm[name].CpuEach));
        Row("memory, MB", name => Show(busy[name][^1].Memory));
        text.AppendLine();
        foreach (var name in names.Where(name => name != names[0]))
            text.AppendLine($"{name} to {names[0]}: {Ratio(name, stage => stage.PerSecond):0.00} times as many per second, "
                + $"{Ratio(name, stage => stage.CpuEach):0.00} of the CPU.");
        foreach (var (p50, p99) in fsyncs)
            text.AppendLine(CultureInfo.InvariantCulture, $"4 KiB written and made durable: p50 {p50:0.00} ms, p99 {p99:0.00} ms.");
        foreach (var name in names.Where(name => busy[name][^1].After is not null))
        {
            text.AppendLine().AppendLine($"Statements of {name} for each dispatch:").AppendLine();
            foreach (var (kind, each) in busy[name][^1].Kinds.Where(kind => kind.Each >= 0.05).OrderByDescending(kind => kind.Each))
                text.AppendLine(CultureInfo.InvariantCulture, $"    {each,6:0.0}  {kind}");
        }
        return text.ToString();
    }

    static Spread Spread(ChatStage stage, string name) => stage.Outcome.Timings.GetValueOrDefault(name) ?? new(0, 0, 0, 0);

    static double Middle(List<ChatStage> stages, Func<ChatStage, double> value) => stages.Select(value).Order().ElementAt(stages.Count / 2);

    static string Show(double number) => number.ToString(number < 10 ? "0.00" : number < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
