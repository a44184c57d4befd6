using System.Diagnostics;
using System.Text.Json;
using BotDispatch.Benchmarks.Load;

namespace BotDispatch.Benchmarks.Machines;

/// <summary>
/// Bursts of 1,000 alerts in one webhook of Alertmanager: new ones, the same ones once more, and their end. How long until each is
/// acknowledged, and are there exactly as many dispatches as the routes say?
/// </summary>
internal static class AlertRun
{
    const int Alerts = 1000;
    const int Sites = 20;
    // Of ten alerts one is ignored and two are of a group of their site.
    const int Ignored = Alerts / 10;
    const int Grouped = Alerts / 5;
    const int Dispatches = Alerts - Ignored - Grouped + Sites;

    const string Routes = """
        - match: { severity: info }
          ignore: true
        - match: ['team=~"doors|gates"']
          people: [load.2]
          group by: [site]
        - match: ['site=~"site-.*"', 'severity!="none"']
          people: [load.1, load.3]
          title: "{alertname} in {site}"
        """;

    public static Task<int> RunAsync(int rounds) => RunFolder.UseAsync("alerts", async folder =>
    {
        // As shipped: one call to a person at a time, so that a thousand dispatches wait for the people and not for the telephone.
        using var world = await MachineWorld.StartAsync(folder, Routes, new() { ["Policy__OneCallPerPerson"] = "true" });
        Console.WriteLine($"4 KiB written and made durable: p99 {Disk.Measure(folder).P99:0.00} ms");
        var (news, again, ends) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var before = await world.CountAsync("SELECT COUNT(*) FROM dispatches");
            var took = await SendAsync(world, round, "firing");
            await world.AwaitAsync("SELECT COUNT(*) FROM alert_groups WHERE settled < wanted", 0);
            // Not the open ones: somebody may have accepted the first already.
            var begun = await world.CountAsync("SELECT COUNT(*) FROM dispatches") - before;
            if (begun != Dispatches)
                throw new InvalidOperationException($"{begun} dispatches instead of {Dispatches}");
            var repeated = await SendAsync(world, round, "firing");
            var ended = await SendAsync(world, round, "resolved");
            await world.AwaitAsync("SELECT COUNT(*) FROM dispatches WHERE is_open = 1", 0);
            await world.AwaitAsync("SELECT COUNT(*) FROM alert_groups WHERE settled < wanted", 0);
            LoadRun.Say($"{took:0} ms new, {repeated:0} ms the same, {ended:0} ms ended");
            // The first round compiles.
            if (round < 0)
                continue;
            news.Add(took);
            again.Add(repeated);
            ends.Add(ended);
        }
        var all = await world.CountAsync("SELECT COUNT(*) FROM dispatches");
        Console.WriteLine($"{rounds} bursts of {Alerts} alerts: {all / (rounds + 1)} dispatches each, {Dispatches} by the routes");
        foreach (var (what, times) in (ReadOnlySpan<(string, List<double>)>)[("new", news), ("the same again", again), ("ended", ends), ("all", [.. news, .. again, .. ends])])
            Console.WriteLine($"| {what} | {At(times, 0.5):0} | {At(times, 0.99):0} | {times.Max():0} |");
    });

    static double At(List<double> times, double part) => times.Order().ElementAt(Math.Min(times.Count - 1, (int)(times.Count * part)));

    static async Task<double> SendAsync(MachineWorld world, int round, string status)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            version = "4",
            status,
            receiver = "botdispatch",
            alerts = Enumerable.Range(0, Alerts).Select(n => new
            {
                status,
                labels = new Dictionary<string, string>
                {
                    ["alertname"] = "LiftStuck",
                    ["instance"] = $"lift-{n}",
                    ["site"] = $"site-{n / 10 % Sites}",
                    ["severity"] = n % 10 == 0 ? "info" : "critical",
                    ["team"] = n % 10 is 1 or 2 ? "doors" : "lifts",
                    ["job"] = "lifts",
                    ["cluster"] = "north",
                },
                annotations = new { summary = $"Lift {n} is stuck", description = "Two people are inside. The emergency phone works." },
                startsAt = "2026-11-29T10:00:00.123456789Z",
                endsAt = "0001-01-01T00:00:00Z",
                generatorURL = "https://prometheus.example.com/graph",
                fingerprint = $"{round + 1:x4}{n:x12}",
            }),
        });
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        var begin = Stopwatch.GetTimestamp();
        using var answer = await world.Program.PostAsync(new Uri(world.HostAddress, "api/alerts/alertmanager"), content);
        var took = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? took : throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
