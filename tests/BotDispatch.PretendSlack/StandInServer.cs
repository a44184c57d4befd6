using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BotDispatch.PretendSlack;

/// <summary>The pretend Slack on a real port of this machine, as sockets need it.</summary>
public sealed class StandInServer : IAsyncDisposable
{
    readonly WebApplication server;

    StandInServer(WebApplication server, SlackStandIn slack) => (this.server, Slack) = (server, slack);

    public SlackStandIn Slack { get; }

    /// <summary>Where its Web API is.</summary>
    public Uri Api => new(Slack.Options.OwnAddress, "api/");

    /// <summary>Starts it on a free port, which becomes its own address.</summary>
    public static async Task<StandInServer> StartAsync(TimeProvider clock, StandInOptions? options = null)
    {
        options ??= new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddPretendSlack(options, clock);
        var app = builder.Build();
        var slack = app.MapPretendSlack();
        await app.StartAsync();
        options.OwnAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return new(app, slack);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in Slack.Sockets.Open) socket.Drop();
        await server.DisposeAsync();
    }
}
