using System.Diagnostics;
using BotDispatch.Benchmarks.Generator;
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

    /// <summary>Dispatches at a steady rate, with Redmine as fast as it is and with 30 s for each of its answers, in turns.</summary>
    public static Task<int> SlowAsync(int rounds) => RunFolder.UseAsync("slow", async folder =>
    {
        using var world = await MachineWorld.StartAsync(folder, "- people: [load.1]\n", new(Settings(watch: true)) { ["Policy__OneCallPerPerson"] = "false", ["Policy__RetryPause"] = "00:00:00" });
        using var watched = await world.Program.PostAsJsonAsync(new Uri(world.HostAddress, "api/dispatches"), new { ticket = "#1", people = (string[])["load.2"] });
        await DispatchAsync(world, 30);
        var all = new Dictionary<(string What, bool Slow), List<Spread>>();
        for (var round = 0; round < rounds * 2; round++)
        {
            var slow = round % 4 is 1 or 2;
            await world.Program.PostAsync(new Uri(world.RedmineAddress, $"wait/{(slow ? 30 : 0)}"), null);
            await Task.Delay(TimeSpan.FromSeconds(4));
            // Somebody asks for a ticket of it now and then; the answer is not measured, because it waits for Redmine on purpose.
            using var over = new CancellationTokenSource();
            var asking = AskAsync(world, over.Token);
            var outcome = await DispatchAsync(world, 10);
            await over.CancelAsync();
            await asking;
            foreach (var (what, spread) in outcome.Timings)
                (all.TryGetValue((what, slow), out var list) ? list : all[(what, slow)] = []).Add(spread);
            LoadRun.Say($"{(slow ? "slow" : "fast")}: {string.Join(", ", outcome.Timings.OrderBy(each => each.Key).Select(each => $"{each.Key} {each.Value.P99:0.0}"))}, {outcome.Failed} failed");
        }
        foreach (var what in all.Keys.Select(each => each.What).Distinct().Order())
            Console.WriteLine($"| {what} | {Median(all[(what, false)]):0.0} | {Median(all[(what, true)]):0.0} | {100 * ((Median(all[(what, true)]) / Median(all[(what, false)])) - 1):+0;-0} % |");
    });

    static double Median(List<Spread> spreads) => spreads.Select(each => each.P99).Order().ElementAt(spreads.Count / 2);

    static async Task<DispatchOutcome> DispatchAsync(MachineWorld world, double seconds)
    {
        using var answer = await world.Program.PostAsJsonAsync(
            new Uri(world.GeneratorAddress, "run/dispatches"), new DispatchStage(world.HostAddress, 0, 10, seconds), GeneratorJson.Default.DispatchStage);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(GeneratorJson.Default.DispatchOutcome))!;
    }

    static async Task AskAsync(MachineWorld world, CancellationToken ct)
    {
        for (var number = 2; !ct.IsCancellationRequested; number++)
        {
            _ = AskOnceAsync($"#{number}");
            await Task.Delay(500, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task AskOnceAsync(string ticket)
        {
            using var answer = await world.Program.PostAsJsonAsync(new Uri(world.HostAddress, "api/dispatches"), new { ticket, people = (string[])["load.2"] }, CancellationToken.None);
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
