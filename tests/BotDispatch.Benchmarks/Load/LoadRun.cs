using System.Net;
using System.Net.Sockets;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Load;

/// <summary>The load run: starts the product and the world around it, each in a process of its own, asks for dispatches, and prints what it measured.</summary>
internal sealed class LoadRun(string folder, bool isShort) : IDisposable
{
    const int InFlight = 32;
    const int ManyInFlight = 128;

    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(5) };
    readonly Children children = new();
    Child host = null!, generator = null!;
    Uri hostAddress = null!, generatorAddress = null!, bareAddress = null!;

    double Seconds => isShort ? 5 : 15;

    /// <summary>Runs all of it; or, for a person who changes the product, only so many dispatches after as many for warming up.</summary>
    public static Task<int> RunAsync(bool isShort, bool withStartup, int only = 0) => RunFolder.UseAsync("load", async folder =>
    {
        RunSettings.WriteFiles(folder);
        using var run = new LoadRun(folder, isShort);
        Console.CancelKeyPress += (_, _) => run.Dispose();
        await run.StartAsync();
        await (only > 0 ? run.CompareAsync(only) : run.MeasureAsync(withStartup && !isShort));
    });

    public void Dispose()
    {
        children.Dispose();
        http.Dispose();
    }

    async Task StartAsync()
    {
        Say("starting");
        generator = children.Keep(Child.OfThisProgram(folder, "generator"));
        generatorAddress = new(await generator.FirstLineAsync());
        var bare = children.Keep(Child.OfThisProgram(folder, "bare", folder));
        bareAddress = new(await bare.FirstLineAsync());
        await StartHostAsync();
    }

    /// <summary>The CPU that a dispatch costs, which other processes of a busy machine change least.</summary>
    async Task CompareAsync(int dispatches)
    {
        await DispatchesAsync("warm-up", new(hostAddress, InFlight, 0, 300, dispatches));
        for (var part = 0; part < 2; part++)
            await DispatchesAsync($"{dispatches} dispatches", new(hostAddress, InFlight, 0, 300, dispatches));
    }

    async Task MeasureAsync(bool withStartup)
    {
        var table = new Table();
        table.Machine(Disk.Measure(folder));
        Say("warming up");
        // The runtime goes on compiling what is used most for about a thousand dispatches.
        await DispatchesAsync("warm-up", new(hostAddress, InFlight, 0, isShort ? 10 : 60, 1500));

        var steady = await DispatchesAsync("5 per second", new(hostAddress, 0, 5, Seconds));
        var full = await DispatchesAsync($"{InFlight} in flight", new(hostAddress, InFlight, 0, Seconds));
        var crowded = await DispatchesAsync($"{ManyInFlight} in flight", new(hostAddress, ManyInFlight, 0, Seconds));
        var saturation = Math.Max(full.PerSecond, crowded.PerSecond);
        var busy = await DispatchesAsync("70 % of saturation", new(hostAddress, 0, Math.Max(1, 0.7 * saturation), Seconds));
        table.Dispatches([steady, full, crowded, busy]);
        table.Host(host.Memory, await http.GetStringAsync(new Uri(hostAddress, "bench/memory")));
        table.Machine(Disk.Measure(folder));

        Say("webhooks alone");
        await BareAsync("parse", 0);
        await BareAsync("store", 0);
        var parse = await BareAsync("parse", 0);
        var store = await BareAsync("store", 0);
        var paced = await BareAsync("store", busy.PerSecond * busy.Outcome.Webhooks);
        var held = await HeldAsync(new(hostAddress, isShort ? 300 : 1500, InFlight));
        table.Webhooks(held, parse, store, paced, busy);
        table.Verdicts(busy, saturation);

        host.Dispose();
        if (withStartup)
        {
            Say("publishing, to measure the start-up");
            table.Startup(await Startup.MeasureAsync(folder, http, generatorAddress));
        }
        Console.WriteLine(table);
    }

    async Task StartHostAsync()
    {
        hostAddress = FreeAddress();
        host = children.Keep(Child.Start(Environment.ProcessPath!, folder, RunSettings.For(folder, "load.db", "Production", hostAddress, generatorAddress), "host"));
        host.DropOutput();
        await Startup.ReadyAsync(http, hostAddress, host);
    }

    async Task<Stage> DispatchesAsync(string name, DispatchStage stage)
    {
        Say(name);
        var (hostBefore, generatorBefore) = (host.Cpu, generator.Cpu);
        using var answer = await http.PostAsJsonAsync(new Uri(generatorAddress, "run/dispatches"), stage, GeneratorJson.Default.DispatchStage);
        answer.EnsureSuccessStatusCode();
        var outcome = (await answer.Content.ReadFromJsonAsync(GeneratorJson.Default.DispatchOutcome))!;
        // The last redraws belong to this stage.
        await Task.Delay(500);
        double Each(TimeSpan cpu) => cpu.TotalMilliseconds / Math.Max(1, outcome.Finished);
        var measured = new Stage(name, outcome, Each(host.Cpu - hostBefore), Each(generator.Cpu - generatorBefore), host.Memory.Now);
        Say($"  {measured.PerSecond:0.0}/s, {measured.HostCpu:0.0} ms of CPU each, generator {measured.GeneratorCpu:0.0} ms, {outcome.Failed} failed, {outcome.Finished} finished, {outcome.Posts:0.0} posts and {outcome.Draws:0.0} drawings each");
        return measured;
    }

    async Task<WebhookOutcome> HeldAsync(HeldStage stage)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(generatorAddress, "run/held"), stage, GeneratorJson.Default.HeldStage);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(GeneratorJson.Default.WebhookOutcome))!;
    }

    async Task<WebhookOutcome> BareAsync(string endpoint, double perSecond)
    {
        var stage = new WebhookStage(new Uri(bareAddress, endpoint), InFlight, perSecond, isShort ? 2 : 5);
        using var answer = await http.PostAsJsonAsync(new Uri(generatorAddress, "run/webhooks"), stage, GeneratorJson.Default.WebhookStage);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(GeneratorJson.Default.WebhookOutcome))!;
    }

    /// <summary>An address of this machine at which nobody listens.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    public static void Say(string what) => Console.Error.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {what}");
}
