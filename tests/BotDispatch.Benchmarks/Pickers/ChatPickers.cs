using System.Diagnostics;
using System.Globalization;
using System.Text;
using BotDispatch.Benchmarks.Chats;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Load;
using BotDispatch.Benchmarks.Slack;
using BotDispatch.Core;

namespace BotDispatch.Benchmarks.Pickers;

/// <summary>
/// The same searches through the chats: signed requests of Slack and of Teams to the product in a process of its own, while a further source
/// of people does not answer. From the first byte sent until the last one of the answer is received.
/// </summary>
internal sealed class ChatPickers(string folder, IReadOnlyList<Employee> everybody, int inFlight) : IDisposable
{
    const int WarmUps = 20;
    const int Rounds = 40;

    // The names that each search finds somebody by, so that an empty answer is noticed.
    static readonly string[] Typed = ["a", "an", "ann", "muller", "papad", "lifts", "jonas web", "heating le", "p4711"];

    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(1) };
    readonly Children children = new();
    readonly PretendWorld world = new();
    WebApplication? around;

    /// <summary>Measures both chats, and reports each.</summary>
    public static Task<int> RunAsync(IReadOnlyList<Employee> everybody, int inFlight, Action<string, TimeSpan[]> report) =>
        RunFolder.UseAsync("picker", async folder =>
        {
            using var run = new ChatPickers(folder, everybody, inFlight);
            Console.CancelKeyPress += (_, _) => run.Dispose();
            await run.MeasureAsync(report);
        });

    public void Dispose()
    {
        children.Dispose();
        http.Dispose();
        world.Dispose();
        around?.DisposeAsync().AsTask().Wait();
    }

    async Task MeasureAsync(Action<string, TimeSpan[]> report)
    {
        WriteFiles();
        using var teams = new PretendTeamsApi(world);
        around = GeneratorApp.Lean();
        teams.Map(around);
        around.MapPost("/api/auth.test", http => GeneratorApp.AnswerAsync(http,
            """{"ok":true,"team":"Acme","team_id":"T0ACME","user_id":"U0BOT","bot_id":"B0BOT","is_enterprise_install":false}"""u8.ToArray()));
        around.MapPost("/api/{method}", http => GeneratorApp.AnswerAsync(http, """{"ok":true}"""u8.ToArray()));
        // The source that is slow: it is asked for a token and never answers.
        around.MapPost("/slow/{**rest}", http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await around.StartAsync();
        var outside = new Uri(around.Urls.First());
        teams.Begin(outside.Port);

        var address = LoadRun.FreeAddress();
        var settings = RunSettings.For(folder, "picker.db", "Production", address, outside);
        settings.Remove("Bench__Chat");
        foreach (var (name, value) in Settings(outside))
            settings[name] = value;
        var host = children.Keep(Child.Start(Environment.ProcessPath!, folder, settings, "host"));
        host.DropOutput();
        LoadRun.Say("starting, which waits for the slow source a while");
        await Startup.ReadyAsync(http, address, host);

        // As this build compiles while it runs, a first round is not counted.
        LoadRun.Say("warming up");
        Ask(Typed, word => Deliveries.Typing(new Uri(address, "slack/events"), "U0DANA", word), address);
        Ask(Typed, word => Search(new Uri(address, "api/messages"), teams, word), address);
        var before = host.Cpu;
        // Nobody is found by the last one, so it shows what the requests cost without the people in their answers.
        foreach (var (typed, what) in (ReadOnlySpan<(string[], string)>)[(Typed, "somebody is found"), (["nobody at all"], "nobody is found")])
        {
            Report("Slack", Ask(typed, word => Deliveries.Typing(new Uri(address, "slack/events"), "U0DANA", word), address));
            Report("Teams", Ask(typed, word => Search(new Uri(address, "api/messages"), teams, word), address));

            void Report(string chat, TimeSpan[] took)
            {
                report($"{chat}, {everybody.Count} people, {inFlight} in flight, {what}", took);
                // Unlike the times, it does not depend on what else the machine does.
                var cpu = host.Cpu - before;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  CPU of the product for each: {cpu.TotalMilliseconds / (inFlight * (WarmUps + Rounds)):0.00} ms"));
                before += cpu;
            }
        }
        LoadRun.Say(File.ReadAllText("/proc/loadavg").TrimEnd());
    }

    Dictionary<string, string> Settings(Uri outside) => new()
    {
        ["Employees__Schedule"] = Path.Combine(folder, "shifts.yaml"),
        ["Employees__GraphGroup"] = "02bd9fd6-8f93-4758-87c3-1fb73740a315",
        ["Employees__GraphTenantId"] = "example.onmicrosoft.com",
        ["Employees__GraphClientId"] = "5c7a2c1e-0f6d-4a40-9c7a-4a1d5d0e8b11",
        ["Employees__GraphClientSecret"] = "bench",
        ["Employees__GraphBaseAddress"] = new Uri(outside, "slow/v1.0").AbsoluteUri,
        ["Employees__GraphTokenAddress"] = new Uri(outside, "slow/").AbsoluteUri,
        ["Slack__SigningSecret"] = SignedRequest.Secret,
        ["Slack__BotToken"] = "xoxb-bench",
        ["Slack__ApiBaseAddress"] = new Uri(outside, "api/").AbsoluteUri,
        ["Teams__AppId"] = PretendTeamsApi.AppId,
        ["Teams__AppPassword"] = "bench",
        ["Teams__TenantId"] = PretendTeamsApi.Tenant,
        ["Teams__OpenIdMetadataAddress"] = new Uri(outside, "v1/.well-known/openidconfiguration").AbsoluteUri,
        ["Teams__AllowedServiceUrls__0"] = $"https://localhost:{outside.Port}",
    };

    void WriteFiles()
    {
        RunSettings.WriteFiles(folder);
        var rows = everybody.Select(each =>
            $"{each.Id},{each.Name},{each.Email},{each.Phone},{each.Language},{each.TimeZone},{string.Join(';', each.Skills)}");
        File.WriteAllLines(Path.Combine(folder, "lists", "employees.csv"), rows.Prepend("id,name,email,phone,language,timezone,skills"));
        // Everybody has a shift, so each choice says whether its person is ready.
        File.WriteAllText(Path.Combine(folder, "shifts.yaml"),
            $"- shift: Day\n  hours: daily 08:00-20:00\n  people: [{string.Join(", ", everybody.Select(each => each.Id))}]\n");
    }

    TimeSpan[] Ask(string[] words, Func<string, SignedRequest> make, Uri address)
    {
        var isFound = words == Typed;
        var took = new List<TimeSpan>[inFlight];
        var (wrong, sample) = (0, "");
        var threads = Enumerable.Range(0, inFlight).Select(worker => new Thread(() =>
        {
            took[worker] = [];
            using var connection = new RawConnection(address);
            for (var n = 0; n < WarmUps + Rounds; n++)
            {
                using var request = make(words[(worker + n) % words.Length]);
                var bytes = request.Next();
                var begin = Stopwatch.GetTimestamp();
                var status = connection.Ask(bytes);
                var elapsed = Stopwatch.GetElapsedTime(begin);
                if (n >= WarmUps)
                    took[worker].Add(elapsed);
                if (status != 200 || connection.Answer.IndexOf("shift"u8) >= 0 != isFound)
                {
                    Interlocked.Increment(ref wrong);
                    sample = Encoding.UTF8.GetString(connection.Answer);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return wrong == 0 ? [.. took.SelectMany(each => each)]
            : throw new InvalidOperationException($"{wrong} searches were refused, or found nobody: {sample}");
    }

    static SignedRequest Search(Uri address, PretendTeamsApi teams, string typed) => new(address, "application/json", string.Create(
        CultureInfo.InvariantCulture, $$$"""
        {"type":"invoke","id":"f:{number}","name":"application/search","timestamp":"2026-11-30T03:00:00.000Z","localTimezone":"UTC","channelId":"msteams","serviceUrl":"{{{teams.ServiceUrl}}}","from":{"id":"29:dana","name":"Dana","aadObjectId":"33333333-0000-4000-8000-000000000003"},"conversation":{"conversationType":"channel","tenantId":"{{{PretendTeamsApi.Tenant}}}","id":"19:ops@thread.tacv2;messageid=1","isGroup":true},"recipient":{"id":"28:{{{PretendTeamsApi.AppId}}}","name":"BotDispatch"},"channelData":{"tenant":{"id":"{{{PretendTeamsApi.Tenant}}}"}},"locale":"en-US","value":{"queryText":"{{{typed}}}","queryOptions":{"skip":0,"top":15},"dataset":"employees"}}
        """), teams.Authorization);
}
