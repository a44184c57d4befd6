using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BotDispatch.PretendTeams;

/// <summary>The pretend Teams on a real port of this machine, as clients of other languages need it; all its addresses are its own then.</summary>
public sealed class StandInServer : IAsyncDisposable
{
    readonly WebApplication server;

    StandInServer(WebApplication server, TeamsStandIn teams) => (this.server, Teams) = (server, teams);

    public TeamsStandIn Teams { get; }

    /// <summary>Starts it on a free port; with a certificate by https, as the product needs it, which sends its token nowhere else.</summary>
    public static async Task<StandInServer> StartAsync(TimeProvider clock, StandInOptions? options = null, X509Certificate2? certificate = null)
    {
        options ??= new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        builder.Logging.ClearProviders();
        builder.Services.AddPretendTeams(options, clock);
        var app = builder.Build();
        var teams = app.MapPretendTeams();
        await app.StartAsync();
        var own = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        // Its certificate has this name.
        if (certificate is not null)
            own = new UriBuilder(own) { Host = "localhost" }.Uri;
        (options.ServiceUrl, options.TokenAddress, options.MetadataAddress) = (new(own, "teams/"), own, new(own, "v1/.well-known/openidconfiguration"));
        return new(app, teams);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
