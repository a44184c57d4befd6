using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BotDispatch.Simulator;
using BotDispatch.Tests.Playground;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Published;

/// <summary>
/// The program as a process in Production, and a pretend Routee with phones that are answered at once. All of it is on real ports and in real time,
/// so everything here waits until something is so.
/// </summary>
internal sealed class PublishedWorld : IAsyncDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    readonly WebApplication routee;
    RunningProgram? program;

    PublishedWorld(WebApplication routee)
    {
        this.routee = routee;
        Directory.CreateDirectory(Folder);
        KeyFile(Path.Combine(Folder, "secrets.key"));
        Http = new() { BaseAddress = Address };
        Settings = new()
        {
            ["urls"] = Address.GetLeftPart(UriPartial.Authority),
            ["PublicBaseAddress"] = Address.GetLeftPart(UriPartial.Authority),
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(Folder, "published.db")}",
            ["Secrets:KeyFile"] = Path.Combine(Folder, "secrets.key"),
            ["Routee:BaseAddress"] = routee.Urls.Single(),
            ["Routee:AuthBaseAddress"] = routee.Urls.Single(),
            ["Routee:ApplicationId"] = "simulator",
            ["Routee:ApplicationSecret"] = "simulator",
            ["Routee:CallerId"] = "+302111234567",
            ["Routee:CallsPerSecond"] = "0",
            ["Employees:File"] = Sample("employees.csv"),
            ["Tickets:File"] = Sample("tickets.json"),
            ["Chat:UpdatePause"] = "0 s",
            ["Policy:RetryPause"] = "1 s",
            ["Policy:OneCallPerPerson"] = "false",
            ["Policy:AcceptedHold"] = "0 s",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        };
    }

    /// <summary>What is set, by name. It counts at the next start.</summary>
    public Dictionary<string, string> Settings { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("botdispatch-published-").FullName;

    /// <summary>Where the program listens.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{PlaygroundHost.FreePort()}/");

    public HttpClient Http { get; }

    public RouteeSimulator Routee => routee.Services.GetRequiredService<RouteeSimulator>();

    public RunningProgram Program => program ?? throw new InvalidOperationException("it was not started");

    /// <summary>A file of the samples.</summary>
    public static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "Samples", name);

    /// <summary>Makes the telephones, and nothing else yet.</summary>
    public static async Task<PublishedWorld> MakeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouteeSimulator(options =>
        {
            options.WordsPerMinute = 100_000;
            options.PlayLength = TimeSpan.FromMilliseconds(50);
            (options.StatusDelays.Initiated, options.StatusDelays.Ringing) = (TimeSpan.Zero, TimeSpan.Zero);
            // This machine may be busy.
            (options.StatusLimit, options.PlanLimit) = (Longest, Longest);
        });
        var routee = builder.Build();
        routee.MapRouteeSimulator();
        await routee.StartAsync();
        return new(routee);
    }

    /// <summary>Starts the program, also again on the same database.</summary>
    public async Task StartAsync(string environment = "Production") => program = await RunningProgram.StartAsync(Folder, environment, Settings);

    /// <summary>Stops the program in order, and requires that it never failed at anything.</summary>
    public async Task StopAsync()
    {
        await Program.StopAsync();
        await Program.DisposeAsync();
        program = null;
    }

    /// <summary>Runs a command of the program on the same settings, and returns what it wrote.</summary>
    public async Task<string> CommandAsync(params string[] words)
    {
        var start = PublishedProgram.Start(Folder, words);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Set(Settings);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error + await output);
        return await output;
    }

    /// <summary>Lets a phone be answered and this key be pressed at once.</summary>
    public void Answers(string number, string key) =>
        Routee.Phone(number).Script = new PersonScript.Custom(0, [PersonStep.PressDuring(1, 0.02, key)]);

    /// <summary>Everything that was spoken to a number, in order.</summary>
    public IReadOnlyList<string> SpokenTo(string number) =>
        [.. Routee.Calls.Where(call => call.To == number).SelectMany(call => call.Timeline).Where(moment => moment.Kind == CallMomentKind.Spoke).Select(moment => moment.Text)];

    /// <summary>Waits until something is so.</summary>
    public Task UntilAsync(Func<bool> isSo, Func<string> orElse) => UntilAsync(() => Task.FromResult(isSo()), orElse);

    public async Task UntilAsync(Func<Task<bool>> isSo, Func<string> orElse)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            (Stopwatch.GetElapsedTime(begun) < Longest).ShouldBeTrue($"{orElse()}\n{program?.Said}");
            await Task.Delay(Look);
        }
    }

    /// <summary>Waits until something is found, and returns it.</summary>
    public async Task<T> FindAsync<T>(Func<T?> find, string what) where T : class
    {
        T? found = null;
        await UntilAsync(() => (found = find()) is not null, () => what);
        return found!;
    }

    /// <summary>Makes a key for a program that uses the API, while no other process uses the database.</summary>
    public async Task UseKeyAsync()
    {
        var key = (await CommandAsync("keys", "new", "tests")).Trim();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Asks the API, and requires this status.</summary>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null, int status = 200)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text + "\n" + Program.Said);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>Waits until a dispatch of the API has this status, and returns it.</summary>
    public async Task<JsonElement> UntilAsync(string dispatch, string status)
    {
        for (var begun = Stopwatch.GetTimestamp(); ; await Task.Delay(Look))
        {
            var read = await AskAsync(HttpMethod.Get, $"/api/dispatches/{dispatch}");
            if (read.GetProperty("status").GetString() == status)
                return read;
            (Stopwatch.GetElapsedTime(begun) < Longest).ShouldBeTrue($"{read.GetRawText()}\n{Program.Said}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (program is not null)
            await program.DisposeAsync();
        Http.Dispose();
        await routee.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    static void KeyFile(string file)
    {
        File.WriteAllText(file, Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
