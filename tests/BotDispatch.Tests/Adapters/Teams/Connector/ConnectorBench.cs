using System.Collections.Concurrent;
using BotDispatch.Http;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Teams.Connector;

/// <summary>The real client and its real connections, and a connector on this machine.</summary>
internal sealed class ConnectorBench : IAsyncDisposable
{
    public const string Tenant = "22222222-0000-4000-8000-000000000002";
    public const string AppId = "11111111-2222-4333-8444-555555555555";
    public const string Channel = "19:aa@thread.tacv2";
    public const string Root = "1795329800519";
    public const string ThreadId = $"{Channel};messageid={Root}";
    public const string PublicUrl = "https://smba.trafficmanager.net/amer/";

    readonly ServiceProvider services;

    ConnectorBench(StandIn teams, TeamsOptions options)
    {
        Teams = teams;
        Redirecting = new(teams.Address);
        var collection = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Options.Create(options))
            .AddLogging(log => log.AddProvider(Log).SetMinimumLevel(LogLevel.Trace))
            .AddConnectorHttp()
            .AddSingleton<TeamsReach>().AddSingleton<ConnectorWire>().AddSingleton<ConnectorClient>()
            .AddSingleton<IBotTokens>(new BotTokensOf(refused => Tokens(refused)));
        if (options.HasApp)
            collection.AddHttpClient(TeamsHttp.Connector).AddHttpMessageHandler(() => Redirecting);
        services = collection.BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    public StandIn Teams { get; }

    public ToStandIn Redirecting { get; }

    public Lines Log { get; } = new();

    /// <summary>The tokens that the bot gets, one after another.</summary>
    public Func<string?, Task<BotToken>> Tokens { get; set; } = refused => Task.FromResult<BotToken>(new BotToken.Have(refused is null ? "token-1" : "token-2"));

    /// <summary>Where the connector is, for a bench without an app.</summary>
    public string LocalUrl => $"{Teams.Address.ToString().TrimEnd('/')}/_connector";

    /// <summary>With a registered app: what is meant for Teams comes to the stand-in.</summary>
    public static async Task<ConnectorBench> WithAppAsync() => new(await StandIn.StartAsync(), new() { AppId = AppId, AppPassword = "secret", TenantId = Tenant });

    /// <summary>In Development without an app, as for the Agents Playground.</summary>
    public static async Task<ConnectorBench> WithoutAppAsync() => new(await StandIn.StartAsync(), new() { IsDevelopment = true });

    public static async Task<ConnectorBench> WithAsync(TeamsOptions options) => new(await StandIn.StartAsync(), options);

    public Task<ConnectorAnswer> CallAsync(ConnectorCall call, CancellationToken ct = default) => services.GetRequiredService<ConnectorClient>().CallAsync(call, ct);

    /// <summary>A line of text into the thread.</summary>
    public Task<ConnectorAnswer> SendAsync(string serviceUrl = PublicUrl, string conversation = ThreadId) => CallAsync(new ConnectorCall.Send(serviceUrl, conversation, Text("hello")));

    public static WriteJson Text(string text) => SafeJson.Texts(("type", "message"), ("text", text));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Teams.DisposeAsync();
    }

    /// <summary>Everything that was logged.</summary>
    public sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> All { get; } = [];

        public string Text => string.Join('\n', All.Select(each => $"{each.Level}: {each.Text}"));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue((logLevel, $"{eventId.Id} {formatter(state, exception)} {exception}"));

        public void Dispose()
        {
        }
    }
}
