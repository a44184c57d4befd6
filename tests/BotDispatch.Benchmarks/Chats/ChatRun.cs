using System.Text.Json.Serialization.Metadata;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Host;
using BotDispatch.Benchmarks.Load;
using BotDispatch.Benchmarks.Slack;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>What is measured beside each other.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Process">The process.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="HasCounters">False for the bot that stores nothing, and for a native build.</param>
internal sealed record Contestant(string Name, Child Process, Uri Address, bool HasCounters);

/// <summary>
/// Whole dispatches through the product's own Slack adapter over HTTP, beside another published build, a bot that stores nothing and one
/// that keeps webhooks. They
/// take turns, so that what else the machine does falls on all of them.
/// </summary>
internal sealed partial class ChatRun(string folder, ChatRunOptions options) : IDisposable
{
    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(30) };
    readonly Children children = new();
    readonly List<Contestant> contestants = [];
    Child generator = null!;
    Uri generatorAddress = null!;
    Dictionary<string, string> adapter = [];

    public static Task<int> RunAsync(ChatRunOptions options) => RunFolder.UseAsync("chat", async folder =>
    {
        RunSettings.WriteFiles(folder, options.Part is ChatPart.Open ? options.Open + 1000 : null);
        using var run = new ChatRun(folder, options);
        Console.CancelKeyPress += (_, _) => run.Dispose();
        await run.StartAsync();
        Console.WriteLine(await run.MeasurePartAsync());
    });

    public void Dispose()
    {
        children.Dispose();
        http.Dispose();
    }

    async Task StartAsync()
    {
        var securePort = LoadRun.FreeAddress().Port;
        var certificate = Path.Combine(folder, "localhost.pem");
        generator = children.Keep(options.Teams
            ? Child.OfThisProgram(folder, "generator", $"{securePort}", certificate)
            : Child.OfThisProgram(folder, "generator"));
        generatorAddress = new(await generator.FirstLineAsync());
        adapter = options.Teams ? Teams(generatorAddress, securePort, certificate) : Slack(generatorAddress, options.Part is ChatPart.Limits);
        if (options.Part is ChatPart.Starts)
            return;
        if (options.Baseline is { } baseline)
            await StartProductAsync("baseline", Path.Combine(baseline, "BotDispatch"), baseline);
        if (options.Build is { } build)
            await StartProductAsync("this build", Path.Combine(build, "BotDispatch"), build);
        else
            await StartProductAsync("this build", Environment.ProcessPath!, folder, "host");
        if (!options.WithoutNullBot && options.Part is ChatPart.Busy)
        {
            await StartNullBotAsync("stores nothing");
            await StartNullBotAsync("keeps webhooks", Path.Combine(folder, "webhooks.db"));
        }
    }

    async Task StartProductAsync(string name, string program, string workingFolder, params string[] arguments)
    {
        var address = LoadRun.FreeAddress();
        var settings = RunSettings.For(folder, $"{name.Replace(' ', '-')}.db", "Production", address, generatorAddress);
        settings.Remove("Bench__Chat");
        settings["Bench__Counters"] = "true";
        settings["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(CounterStartup).Assembly.GetName().Name!;
        settings["DOTNET_STARTUP_HOOKS"] = typeof(CounterStartup).Assembly.Location;
        foreach (var (key, value) in adapter)
            settings[key] = value;
        foreach (var (key, value) in name == "this build" ? options.Settings : [])
            settings[key] = value;
        var process = children.Keep(Child.Start(program, workingFolder, settings, arguments));
        process.DropOutput();
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        await Startup.ReadyAsync(http, address, process);
        LoadRun.Say($"{name} is ready after {System.Diagnostics.Stopwatch.GetElapsedTime(begin).TotalMilliseconds:0} ms");
        // A native build takes no assembly at its start, so nothing counts inside it.
        using var counters = await http.GetAsync(new Uri(address, "bench/counters"));
        contestants.Add(new(name, process, address, counters.IsSuccessStatusCode));
    }

    static Dictionary<string, string> Slack(Uri generator, bool hasLimits)
    {
        var settings = new Dictionary<string, string>
        {
            ["Slack__SigningSecret"] = SignedRequest.Secret,
            ["Slack__BotToken"] = "xoxb-bench",
            ["Slack__ApiBaseAddress"] = new Uri(generator, "api/").AbsoluteUri,
        };
        if (!hasLimits)
            settings["Slack__MessagesPerSecondPerChannel"] = "0";
        return settings;
    }

    static Dictionary<string, string> Teams(Uri generator, int securePort, string certificate) => new()
    {
        ["Teams__AppId"] = PretendTeamsApi.AppId,
        ["Teams__AppPassword"] = "bench",
        ["Teams__TenantId"] = PretendTeamsApi.Tenant,
        ["Teams__OpenIdMetadataAddress"] = new Uri(generator, "v1/.well-known/openidconfiguration").AbsoluteUri,
        ["Teams__TokenAddress"] = $"https://localhost:{securePort}/",
        ["Teams__AllowedServiceUrls__0"] = $"https://localhost:{securePort}",
        ["SSL_CERT_FILE"] = certificate,
        ["Bench__WithoutTeamsLimits"] = "true",
    };

    async Task StartNullBotAsync(string name, params string[] file)
    {
        var address = LoadRun.FreeAddress();
        var process = children.Keep(
            Child.OfThisProgram(folder, ["null-bot", address.AbsoluteUri, generatorAddress.AbsoluteUri, .. file]));
        await process.FirstLineAsync();
        contestants.Add(new(name, process, address, HasCounters: false));
    }

    Task<string> MeasurePartAsync() => options.Part switch
    {
        ChatPart.Hang => HangAsync(),
        ChatPart.Open => OpenAsync(),
        ChatPart.Limits => LimitsAsync(),
        ChatPart.Starts => StartsAsync(),
        _ => MeasureAsync(),
    };

    async Task<string> MeasureAsync()
    {
        var table = new ChatTable([.. contestants.Select(each => each.Name)]);
        table.Machine(Disk.Measure(folder));
        foreach (var each in contestants)
            table.Cold(each.Name, await StageAsync(each, options.Cold, options.InFlight));
        foreach (var each in contestants)
            await StageAsync(each, options.WarmUp, options.InFlight);
        for (var round = 0; round < options.Rounds; round++)
            foreach (var each in round % 2 == 0 ? contestants : Enumerable.Reverse(contestants))
                table.Busy(each.Name, await StageAsync(each, options.Dispatches, options.InFlight));
        if (options.Calm > 0)
            foreach (var each in contestants)
                table.Calm(each.Name, await StageAsync(each, options.Calm, inFlight: 0, perSecond: 5));
        table.Machine(Disk.Measure(folder));
        return table.ToString();
    }

    async Task<ChatStage> StageAsync(Contestant contestant, int dispatches, int inFlight, double perSecond = 0)
    {
        var before = await CountersAsync(contestant);
        var (cpu, written, around) = (contestant.Process.Cpu, contestant.Process.BytesWritten, generator.Cpu);
        var stage = new DispatchStage(contestant.Address, inFlight, perSecond, 300, dispatches);
        var outcome = await RunAsync(
            options.Teams ? "teams" : "slack", stage, GeneratorJson.Default.DispatchStage, GeneratorJson.Default.DispatchOutcome);
        // The last redraws and the last rows belong to this stage.
        await Task.Delay(1000);
        var (used, usedAround) = (contestant.Process.Cpu - cpu, generator.Cpu - around);
        var after = await CountersAsync(contestant);
        var measured = new ChatStage(outcome, used, usedAround, contestant.Process.BytesWritten - written, contestant.Process.Memory.Now, before, after);
        LoadRun.Say($"{contestant.Name}: {measured.Line}");
        return measured;
    }

    async Task<TOutcome> RunAsync<TStage, TOutcome>(
        string what, TStage stage, JsonTypeInfo<TStage> stageType, JsonTypeInfo<TOutcome> outcomeType)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(generatorAddress, "run/" + what), stage, stageType);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync(outcomeType))!;
    }

    async Task<CounterValues?> CountersAsync(Contestant contestant) => contestant.HasCounters
        ? await http.GetFromJsonAsync(new Uri(contestant.Address, "bench/counters"), CountersJson.Default.CounterValues)
        : null;
}
