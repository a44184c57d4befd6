using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Slack;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Install;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Slack.Api;

/// <summary>One node's way to Slack, on a real database, with a clock that a test moves.</summary>
internal sealed class SlackRoom : IAsyncDisposable
{
    public const string BotToken = "xoxb-test-token";

    readonly WebApplication app;
    readonly Ground? own;
    readonly List<string> logged = [];
    bool isServing;

    SlackRoom(Ground ground, AnsweringSlack? slack, Dictionary<string, string?> settings, bool isOwn)
    {
        own = isOwn ? ground : null;
        Clock = ground.Clock;
        Slack = slack ?? new();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.None).AddProvider(new ListLog(logged));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = ground.On.ToString(),
            ["Storage:ConnectionString"] = ground.ConnectionString,
            ["Secrets:KeyFile"] = Path.Combine(ground.Folder, "secrets.key"),
        });
        builder.Services.AddOptions<SlackOptions>().Configure(options =>
        {
            options.ApiBaseAddress = new(settings.GetValueOrDefault("ApiBaseAddress") ?? "https://slack.test/api");
            options.PublicBaseAddress = new("https://bot.example/");
            options.BotToken = settings.GetValueOrDefault("BotToken") ?? (settings.ContainsKey("ClientId") ? "" : BotToken);
            options.AppToken = "xapp-1-A0-1-abc";
            options.AppId = settings.GetValueOrDefault("AppId") ?? "";
            options.ClientId = settings.GetValueOrDefault("ClientId") ?? "";
            options.ClientSecret = settings.GetValueOrDefault("ClientSecret") ?? "";
        });
        builder.Services.AddSingleton<TimeProvider>(ground.Clock).AddKeyedSingleton<TimeProvider>("dispatch-clock", ground.Clock).AddUnverifiedRequests().AddStorage().AddSlackHttp()
            .AddSingleton<SlackReach>().AddSingleton<SlackWire>().AddSingleton<Throttles>().AddSingleton<SlackApi>()
            .AddSingleton<DeadTokens>().AddSingleton<OneWorkspace>().AddSingleton<StoredInstallations>().AddSingleton<TokenRotation>().AddSingleton<Installations>()
            .AddSingleton(new InstallKey(new byte[32])).AddSingleton<InstallStates>().AddSingleton<InstallFlow>();
        if (!settings.ContainsKey("Real"))
            builder.Services.AddHttpClient(SlackHttp.Client).ConfigurePrimaryHttpMessageHandler(() => Slack);
        app = builder.Build();
        app.MapSlackInstall();
    }

    public ManualClock Clock { get; }

    public AnsweringSlack Slack { get; }

    public IReadOnlyList<string> Logged
    {
        get
        {
            lock (logged)
                return [.. logged];
        }
    }

    public Installations Installations => Get<Installations>();

    public SlackApi Api => Get<SlackApi>();

    /// <summary>A room with a database of its own.</summary>
    public static async Task<SlackRoom> OpenAsync(params (string Name, string Value)[] settings) =>
        new(await Ground.ReadyAsync(On.Sqlite), null, settings.ToDictionary(each => each.Name, each => (string?)each.Value), isOwn: true);

    /// <summary>A room that installs by OAuth, on a ground that others may share.</summary>
    public static SlackRoom ByOAuth(Ground ground, AnsweringSlack? slack = null, string appId = "") =>
        new(ground, slack, new() { ["ClientId"] = "111.222", ["ClientSecret"] = "shhh", ["AppId"] = appId }, isOwn: false);

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public Task<SlackAnswer> CallAsync(string method, string arguments = "{}", string installation = "T0ACME", CancellationToken ct = default) =>
        CallAsync(method, JsonNode.Parse(arguments)!.AsObject(), installation, ct);

    public Task<SlackAnswer> CallAsync(string method, JsonObject arguments, string installation = "T0ACME", CancellationToken ct = default) =>
        Api.CallAsync(new(installation, method, Nodes.Arguments(arguments)), ct);

    /// <summary>Puts an installation there as if somebody had gone through the consent page.</summary>
    public Task InstallAsync(InstalledApp installed) => Get<StoredInstallations>().PutAsync(installed, default);

    /// <summary>A browser's way to our own addresses.</summary>
    public async Task<HttpClient> BrowserAsync()
    {
        if (Interlocked.Exchange(ref isServing, true) is false)
            await app.StartAsync();
        return app.GetTestClient();
    }

    /// <summary>Sends a request that no client of ours would make.</summary>
    public async Task<HttpContext> ServeAsync(Action<HttpContext> request)
    {
        if (Interlocked.Exchange(ref isServing, true) is false)
            await app.StartAsync();
        return await app.GetTestServer().SendAsync(request);
    }

    public string? Unprotected(string stored, string id) => Get<IDataProtectionProvider>().CreateProtector("installations", "slack", id).Unprotect(stored);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        if (own is not null)
            await own.DisposeAsync();
    }

    sealed class ListLog(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Dispose() { }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
                lines.Add($"{eventId.Id}: {formatter(state, exception)} {exception}");
        }
    }
}
