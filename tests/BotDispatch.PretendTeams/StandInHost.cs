using System.Net;
using BotDispatch.PretendTeams.Identity;

namespace BotDispatch.PretendTeams;

/// <summary>Runs the pretend Teams alone, live, on loopback: <c>--app http://127.0.0.1:5080 --port 5091 [--certificate file.pem --app-id … --app-password … --tenant …]</c>.</summary>
internal static class StandInHost
{
    static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var settings = builder.Configuration;
        var port = settings.GetValue("port", 5091);
        var certificateFile = settings.GetValue("certificate", "")!;
        // The app sends its token to https addresses alone, so without a certificate there are no tokens.
        var own = new Uri($"{(certificateFile.Length > 0 ? "https" : "http")}://localhost:{port}/");
        var options = new StandInOptions { Tokens = certificateFile.Length > 0, ServiceUrl = new(own, "teams/"), TokenAddress = own, MetadataAddress = new(own, "v1/.well-known/openidconfiguration") };
        options.AppAddress = settings.GetValue("app", options.AppAddress)!;
        options.AppId = settings.GetValue("app-id", options.AppId)!;
        options.AppPassword = settings.GetValue("app-password", options.AppPassword)!;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificateFile.Length > 0)
                listen.UseHttps(LocalCertificate.Make(certificateFile));
        }));
        builder.Services.AddPretendTeams(options, TimeProvider.System);
        var app = builder.Build();
        app.MapDriver(app.Services.GetRequiredService<TeamsStandIn>());
        var teams = app.MapPretendTeams();
        var tenant = teams.AddTenant(settings.GetValue("tenant", "22222222-0000-4000-8000-000000000002")!, "Acme");
        var (dana, priya) = (tenant.AddPerson("Dana Dispatcher", "dana@example.com"), tenant.AddPerson("Priya Nair", "priya.nair@example.com"));
        tenant.AddChannel("Operations", "General", dana, priya);
        tenant.AddChannel("Operations", "ops", dana, priya);
        tenant.AddGroupChat("night shift", dana, priya);
        await app.StartAsync();
        Console.WriteLine($"The pretend Teams listens on {own}; drive it at {own}driver");
        Console.WriteLine(options.Tokens
            ? $"App {options.AppId}, tenant {tenant.Id}; start the app with SSL_CERT_FILE={certificateFile}, Teams__TokenAddress={own}, Teams__OpenIdMetadataAddress={options.MetadataAddress}, Teams__AllowedServiceUrls__0={own}"
            : "Nobody has a token: start the app in Development without Teams:AppId");
        await app.WaitForShutdownAsync();
    }
}
