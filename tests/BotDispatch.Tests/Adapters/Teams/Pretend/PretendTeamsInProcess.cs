using BotDispatch.PretendTeams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Teams.Pretend;

/// <summary>The pretend Teams in a server of its own in this process: it lives on while the app dies and comes back.</summary>
internal sealed class PretendTeamsInProcess : IAsyncDisposable
{
    readonly WebApplication server;

    PretendTeamsInProcess(WebApplication server, TeamsStandIn teams) => (this.server, Teams) = (server, teams);

    public TeamsStandIn Teams { get; }

    public HttpMessageHandler Handler => server.GetTestServer().CreateHandler();

    /// <summary>Starts it on a driven clock.</summary>
    public static async Task<PretendTeamsInProcess> StartAsync(TimeProvider clock, StandInOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer(options => options.PreserveExecutionContext = true);
        builder.Logging.ClearProviders();
        builder.Services.AddPretendTeams(options, clock);
        var server = builder.Build();
        var teams = server.MapPretendTeams();
        await server.StartAsync();
        return new(server, teams);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
