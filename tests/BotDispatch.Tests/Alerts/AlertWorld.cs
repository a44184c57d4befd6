using BotDispatch.Alerts;
using BotDispatch.Core;
using BotDispatch.Tests.Api;
using BotDispatch.Tests.Flows;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Alerts;

/// <summary>A world with routes for alerts, and a sender with a key.</summary>
internal sealed class AlertWorld : IAsyncDisposable
{
    readonly string folder;

    public const string Routes = """
        - match: { severity: info }
          ignore: true
        - match: ['site=~"berlin|hamburg"', 'severity!="warning"']
          people: [ann.lee, jonas.weber]
          title: "{alertname} in {site}"
        - match: { team: doors }
          people: [marcus.reed]
          group by: [site]
        - people: [priya.nair]
        """;

    AlertWorld(World world, RemoteProgram sender, string folder) => (World, Sender, this.folder) = (world, sender, folder);

    public World World { get; }

    public RemoteProgram Sender { get; private set; }

    public static async Task<AlertWorld> BeginAsync(
        string routes = Routes, Action<IServiceCollection>? configure = null, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("botdispatch-routes-").FullName;
        var file = Path.Combine(folder, "routes.yaml");
        await File.WriteAllTextAsync(file, routes);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        var all = new Dictionary<string, string>(RemoteProgram.Settings) { ["Alerts:Routes"] = file };
        foreach (var (name, value) in settings)
            all[name] = value;
        var world = await World.BeginAsync(all, configure: configure);
        return new(world, await RemoteProgram.WithKeyAsync(world, "monitoring"), folder);
    }

    /// <summary>One alert as Alertmanager writes it.</summary>
    public static object Alert(string fingerprint, string status = "firing", string startsAt = "2026-11-29T10:00:00.123456789Z", object? labels = null, object? annotations = null) => new
    {
        status,
        labels = labels ?? new { alertname = "LiftStuck", site = "berlin", severity = "critical" },
        annotations = annotations ?? new { summary = "Lift 2 is stuck", description = "Two people inside" },
        startsAt,
        endsAt = "0001-01-01T00:00:00Z",
        generatorURL = "https://prometheus.example.com/graph",
        fingerprint,
    };

    public Task<int> SendAsync(params object[] alerts) => SendAsync("firing", 0, alerts);

    /// <summary>Sends a message, and lets what follows from it happen. Returns the status of the answer.</summary>
    public async Task<int> SendAsync(string status, int truncated, params object[] alerts)
    {
        var (answer, _, _) = await Sender.PostAsync("/api/alerts/alertmanager", new { version = "4", groupKey = "{}:{}", truncatedAlerts = truncated, status, receiver = "botdispatch", groupLabels = new { }, alerts });
        await SettleAsync();
        return answer;
    }

    /// <summary>Writes other routes, and starts the process again.</summary>
    public async Task EditRoutesAsync(string routes)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "routes.yaml"), routes);
        await RestartAsync();
    }

    public async Task SettleAsync()
    {
        await World.App.Get<AlertRunner>().RunDueAsync(default);
        await World.SettleAsync();
    }

    public async Task RestartAsync()
    {
        var key = Sender.Key;
        Sender.Dispose();
        await World.RestartAsync();
        Sender = RemoteProgram.WithText(World, key);
    }

    public Task<IReadOnlyList<DispatchState>> OpenAsync() => World.App.Engine.ListOpenAsync(default);

    public Task<IReadOnlyList<DispatchState>> AllAsync() => World.App.Engine.ListNewestAsync(null, 2000, default);

    public async ValueTask DisposeAsync()
    {
        Sender.Dispose();
        await World.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
