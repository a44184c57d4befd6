using BotDispatch.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Flows;

/// <summary>The pretend Routee in a server of its own: it lives on while the app dies and comes back.</summary>
internal sealed class RouteeServer : IAsyncDisposable
{
    readonly WebApplication server;

    RouteeServer(WebApplication server) => (this.server, Routee) = (server, server.Services.GetRequiredService<RouteeSimulator>());

    public RouteeSimulator Routee { get; }

    public HttpMessageHandler Handler => server.GetTestServer().CreateHandler();

    /// <summary>Starts it on a driven clock; what it sends goes to whichever app is alive.</summary>
    public static async Task<RouteeServer> StartAsync(ManualClock clock, Func<HttpMessageHandler> app, Action<SimulatorOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer(options => options.PreserveExecutionContext = true);
        builder.Logging.ClearProviders();
        builder.Services.AddKeyedSingleton<TimeProvider>("dispatch-clock", clock);
        builder.Services.AddRouteeSimulator(options =>
        {
            options.RealTime = clock;
            configure?.Invoke(options);
        });
        builder.Services.AddHttpClient("RouteeSimulator").ConfigurePrimaryHttpMessageHandler(() => new LateHandler(app));
        foreach (var pump in builder.Services.Where(service => service.ServiceType == typeof(IHostedService)).ToList())
            builder.Services.Remove(pump);
        var server = builder.Build();
        server.MapRouteeSimulator();
        await server.StartAsync();
        return new(server);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}

/// <summary>Sends to the app that runs at the moment of sending.</summary>
internal sealed class LateHandler(Func<HttpMessageHandler> target) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var invoker = new HttpMessageInvoker(target(), disposeHandler: false);
        return await invoker.SendAsync(request, cancellationToken);
    }
}
