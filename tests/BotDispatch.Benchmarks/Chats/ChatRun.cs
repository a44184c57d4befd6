using System.Globalization;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Host;
using BotDispatch.Benchmarks.Load;
using BotDispatch.Benchmarks.Slack;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>What is measured beside each other.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Process">The process.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="HasCounters">False for the bot that stores nothing.</param>
internal sealed record Contestant(string Name, Child Process, Uri Address, bool HasCounters);

/// <summary>
/// Whole dispatches through the product's own Slack adapter over HTTP, beside another published build and a bot that stores nothing. They
/// take turns, so that what else the machine does falls on all of them.
/// </summary>
internal sealed class ChatRun(string folder, ChatRunOptions options) : IDisposable
{
    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(5) };
    readonly Children children = new();
    readonly List<Contestant> contestants = [];
    Child generator = null!;
    Uri generatorAddress = null!;

    public static Task<int> RunAsync(ChatRunOptions options) => RunFolder.UseAsync("chat", async folder =>
    {
        RunSettings.WriteFiles(folder);
        using var run = new ChatRun(folder, options);
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
        generator = children.Keep(Child.OfThisProgram(folder, "generator"));
        generatorAddress = new(await generator.FirstLineAsync());
        if (options.Baseline is { } baseline)
            await StartProductAsync("baseline", Path.Combine(baseline, "BotDispatch"), baseline);
        if (options.Build is { } build)
            await StartProductAsync("this build", Path.Combine(build, "BotDispatch"), build);
        else
            await StartProductAsync("this build", Environment.ProcessPath!, folder, "host");
        if (!options.WithoutNullBot)
            await StartNullBotAsync();
    }

    async Task StartProductAsync(string name, string program, string workingFolder, params string[] arguments)
    {
        var address = LoadRun.FreeAddress();
        var settings = RunSettings.For(folder, $"{name.Replace(' ', '-')}.db", "Production", address, generatorAddress);
        settings.Remove("Bench__Chat");
        settings["Bench__Counters"] = "true";
        settings["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(CounterStartup).Assembly.GetName().Name!;
        settings["DOTNET_STARTUP_HOOKS"] = typeof(CounterStartup).Assembly.Location;
        settings["Slack__SigningSecret"] = SignedRequest.Secret;
        settings["Slack__BotToken"] = "xoxb-bench";
        settings["Slack__ApiBaseAddress"] = new Uri(generatorAddress, "api/").AbsoluteUri;
        settings["Slack__MessagesPerSecondPerChannel"] = "0";
        foreach (var (key, value) in name == "this build" ? options.Settings : [])
            settings[key] = value;
        var process = children.Keep(Child.Start(program, workingFolder, settings, arguments));
        process.DropOutput();
        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        await Startup.ReadyAsync(http, address, process);
        LoadRun.Say($"{name} is ready after {System.Diagnostics.Stopwatch.GetElapsedTime(begin).TotalMilliseconds:0} ms");
        contestants.Add(new(name, process, address, HasCounters: true));
    }

    async Task StartNullBotAsync()
    {
        var address = LoadRun.FreeAddress();
        var process = children.Keep(Child.OfThisProgram(folder, "null-bot", address.AbsoluteUri, generatorAddress.AbsoluteUri));
        await process.FirstLineAsync();
        contestants.Add(new("stores nothing", process, address, HasCounters: false));
    }

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
        var (cpu, written) = (contestant.Process.Cpu, contestant.Process.BytesWritten);
        var stage = new DispatchStage(contestant.Address, inFlight, perSecond, 300, dispatches);
        using var answer =
            await http.PostAsJsonAsync(new Uri(generatorAddress, "run/slack"), stage, GeneratorJson.Default.DispatchStage);
        answer.EnsureSuccessStatusCode();
        var outcome = (await answer.Content.ReadFromJsonAsync(GeneratorJson.Default.DispatchOutcome))!;
        // The last redraws and the last rows belong to this stage.
        await Task.Delay(1000);
        var used = contestant.Process.Cpu - cpu;
        var after = await CountersAsync(contestant);
        var measured = new ChatStage(outcome, used, contestant.Process.BytesWritten - written, contestant.Process.Memory.Now, before, after);
        LoadRun.Say($"{contestant.Name}: {measured.Line}");
        return measured;
    }

    async Task<CounterValues?> CountersAsync(Contestant contestant) => contestant.HasCounters
        ? await http.GetFromJsonAsync(new Uri(contestant.Address, "bench/counters"), CountersJson.Default.CounterValues)
        : null;
}

/// <summary>What the run is asked for.</summary>
internal sealed record ChatRunOptions
{
    /// <summary>The folder of another published build; null to measure none beside this one.</summary>
    public string? Baseline { get; init; }

    /// <summary>The folder of this build as it is published; null runs it from here, compiled as it goes.</summary>
    public string? Build { get; init; }

    public bool WithoutNullBot { get; init; }

    public int InFlight { get; init; } = 32;

    public int Cold { get; init; } = 200;

    public int WarmUp { get; init; } = 800;

    public int Dispatches { get; init; } = 300;

    public int Rounds { get; init; } = 4;

    public int Calm { get; init; } = 50;

    /// <summary>Settings of this build alone, as environment variables.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Reads <c>--name value</c>; null if one is not known.</summary>
    public static ChatRunOptions? Read(string[] arguments)
    {
        var options = new ChatRunOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--without-null-bot")
            {
                options = options with { WithoutNullBot = true };
                continue;
            }
            if (i + 1 == arguments.Length)
                return null;
            var value = arguments[++i];
            int Number() => int.Parse(value, CultureInfo.InvariantCulture);
            if (arguments[i - 1] == "--set" && value.Split('=', 2) is [var name, var set])
                options.Settings[name] = set;
            else
                switch (arguments[i - 1])
                {
                    case "--baseline": options = options with { Baseline = Path.GetFullPath(value) }; break;
                    case "--build": options = options with { Build = Path.GetFullPath(value) }; break;
                    case "--in-flight": options = options with { InFlight = Number() }; break;
                    case "--cold": options = options with { Cold = Number() }; break;
                    case "--warm-up": options = options with { WarmUp = Number() }; break;
                    case "--dispatches": options = options with { Dispatches = Number() }; break;
                    case "--rounds": options = options with { Rounds = Number() }; break;
                    case "--calm": options = options with { Calm = Number() }; break;
                    default: return null;
                }
        }
        return options;
    }
}
