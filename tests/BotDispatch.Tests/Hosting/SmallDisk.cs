using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace BotDispatch.Tests.Hosting;

/// <summary>A shell with a disk of four megabytes, in which the program is started on a database on that disk.</summary>
internal sealed partial class SmallDisk : IAsyncDisposable
{
    // Reads commands and answers each with its exit code. $disk is the disk's folder, $app the program.
    const string Shell = """
        mount -t tmpfs -o size=4m none "$disk" || exit 1
        while read -r line; do eval "$line" </dev/null >>"$said" 2>&1; echo $?; done
        [ -z "$app" ] || kill -9 "$app"
        """;

    readonly Launch launch = new();
    readonly Process shell;
    readonly HttpClient http = new();

    public SmallDisk(string database = "launch.db")
    {
        Directory.CreateDirectory(Folder);
        foreach (var each in (string[])["Slack:BotToken", "Slack:SigningSecret", "PublicBaseAddress", "Routee:ApplicationId", "Routee:ApplicationSecret", "Routee:CallerId"])
            launch.Settings.Remove(each);
        launch.With(("Storage:ConnectionString", $"Data Source={Folder}/{database}"), ("Logging:LogLevel:Default", "Information"));
        var start = new ProcessStartInfo("unshare", [.. MountTheoryAttribute.Unshare, "sh", "-c", Shell]) { WorkingDirectory = launch.Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        (start.Environment["disk"], start.Environment["said"], start.Environment["app"]) = (Folder, Said, "");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in launch.Settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        File.WriteAllText(Path.Combine(launch.Folder, "appsettings.json"), "{}");
        shell = Process.Start(start)!;
    }

    string Folder => Path.Combine(launch.Folder, "disk");

    string Said => Path.Combine(launch.Folder, "said.txt");

    static string Program => $"dotnet '{Path.Combine(AppContext.BaseDirectory, "BotDispatch.dll")}'";

    /// <summary>Runs a command; its exit code.</summary>
    public async Task<int> DoAsync(string command)
    {
        await shell.StandardInput.WriteLineAsync(command);
        await shell.StandardInput.FlushAsync();
        return int.Parse(await shell.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the shell ended: {command}"), CultureInfo.InvariantCulture);
    }

    /// <summary>Leaves no byte free.</summary>
    public Task FillAsync() => DoAsync("head -c 8000000 /dev/zero >\"$disk/filler\"");

    public Task EmptyAsync() => DoAsync("rm \"$disk/filler\"");

    /// <summary>Runs the program until it ends by itself; its exit code and what it said.</summary>
    public async Task<(int Code, string Said)> RunAsync()
    {
        File.Delete(Said);
        return (await DoAsync(Program), await File.ReadAllTextAsync(Said));
    }

    /// <summary>Starts the program, and waits until it listens.</summary>
    public async Task StartAsync()
    {
        File.Delete(Said);
        await DoAsync($"{Program} & app=$!");
        await UntilAsync(() => Task.FromResult(Listening().Match(File.Exists(Said) ? File.ReadAllText(Said) : "") is { Success: true } found && (http.BaseAddress ??= new(found.Groups[1].Value)) is not null));
    }

    /// <summary>Stops the program in order.</summary>
    public Task StopAsync()
    {
        http.Dispose();
        return DoAsync("kill $app; wait $app; app=");
    }

    public async Task<(HttpStatusCode Status, string Says)> GetAsync(string path)
    {
        using var response = await http.GetAsync(path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var looks = 0; !await isSo(); looks++)
        {
            looks.ShouldBeLessThan(3000, File.Exists(Said) ? File.ReadAllText(Said) : "it said nothing");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
        launch.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
