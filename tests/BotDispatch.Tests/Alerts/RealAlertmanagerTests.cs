using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using BotDispatch.Api;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using BotDispatch.Tests.Playground;

namespace BotDispatch.Tests.Alerts;

/// <summary>Skipped aloud where no Alertmanager is at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AlertmanagerFactAttribute : FactAttribute
{
    public AlertmanagerFactAttribute()
    {
        if (Program is null)
            Skip = "BOTDISPATCH_TEST_ALERTMANAGER is not set: tests/run finds Debian's prometheus-alertmanager";
    }

    public static string? Program => Environment.GetEnvironmentVariable("BOTDISPATCH_TEST_ALERTMANAGER") is { Length: > 0 } set ? set : null;
}

/// <summary>The real Alertmanager sends to the product on a real port, with the configuration of the guide.</summary>
public sealed partial class RealAlertmanagerTests
{
    [AlertmanagerFact]
    public async Task A_real_alert_starts_one_dispatch_is_recognised_after_a_restart_of_Alertmanager_and_stops_it_when_it_is_resolved()
    {
        var folder = Directory.CreateTempSubdirectory("botdispatch-alertmanager-").FullName;
        var routes = Path.Combine(folder, "routes.yaml");
        await File.WriteAllTextAsync(routes, "- match: { site: berlin }\n  people: [ann.lee]\n");
        File.SetLastWriteTimeUtc(routes, DateTime.UtcNow.AddMinutes(-1));
        await using var host = await PlaygroundHost.StartAsync(("Alerts:Routes", routes));
        var (id, key) = ApiKey.Create();
        await host.Get<ApiKeyStore>().TryAddAsync(new(id, "alertmanager", ApiKey.HashOf(key), "alerts", "", "", DateTimeOffset.UtcNow), default);
        await File.WriteAllTextAsync(Path.Combine(folder, "alertmanager.yml"), $$"""
            route: { receiver: botdispatch, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1s }
            receivers:
              - name: botdispatch
                webhook_configs:
                  - url: {{host.Address}}api/alerts/alertmanager
                    send_resolved: true
                    max_alerts: 0
                    http_config:
                      authorization: { credentials: {{key}} }
            """);
        var engine = host.Get<DispatchEngine>();
        try
        {
            DispatchState first;
            using (var alertmanager = await Alertmanager.StartAsync(folder))
            {
                await alertmanager.PostAsync(ends: null);
                await UntilAsync(async () => (await engine.ListOpenAsync(default)).Count == 1, "the alert starts a dispatch");
                first = (await engine.ListOpenAsync(default)).Single();
                first.Plan.AskedBy.Name.ShouldBe("Alertmanager (key alertmanager)");
                first.Plan.Ticket.Title.ShouldBe("Lift 2 is stuck");
            }
            // Killed, so that it does not remember what it has sent.
            using (var alertmanager = await Alertmanager.StartAsync(folder))
            {
                await alertmanager.PostAsync(ends: null);
                await UntilAsync(async () => await alertmanager.SentAsync() >= 2, "it announces the alert again");
                (await engine.ListNewestAsync(null, 10, default)).ShouldHaveSingleItem().Plan.Id.ShouldBe(first.Plan.Id);

                await alertmanager.PostAsync(ends: DateTimeOffset.UtcNow.AddSeconds(-1));
                await UntilAsync(async () => (await engine.ListOpenAsync(default)).Count == 0, "the end of the alert stops the dispatch");
                (await engine.ListNewestAsync(null, 10, default)).ShouldHaveSingleItem().Resolution.ShouldBe(new Resolution.CalledOff("the alert is resolved in Alertmanager"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The other side is a process of its own, which tells nobody when it has sent something.
    static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromMinutes(1), what);
            await Task.Delay(50);
        }
    }

    sealed partial class Alertmanager(Process process, HttpClient http) : IDisposable
    {
        static readonly DateTimeOffset Began = DateTimeOffset.UtcNow.AddMinutes(-1);

        public static async Task<Alertmanager> StartAsync(string folder)
        {
            var port = PlaygroundHost.FreePort();
            var start = new ProcessStartInfo(AlertmanagerFactAttribute.Program!,
                ["--config.file=alertmanager.yml", "--storage.path=data", "--cluster.listen-address=", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
            {
                WorkingDirectory = folder,
            };
            var alertmanager = new Alertmanager(Process.Start(start)!, new() { BaseAddress = new($"http://127.0.0.1:{port}") });
            await UntilAsync(alertmanager.IsReadyAsync, "Alertmanager starts");
            return alertmanager;
        }

        /// <summary>Posts the alert as Prometheus does.</summary>
        public async Task PostAsync(DateTimeOffset? ends) => (await http.PostAsJsonAsync("/api/v2/alerts", (object[])
        [
            new
            {
                labels = new { alertname = "LiftStuck", site = "berlin", severity = "critical" }, annotations = new { summary = "Lift 2 is stuck" },
                startsAt = Began, endsAt = ends ?? DateTimeOffset.UtcNow.AddHours(1), generatorURL = "https://prometheus.example.com/graph",
            },
        ])).EnsureSuccessStatusCode();

        /// <summary>How many messages it has sent since it started.</summary>
        public async Task<double> SentAsync() =>
            Sent().Match(await http.GetStringAsync("/metrics")) is { Success: true } found ? double.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            http.Dispose();
        }

        async Task<bool> IsReadyAsync()
        {
            process.HasExited.ShouldBeFalse("Alertmanager ended");
            try
            {
                return (await http.GetAsync("/-/ready")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        [GeneratedRegex("""^alertmanager_notifications_total\{.*integration="webhook".*\} ([0-9.e+]+)$""", RegexOptions.Multiline)]
        private static partial Regex Sent();
    }
}
