using BotDispatch.Benchmarks.Load;
using BotDispatch.Chat;
using Microsoft.Data.Sqlite;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>Acknowledgements beside an app on <c>@slack/bolt</c>: starts both apps and the Slack around them, each in a process of its own, and asks the two in turn.</summary>
internal sealed class SlackRun(string folder, bool isShort, string only) : IDisposable
{
    const string Database = "slack.db";

    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(5) };
    readonly Children children = new();
    Child world = null!;
    Uri worldAddress = null!;
    AckApp ours = null!, bolt = null!;
    string dispatch = "";
    int durable;

    IEnumerable<AckCase> Cases => AckCase.All.Where(each => each.Name.StartsWith(only, StringComparison.Ordinal));

    int Rounds => isShort ? 2 : 6;

    double Seconds => isShort ? 1 : 2;

    /// <summary>Runs all of it, or for a person who changes the product <paramref name="only"/> the rows whose name begins so, and prints the table.</summary>
    public static Task<int> RunAsync(bool isShort, string only = "") => RunFolder.UseAsync("slack", async folder =>
    {
        RunSettings.WriteFiles(folder);
        using var run = new SlackRun(folder, isShort, only);
        Console.CancelKeyPress += (_, _) => run.Dispose();
        await run.StartAsync();
        Console.WriteLine(await run.MeasureAsync());
    });

    public void Dispose()
    {
        children.Dispose();
        http.Dispose();
    }

    async Task StartAsync()
    {
        LoadRun.Say("starting");
        world = children.Keep(Child.OfThisProgram(folder, "slack-world"));
        worldAddress = new(await world.FirstLineAsync());

        var boltAddress = LoadRun.FreeAddress();
        var node = children.Keep(BoltApp.Start(boltAddress, new Uri(worldAddress, "api/"), ReplyText.Help));
        await node.FirstLineAsync();
        bolt = new("Bolt", node, new Uri(boltAddress, "slack/events"));

        var hostAddress = LoadRun.FreeAddress();
        var settings = RunSettings.For(folder, Database, "Production", hostAddress, worldAddress);
        settings["Slack__SigningSecret"] = SignedRequest.Secret;
        settings["Slack__BotToken"] = "xoxb-bench";
        settings["Slack__ApiBaseAddress"] = new Uri(worldAddress, "api/").AbsoluteUri;
        settings["Slack__MessagesPerSecondPerChannel"] = "0";
        var host = children.Keep(Child.Start(Environment.ProcessPath!, folder, settings, "host"));
        host.DropOutput();
        await Startup.ReadyAsync(http, hostAddress, host);
        ours = new("BotDispatch", host, new Uri(hostAddress, "slack/events"));

        using var closed = await http.PostAsync(new Uri(worldAddress, $"run/closed?app={Uri.EscapeDataString(ours.Address.AbsoluteUri)}"), null);
        closed.EnsureSuccessStatusCode();
        dispatch = await closed.Content.ReadAsStringAsync();
    }

    async Task<AckTable> MeasureAsync()
    {
        var table = new AckTable(Disk.Measure(folder));
        LoadRun.Say("warming up");
        // Runtimes go on compiling for a while what is used most, and compile it again when they have seen how.
        for (var pass = 0; pass < 3; pass++)
            foreach (var kind in Cases)
                foreach (var (app, what) in kind.Contestants(ours, bolt))
                    await StageAsync(app, what, AckCase.InFlight[^1], isShort ? 1 : 2);

        foreach (var kind in Cases)
            foreach (var inFlight in AckCase.InFlight)
            {
                LoadRun.Say($"{kind.Name}, {inFlight} in flight");
                var contestants = kind.Contestants(ours, bolt);
                var tallies = contestants.Select(_ => new AckTally()).ToArray();
                for (var round = 0; round < Rounds; round++)
                    // The first in one round is the last in the next, so that what else the machine does is shared out evenly.
                    foreach (var which in round % 2 == 0 ? Enumerable.Range(0, contestants.Length) : Enumerable.Range(0, contestants.Length).Reverse())
                        tallies[which].Add(await StageAsync(contestants[which].App, contestants[which].Kind, inFlight, Seconds));
                table.Add(kind, inFlight, tallies);
            }
        table.Machine(Disk.Measure(folder));

        ours.Process.Dispose();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, Database)};Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM seen";
        table.Committed((long)count.ExecuteScalar()!, durable);
        return table;
    }

    async Task<(AckOutcome Outcome, TimeSpan AppCpu, TimeSpan WorldCpu)> StageAsync(AckApp app, AckKind kind, int inFlight, double seconds)
    {
        var (appBefore, worldBefore) = (app.Process.Cpu, world.Cpu);
        using var answer = await http.PostAsJsonAsync(new Uri(worldAddress, "run/acks"), new AckStage(app.Address, kind, dispatch, inFlight, seconds), AckJson.Default.AckStage);
        answer.EnsureSuccessStatusCode();
        var outcome = (await answer.Content.ReadFromJsonAsync(AckJson.Default.AckOutcome))!;
        if (app == ours && kind is AckKind.CardPress)
            durable += outcome.Micros.Length;
        if (outcome.Wrong > 0)
            throw new InvalidOperationException($"{app.Name} gave {outcome.Wrong} wrong answers of {outcome.Micros.Length} to {kind}");
        // What an app does after its acknowledgements belongs to this stage.
        await Task.Delay(300);
        return (outcome, app.Process.Cpu - appBefore, world.Cpu - worldBefore);
    }
}
