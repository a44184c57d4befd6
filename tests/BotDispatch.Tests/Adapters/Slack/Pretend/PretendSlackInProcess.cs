using BotDispatch.PretendSlack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

/// <summary>The pretend Slack in a server of its own in this process: it lives on while the app dies and comes back.</summary>
internal sealed class PretendSlackInProcess : IAsyncDisposable
{
    readonly WebApplication server;

    PretendSlackInProcess(WebApplication server, SlackStandIn slack) => (this.server, Slack) = (server, slack);

    public SlackStandIn Slack { get; }

    public HttpMessageHandler Handler => server.GetTestServer().CreateHandler();

    public WebSocketClient Sockets => server.GetTestServer().CreateWebSocketClient();

    /// <summary>Starts it on a driven clock.</summary>
    public static async Task<PretendSlackInProcess> StartAsync(TimeProvider clock, StandInOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer(options => options.PreserveExecutionContext = true);
        builder.Logging.ClearProviders();
        builder.Services.AddPretendSlack(options, clock);
        var server = builder.Build();
        var slack = server.MapPretendSlack();
        await server.StartAsync();
        return new(server, slack);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
