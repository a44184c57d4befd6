using BotDispatch.Playground;
using BotDispatch.Simulator;

namespace BotDispatch.Hosting;

/// <summary>The parts that exist only in Development: the playground, and a pretend Routee if no credentials are set.</summary>
internal static class DevelopmentModule
{
    /// <summary>The path of the pretend Routee, below our own address.</summary>
    const string SimulatedRoutee = "/simulated-routee";

    const string DefaultAddress = "http://localhost:5080";

    extension(WebApplicationBuilder builder)
    {
        /// <summary>Whether this process calls pretend people in place of real ones.</summary>
        public bool HasSimulatedRoutee =>
            builder.Environment.IsDevelopment() && string.IsNullOrEmpty(builder.Configuration["Routee:ApplicationId"]);

        public void AddDevelopment()
        {
            if (!builder.Environment.IsDevelopment())
                return;
            if (!IsAddressNamed(builder.Configuration))
                builder.WebHost.UseUrls(DefaultAddress);
            builder.Services.AddPlayground();
            if (!builder.HasSimulatedRoutee)
                return;
            var own = OwnAddress(builder.Configuration);
            var simulator = new SimulatorOptions();
            builder.Configuration.AddInMemoryCollection(
            [
                new("PublicBaseAddress", own),
                new("Routee:BaseAddress", own + SimulatedRoutee),
                new("Routee:AuthBaseAddress", own + SimulatedRoutee),
                new("Routee:ApplicationId", simulator.ApplicationId),
                new("Routee:ApplicationSecret", simulator.ApplicationSecret),
                new("Routee:CallerId", "+441632960000"),
                new("Development:SimulatedRoutee", "true"),
            ]);
            builder.Services.AddRouteeSimulator();
        }
    }

    extension(WebApplication app)
    {
        public void MapDevelopment()
        {
            if (!app.Environment.IsDevelopment())
                return;
            app.MapGet("/", () => TypedResults.Redirect("/playground")).ExcludeFromDescription();
            app.MapPlayground();
            if (app.Configuration.GetValue<bool>("Development:SimulatedRoutee"))
                app.MapGroup("").RequireThisMachine().MapRouteeSimulator(SimulatedRoutee);
            app.Lifetime.ApplicationStarted.Register(() =>
            {
                Console.WriteLine(
                    $"BotDispatch is ready. Open the playground: {Reachable(app.Urls.FirstOrDefault() ?? DefaultAddress)}/playground");
            });
        }
    }

    /// <summary>
    /// Whether a setting names the address to listen on: <c>--urls</c>, <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c> or Kestrel's
    /// own endpoints.
    /// </summary>
    internal static bool IsAddressNamed(IConfiguration configuration) =>
        ((string[])["urls", "http_ports", "https_ports"]).Any(name => !string.IsNullOrWhiteSpace(configuration[name]))
            || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    /// <summary>Returns an address at which this process can reach itself: the first that it listens on.</summary>
    internal static string OwnAddress(IConfiguration configuration)
    {
        // Kestrel's own endpoints take precedence over addresses, and addresses over ports. Container images usually set only ports.
        var addresses = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"])
            .FirstOrDefault(url => !string.IsNullOrWhiteSpace(url))
            ?? (configuration["urls"] is { Length: > 0 } urls ? urls
                : configuration["http_ports"] is { Length: > 0 } ports ? "http://localhost:" + ports
                : configuration["https_ports"] is { Length: > 0 } secure ? "https://localhost:" + secure
                : DefaultAddress);
        return Reachable(addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()
            ?? DefaultAddress);
    }

    // A browser cannot open the address that stands for every interface.
    static string Reachable(string bound)
    {
        try
        {
            var address = BindingAddress.Parse(bound);
            var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
            return $"{address.Scheme}://{host}:{address.Port}";
        }
        catch (FormatException)
        {
            // The web server refuses it with a sentence of its own.
            return DefaultAddress;
        }
    }
}
