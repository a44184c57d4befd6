using System.Diagnostics;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Host;
using BotDispatch.Benchmarks.Load;

namespace BotDispatch.Benchmarks.Machines;

/// <summary>
/// Many open dispatches of tickets in Redmine: what does it cost to read them again and again? And do answers to keys and commands wait for
/// a Redmine that needs 30 s for each?
/// </summary>
internal static class TicketRun
{
    const int InFlight = 16;
    static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    static Dictionary<string, string> Settings(bool watch) => new()
    {
        ["Tickets__Redmine__BaseAddress"] = "{redmine}",
        ["Tickets__Redmine__ApiKey"] = "bench",
        ["Tickets__Redmine__Watch"] = watch ? "true" : "false",
        ["Policy__OneCallPerPerson"] = "true",
        // Nobody answers, and that is no part of what is measured.
        ["Policy__RingTimeout"] = "00:02:00",
        ["Policy__RetryPause"] = "01:00:00",
    };

    /// <summary>Reads so many tickets for a minute, and compares with the same product that does not read them.</summary>
    public static Task<int> PollAsync(int tickets) => RunFolder.UseAsync("tickets", async folder =>
    {
        using var world = await MachineWorld.StartAsync(folder, "- people: [load.1]\n", Settings(watch: false));
        LoadRun.Say($"beginning {tickets} dispatches");
        await world.Program.PostAsync(new Uri(world.GeneratorAddress, "hold"), null);
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= tickets)
            {
                using var answer = await world.Program.PostAsJsonAsync(new Uri(world.HostAddress, "api/dispatches"), new { ticket = $"#{number}", people = (string[])["load.1"] });
                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
        }));
        await Task.Delay(TimeSpan.FromSeconds(10));
        var without = await MeasureAsync(world, "not reading");
        await world.RestartAsync(Settings(watch: true));
        // The first reading compares every text with that of its dispatch.
        await Task.Delay(TimeSpan.FromSeconds(90));
        var with = await MeasureAsync(world, "reading");
        Console.WriteLine($"{tickets} open tickets: {with.Cpu:0.0} % of one core with {with.Questions} questions a minute, {without.Cpu:0.0} % without reading: {with.Cpu - without.Cpu:0.0} % for it");
    });

    /// <summary>
    /// Dispatches at a steady rate in short windows, of which one of each two has a Redmine that needs 30 s for each answer. The two of a
    /// pair follow each other at once, so that the other work on the machine is nearly the same in both.
    /// </summary>
    public static Task<int> SlowAsync(int pairs) => RunFolder.UseAsync("slow", async folder =>
    {
        using var world = await MachineWorld.StartAsync(folder, "- people: [load.1]\n", new(Settings(watch: true)) { ["Policy__OneCallPerPerson"] = "false", ["Policy__RetryPause"] = "00:00:00" });
        using var watched = await world.Program.PostAsJsonAsync(new Uri(world.HostAddress, "api/dispatches"), new { ticket = "#1", people = (string[])["load.2"] });
        await DispatchAsync(world, 30);
        // Somebody asks for a ticket of it all the time; the answer is not measured, because it waits for Redmine on purpose.
        using var over = new CancellationTokenSource();
        var asking = AskAsync(world, over.Token);
        var all = new Dictionary<string, List<(double Fast, double Slow)>>();
        for (var pair = 0; pair < pairs; pair++)
        {
            var outcomes = new Dictionary<bool, DispatchOutcome>();
            foreach (var slow in pair % 2 == 0 ? (bool[])[false, true] : [true, false])
            {
                await world.Program.PostAsync(new Uri(world.RedmineAddress, $"wait/{(slow ? 30 : 0)}"), null);
                await Task.Delay(TimeSpan.FromSeconds(1));
                outcomes[slow] = await DispatchAsync(world, Window.TotalSeconds);
            }
            foreach (var what in outcomes[false].Timings.Keys.Intersect(outcomes[true].Timings.Keys))
                (all.TryGetValue(what, out var list) ? list : all[what] = []).Add((outcomes[false].Timings[what].P99, outcomes[true].Timings[what].P99));
            LoadRun.Say($"pair {pair + 1} of {pairs}: {string.Join(", ", all.OrderBy(each => each.Key).Select(each => $"{each.Key} {each.Value[^1].Fast:0.0} and {each.Value[^1].Slow:0.0}"))}, {outcomes.Values.Sum(each => each.Failed)} failed");
        }
        await over.CancelAsync();
        await asking;
        foreach (var (what, found) in all.OrderBy(each => each.Key))
        {
            var change = PairedChange.Of(found);
            Console.WriteLine($"| {what} | {PairedChange.MiddleOf(found.Select(each => each.Fast)):0.0} | {PairedChange.MiddleOf(found.Select(each => each.Slow)):0.0} | {100 * change.Median:+0.0;-0.0} % | {100 * change.Low:+0.0;-0.0} to {100 * change.High:+0.0;-0.0} % |");
        }
    });

    static async Task<DispatchOutcome> DispatchAsync(MachineWorld world, double seconds)
    {
        using var answer = await world.Program.PostAsJsonAsync(
            new Uri(world.GeneratorAddress, "run/dispatches"), new DispatchStage(world.HostAddress, 0, 20, seconds), GeneratorJson.Default.DispatchStage);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(GeneratorJson.Default.DispatchOutcome))!;
    }

    // A dialog that is opened and never sent: a dispatch of each ticket would ring, and the run would measure those.
    static async Task AskAsync(MachineWorld world, CancellationToken ct)
    {
        for (var number = 2; !ct.IsCancellationRequested; number++)
        {
            _ = AskOnceAsync(number);
            await Task.Delay(500, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task AskOnceAsync(int number)
        {
            using var answer = await world.Program.PostAsJsonAsync(
                new Uri(world.HostAddress, "bench/command"), new TypedCommand("dana", "operations", $"#{number}", $"asked-{number}"), BenchDoorsJson.Default.TypedCommand, CancellationToken.None);
            if (!answer.IsSuccessStatusCode)
                LoadRun.Say($"a command is answered with {(int)answer.StatusCode}");
        }
    }

    static async Task<(double Cpu, int Questions)> MeasureAsync(MachineWorld world, string what)
    {
        await world.Program.GetAsync(new Uri(world.RedmineAddress, "questions"));
        var (begin, cpu) = (Stopwatch.GetTimestamp(), world.Host.Cpu);
        await Task.Delay(Watched);
        var part = 100 * (world.Host.Cpu - cpu) / Stopwatch.GetElapsedTime(begin);
        var questions = int.Parse(await world.Program.GetStringAsync(new Uri(world.RedmineAddress, "questions")), System.Globalization.CultureInfo.InvariantCulture);
        LoadRun.Say($"{what}: {part:0.0} % of one core, {questions} questions");
        return (part, questions);
    }
}
