using BotDispatch.Employees.Remote;
using BotDispatch.Ports;
using BotDispatch.Slack.Install;
using BotDispatch.Storage;
using BotDispatch.Teams.Handlers;
using BotDispatch.Voice.Routee;

namespace BotDispatch.Hosting;

/// <summary>Registers the clocks, the health checks, and the connections between rooms.</summary>
internal static class HostingModule
{
    extension(WebApplicationBuilder builder)
    {
        /// <summary>
        /// Registers three clocks: the machine's, which can be set; the steady clock, which follows it and measures every wait; and the
        /// dispatch clock, which Development can speed up.
        /// </summary>
        public IServiceCollection AddHosting()
        {
            // The host would report with a stack trace what AppRunner reports in a sentence. The failure of a background service is logged
            // at this level, too.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
            var services = builder.Services;
            services.AddKeyedSingleton("machine", TimeProvider.System).AddSingleton(MachineBoot.Read());
            services.AddSingleton(provider => new SteadyClock(provider.GetRequiredKeyedService<TimeProvider>("machine"),
                provider.GetRequiredService<ILogger<SteadyClock>>()))
                .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SteadyClock>())
                .AddSingleton<SteadyNote>().AddHostedService<SteadyKeeper>();
            if (builder.Environment.IsDevelopment())
                services.AddSingleton<SimulatedClock>()
                    .AddKeyedSingleton<TimeProvider>("dispatch-clock",
                        (provider, _) => provider.GetRequiredService<SimulatedClock>())
                    .AddHostedService<SimulatedClockKeeper>();
            else
                services.AddKeyedSingleton("dispatch-clock", (provider, _) => provider.GetRequiredService<TimeProvider>());
            // Rooms must not import each other, so they are connected here.
            services.AddSingleton(provider => new CallbackKey(provider.GetRequiredService<KeyRing>()[Startup.CallbackKey]));
            services.AddSingleton(provider => new InstallKey(provider.GetRequiredService<KeyRing>()[Startup.CallbackKey]));
            services.AddSingleton<IPlaceReader, PlaceReader>();
            services.AddSingleton<ICardSource, CardSource>();
            return services.AddHostedService(provider => provider.GetRequiredService<DatabaseHealth>()).AddHostedService<Cleanup>()
                .AddHostedService<RemovedSources>()
                .AddProblemDetails().AddWebServerLimits();
        }
    }

    extension(WebApplication app)
    {
        /// <summary>
        /// Maps <c>/healthz</c> and <c>/readyz</c>. <c>/healthz</c>: the process answers. <c>/readyz</c>: the database accepts writes;
        /// whether each chat that is set up is connected; whether each ticket system can be asked; which source of people
        /// cannot be read; and how far the machine's clock was set off.
        /// </summary>
        public void MapHealth()
        {
            app.MapGet("/healthz", () => TypedResults.Text("ok"));
            app.MapGet("/readyz", async Task<IResult> (DatabaseHealth database, IEnumerable<IChatConnection> chats,
                IEnumerable<ISystemStatus> systems, SteadyClock clock,
                CancellationToken ct) =>
                await database.CheckAsync(ct) is { } reason
                    ? TypedResults.Problem($"The database cannot be used: {reason}", statusCode: StatusCodes.Status503ServiceUnavailable)
                    : TypedResults.Text(string.Join('\n',
                        ["ready", .. chats.Select(chat => chat.Status).OfType<string>(), .. systems.SelectMany(each => each.Lines()),
                            .. ((string?[])[clock.Status]).OfType<string>()])));
        }
    }
}
