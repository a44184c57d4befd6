using System.Diagnostics;
using BotDispatch.Dispatching;
using BotDispatch.Tests.Published;

namespace BotDispatch.Tests.Hosting;

/// <summary>How a start that was refused, or a check, ended.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Faults">The sentences that follow "BotDispatch cannot start:".</param>
/// <param name="Out">Everything on standard output.</param>
/// <param name="Error">Everything on standard error.</param>
internal sealed record Ended(int Code, IReadOnlyList<string> Faults, string Out, string Error);

/// <summary>Starts the program through its real entry point, with a folder of good settings of its own.</summary>
internal sealed class Launch : IDisposable
{
    const string Heading = "BotDispatch cannot start:\n- ";

    // Standard error belongs to the whole process.
    static readonly SemaphoreSlim OneAtATime = new(1);

    public Launch()
    {
        File.WriteAllText(KeyFile, Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = "http://127.0.0.1:0",
            ["PublicBaseAddress"] = "https://bot.example.com",
            ["Routee:ApplicationId"] = "application",
            ["Routee:ApplicationSecret"] = "secret-of-routee",
            ["Routee:CallerId"] = "+302111234567",
            ["Slack:BotToken"] = "xoxb-1-secret",
            ["Slack:SigningSecret"] = "signing-secret",
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(Folder, "launch.db")};Pooling=False",
            ["Secrets:KeyFile"] = KeyFile,
            ["Employees:File"] = Path.Combine(AppContext.BaseDirectory, "Samples", "employees.csv"),
            ["Tickets:File"] = Path.Combine(AppContext.BaseDirectory, "Samples", "tickets.json"),
            ["Logging:LogLevel:Default"] = "None",
        };
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("botdispatch-launch-").FullName;

    public string KeyFile => Path.Combine(Folder, "secrets.key");

    /// <summary>Whether the process heeds every signal, also where this one was begun in the background or by nohup, which ignore some.</summary>
    public bool HeedsSignals { get; init; }

    /// <summary>What is set, by name.</summary>
    public Dictionary<string, string> Settings { get; }

    public Launch With(params IEnumerable<(string Name, string? Value)> settings)
    {
        foreach (var (name, value) in settings)
            if (value is null)
                Settings.Remove(name);
            else
                Settings[name] = value;
        return this;
    }

    /// <summary>Runs it in this process, or as the published program that tests are to start, with all settings as arguments.</summary>
    public Task<Ended> RunAsync(string environment = "Production", params string[] arguments) => RunAsync(environment, [], arguments);

    /// <summary>Runs a command, whose words come before the settings.</summary>
    public Task<Ended> RunFirstAsync(params string[] command) => RunAsync("Production", command, []);

    async Task<Ended> RunAsync(string environment, string[] first, string[] last)
    {
        string[] all = [.. first, .. Settings.Append(new("environment", environment)).Select(each => $"--{each.Key}={each.Value}"), .. last];
        if (PublishedProgram.Folder is not null)
        {
            using var process = Process.Start(PublishedProgram.Start(Folder, all))!;
            return await EndOfAsync(process);
        }
        await OneAtATime.WaitAsync();
        var (before, errors) = (Console.Error, new StringWriter());
        Console.SetError(errors);
        try
        {
            var code = await Task.Run(() => (int)typeof(DispatchEngine).Assembly.EntryPoint!.Invoke(null, [all])!);
            return new(code, FaultsIn(errors.ToString()), "", errors.ToString());
        }
        finally
        {
            Console.SetError(before);
            OneAtATime.Release();
        }
    }

    /// <summary>Runs it as a process in <see cref="Folder"/>, with all settings in the environment and, if given, an appsettings.json of one's own.</summary>
    public async Task<Ended> RunProcessAsync(string environment, string? appSettings = null, IEnumerable<(string Name, string Value)>? variables = null, params string[] arguments)
    {
        using var process = Begin(environment, appSettings, variables, arguments);
        return await EndOfAsync(process);
    }

    /// <summary>Begins it in the same way. Who begins it has to end it.</summary>
    public Process Begin(string environment, string? appSettings = null, IEnumerable<(string Name, string Value)>? variables = null, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(Folder, "appsettings.json"), appSettings ?? "{}");
        var start = PublishedProgram.Start(Folder, arguments);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Set(Settings);
        foreach (var (name, value) in variables ?? [])
            start.Environment[name] = value;
        if (HeedsSignals)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.ArgumentList.Insert(0, "--default-signal=HUP,INT,TERM");
            start.FileName = "env";
        }
        return Process.Start(start)!;
    }

    static async Task<Ended> EndOfAsync(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, FaultsIn(await error), await output, await error);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    static string[] FaultsIn(string error)
    {
        var text = error.ReplaceLineEndings("\n");
        var notices = text.IndexOf("\nWorth a look: ", StringComparison.Ordinal);
        return text.StartsWith(Heading, StringComparison.Ordinal) ? text[Heading.Length..(notices < 0 ? text.Length : notices)].TrimEnd().Split("\n- ") : [];
    }
}
