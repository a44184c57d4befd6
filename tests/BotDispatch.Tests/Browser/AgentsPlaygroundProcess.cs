using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using BotDispatch.Tests.Playground;

namespace BotDispatch.Tests.Browser;

/// <summary>Microsoft's Agents Playground as a process of its own, with a roster of ours. It can reach this machine alone, and ends with the process that started it.</summary>
internal sealed class AgentsPlaygroundProcess : IAsyncDisposable
{
    public const string Package = "@microsoft/m365agentsplayground";
    public const string Tenant = "22222222-0000-4000-8000-000000000002";
    public const string Bot = "28:11111111-2222-4333-8444-555555555555";
    public const string Personal = "a:priya";
    public const string GroupChat = "19:night@thread.v2";
    public const string Team = "19:facilities@thread.tacv2";
    public const string Operations = "19:operations@thread.tacv2";

    const string Roster = $$"""
        version: "0.1.1"
        tenantId: {{Tenant}}
        bot: { id: "{{Bot}}", name: BotDispatch }
        currentUser: { id: "29:priya", name: Priya Nair, userPrincipleName: priya.nair@example.com, aadObjectId: 11111111-0000-4000-8000-000000000001, givenName: Priya, surname: Nair, email: priya.nair@example.com }
        users:
          - { id: "29:dana", name: Dana Wolf, userPrincipleName: dana@example.com, aadObjectId: 11111111-0000-4000-8000-000000000002, givenName: Dana, surname: Wolf, email: dana@example.com }
          - { id: "29:ann", name: Ann Lee, userPrincipleName: ann.lee@example.com, aadObjectId: 11111111-0000-4000-8000-000000000003, givenName: Ann, surname: Lee, email: ann.lee@example.com }
          - { id: "29:jonas", name: Jonas Weber, userPrincipleName: jonas.weber@example.com, aadObjectId: 11111111-0000-4000-8000-000000000004, givenName: Jonas, surname: Weber, email: jonas.weber@example.com }
          - { id: "29:gus", name: Gus Guest, userPrincipleName: gus@example.com, aadObjectId: 11111111-0000-4000-8000-000000000005, givenName: Gus, surname: Guest, email: gus@example.com }
          - { id: "29:zoe", name: Zoe Hart, userPrincipleName: zoe@example.com, aadObjectId: 11111111-0000-4000-8000-000000000006, givenName: Zoe, surname: Hart, email: zoe@example.com }
        personalChat: { id: "{{Personal}}" }
        groupChat: { id: "{{GroupChat}}", name: Night shift }
        team:
          id: "{{Team}}"
          name: Facilities
          aadGroupId: 33333333-0000-4000-8000-000000000003
          channels:
            - { id: "{{Operations}}", name: Operations }
        """;

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    const string Ready = "Listening on ";

    readonly string folder = Directory.CreateTempSubdirectory("agents-playground-").FullName;
    readonly ConcurrentQueue<string> said = new();
    readonly TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Process process;

    AgentsPlaygroundProcess(Uri wire)
    {
        File.WriteAllText(Path.Combine(folder, "roster.yml"), Roster);
        process = NodePackages.Start(
            $"node_modules/{Package}/cli.js",
            ["start", "--app-endpoint", $"{wire}api/messages", "--service-url", $"{wire}_connector", "--channel-id", "msteams", "--port", PlaygroundHost.FreePort().ToString(CultureInfo.InvariantCulture), "--disable-telemetry"],
            start =>
            {
                start.RedirectStandardError = true;
                start.Environment["TEAMSAPPTESTER_BROWSER"] = "none";
                start.Environment["SEND_INSTALLATION_ACTIVITY"] = "true";
                start.Environment["M365_AGENTS_PLAYGROUND_CONFIG_PATH"] = Path.Combine(folder, "roster.yml");
                // What is wrong with a roster is said there alone.
                start.Environment["M365_AGENTS_PLAYGROUND_LOGFILE"] = Log;
                start.Environment["APPLICATION_INSIGHTS_NO_STATSBEAT"] = "true";
                start.Environment["NODE_OPTIONS"] = "--require ./only-loopback.cjs";
            });
        process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        process.ErrorDataReceived += (_, line) => OnOutput(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What it tried to reach beyond this machine.</summary>
    public IEnumerable<string> Refused => said.Where(line => line.StartsWith("refused: ", StringComparison.Ordinal));

    string Log => Path.Combine(folder, "playground.log");

    /// <summary>Starts it before what passes there, and waits until it listens.</summary>
    public static async Task<AgentsPlaygroundProcess> StartAsync(Uri wire)
    {
        var started = new AgentsPlaygroundProcess(wire);
        var ended = started.process.WaitForExitAsync();
        if (await Task.WhenAny(started.port.Task, ended).WaitAsync(Longest) == ended)
        {
            var log = File.Exists(started.Log) ? await File.ReadAllTextAsync(started.Log) : "";
            await started.DisposeAsync();
            throw new InvalidOperationException($"the Agents Playground did not start\n{string.Join('\n', started.said)}\n{log}");
        }
        started.Address = new($"http://127.0.0.1:{await started.port.Task}/");
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    void OnOutput(string? line)
    {
        if (line is null)
            return;
        said.Enqueue(line);
        if (line.StartsWith(Ready, StringComparison.Ordinal) && int.TryParse(line[Ready.Length..], out var number))
            port.TrySetResult(number);
    }
}
