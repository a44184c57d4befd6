using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Api;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using BotDispatch.Tests.Architecture;
using BotDispatch.Tests.Playground;

namespace BotDispatch.Tests.Alerts;

/// <summary>Skipped aloud where the JavaScript of Zabbix is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ZabbixFactAttribute : FactAttribute
{
    public ZabbixFactAttribute()
    {
        if (Program is null)
            Skip = "zabbix_js is not in PATH: tests/run installs Debian's zabbix-server-pgsql, which takes root";
    }

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "zabbix_js")).FirstOrDefault(File.Exists);
}

/// <summary>
/// The script that the guide gives administrators of Zabbix. Zabbix 6.0.14: a script that returns nothing has failed with "undefined return
/// value", though it sent its message; an answer 401 or 503 raises nothing.
/// </summary>
public sealed partial class ZabbixScriptTests
{
    static string Script => Block().Match(File.ReadAllText(Path.Combine(Repository.Root, "src", "docs", "alerts.md")).ReplaceLineEndings("\n")).Groups["script"].Value;

    [Fact]
    public void The_script_of_the_guide_raises_what_was_refused_and_returns_a_text_in_the_end()
    {
        var lines = Script.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[^1].ShouldBe("return 'OK';");
        lines[^2].ShouldStartWith("if (request.getStatus() !== 200) throw ");
        Script.ShouldContain("request.post('https://bot.example.com/api/alerts/zabbix'");
    }

    [ZabbixFact]
    public async Task The_script_of_the_guide_starts_a_dispatch_and_has_succeeded_to_the_real_Zabbix_and_fails_with_a_wrong_key()
    {
        var folder = Directory.CreateTempSubdirectory("botdispatch-zabbix-").FullName;
        try
        {
            var routes = Path.Combine(folder, "routes.yaml");
            await File.WriteAllTextAsync(routes, "- people: [ann.lee]\n");
            File.SetLastWriteTimeUtc(routes, DateTime.UtcNow.AddMinutes(-1));
            await using var host = await PlaygroundHost.StartAsync(("Alerts:Routes", routes));
            var (id, key) = ApiKey.Create();
            await host.Get<ApiKeyStore>().TryAddAsync(new(id, "zabbix", ApiKey.HashOf(key), "alerts", "", "", DateTimeOffset.UtcNow), default);

            var (code, said) = await RunAsync($"{host.Address}", "x");
            said.ShouldContain("BotDispatch answered 401");
            code.ShouldNotBe(0);
            (code, said) = await RunAsync($"{host.Address}", key);
            said.ShouldBe("OK");
            code.ShouldBe(0);
            for (var looks = 0; looks < 600 && (await host.Get<DispatchEngine>().ListOpenAsync(default)).Count == 0; looks++)
                await Task.Delay(50);
            (await host.Get<DispatchEngine>().ListOpenAsync(default)).ShouldHaveSingleItem().Plan.Ticket.Title.ShouldBe("Lift is stuck on lift2");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<(int Code, string Said)> RunAsync(string address, string key)
    {
        var fields = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["key"] = key,
            ["EVENT.ID"] = "4711",
            ["EVENT.VALUE"] = "1",
            ["EVENT.NAME"] = "Lift is stuck",
            ["HOST.NAME"] = "lift2",
        });
        var start = new ProcessStartInfo(ZabbixFactAttribute.Program!, ["-s", "-", "-p", fields]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var zabbix = Process.Start(start)!;
        await zabbix.StandardInput.WriteAsync(Script.Replace("https://bot.example.com/", address, StringComparison.Ordinal));
        zabbix.StandardInput.Close();
        var errors = zabbix.StandardError.ReadToEndAsync();
        var said = await zabbix.StandardOutput.ReadToEndAsync() + await errors;
        await zabbix.WaitForExitAsync();
        return (zabbix.ExitCode, said.Trim());
    }

    [GeneratedRegex(@"^```javascript\n(?<script>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
