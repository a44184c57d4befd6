using System.Net;

namespace BotDispatch.PretendSlack;

/// <summary>Runs the pretend Slack alone, live, on loopback:
/// <c>--app http://127.0.0.1:5080 --port 5090 --signing-secret s [--bot-token xoxb-…] [--app-token xapp-… --socket-mode true]</c>.</summary>
internal static class StandInHost
{
    static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var settings = builder.Configuration;
        var port = settings.GetValue("port", 5090);
        var options = new StandInOptions { OwnAddress = new($"http://127.0.0.1:{port}/") };
        options.AppAddress = settings.GetValue("app", options.AppAddress)!;
        options.SigningSecret = settings.GetValue("signing-secret", options.SigningSecret)!;
        options.AppToken = settings.GetValue("app-token", options.AppToken)!;
        options.SocketMode = settings.GetValue("socket-mode", false);
        var token = settings.GetValue("bot-token", "xoxb-pretend")!;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddPretendSlack(options, TimeProvider.System);
        var app = builder.Build();
        var slack = app.MapPretendSlack();
        app.MapDriver(slack);
        var team = slack.AddWorkspace("T0ACME", "Acme", token);
        team.AddPerson(new() { Id = "U0DANA", Team = team.Id, Name = "dana", RealName = "Dana Dispatcher", Email = "dana@example.com" });
        team.AddPerson("U0TERRY", "terry", "Terry Tech");
        team.AddChannel("C0OPS", "ops").With("U0DANA", "U0TERRY");
        await app.StartAsync();
        Console.WriteLine($"The pretend Slack listens on {options.OwnAddress}, its Web API on {options.OwnAddress}api/");
        Console.WriteLine($"Bot token '{token}', app token '{options.AppToken}', signing secret '{options.SigningSecret}'");
        Console.WriteLine($"Deliveries go {(options.SocketMode ? "over sockets" : $"to {options.AppAddress}")}; drive it at {options.OwnAddress}driver");
        await app.WaitForShutdownAsync();
    }
}
