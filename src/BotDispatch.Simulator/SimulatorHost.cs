namespace BotDispatch.Simulator;

/// <summary>Runs the pretend Routee alone, in real time, on loopback.</summary>
internal static class SimulatorHost
{
    static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var port = builder.Configuration.GetValue("port", 5299);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        builder.Services.AddRouteeSimulator();
        var app = builder.Build();
        app.MapRouteeSimulator();
        await app.StartAsync();
        var options = app.Services.GetRequiredService<SimulatorOptions>();
        Console.WriteLine($"The pretend Routee listens on http://127.0.0.1:{port}");
        Console.WriteLine($"Application id '{options.ApplicationId}', secret '{options.ApplicationSecret}'");
        Console.WriteLine($"Phones: http://127.0.0.1:{port}/simulator/phones");
        await app.WaitForShutdownAsync();
    }
}
