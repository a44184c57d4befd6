using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Delivery;
using BotDispatch.Simulator.Endpoints;
using BotDispatch.Simulator.Time;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator;

/// <summary>Adds the pretend Routee to an application: one Add, one Map.</summary>
public static class SimulatorModule
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Registers the simulator and its pump. Calls live on the clock keyed "dispatch-clock" if there is one, otherwise on the
        /// registered clock, otherwise on the system's.
        /// </summary>
        public IServiceCollection AddRouteeSimulator(Action<SimulatorOptions>? configure = null)
        {
            services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SimulatorJson.Default));
            var options = new SimulatorOptions();
            configure?.Invoke(options);
            services.AddHttpClient(Courier.ClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
                // A redirect or a proxy could lead to a host that is not allowed.
                .ConfigurePrimaryHttpMessageHandler(() =>
                    new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
                .RemoveAllLoggers();
            services.AddSingleton(options);
            services.AddSingleton<Courier>();
            services.AddSingleton<TokenIssuer>();
            services.AddSingleton<RequestGate>();
            services.AddSingleton<Exchange>();
            services.AddSingleton(provider => new Timeline(SimulatedClock(provider)));
            services.AddSingleton(provider => new RouteeSimulator(
                provider.GetRequiredService<Exchange>(), provider.GetRequiredService<TokenIssuer>(),
                provider.GetRequiredService<RequestGate>()));
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<SimulatorPump>(provider, SimulatedClock(provider)));
            return services;
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>Maps Routee's routes below the prefix, and the inspection routes below {prefix}/simulator.</summary>
        public void MapRouteeSimulator(string prefix = "")
        {
            var group = app.MapGroup(prefix);
            var provider = app.ServiceProvider;
            var exchange = provider.GetRequiredService<Exchange>();
            var tokens = provider.GetRequiredService<TokenIssuer>();
            var gate = provider.GetRequiredService<RequestGate>();
            var voice = new VoiceEndpoints(exchange, tokens);
            var tracking = new TrackingEndpoints(exchange);

            group.MapPost("/oauth/token", gate.Open(RequestGate.Held(gate.Tokens, tokens.IssueAsync)));
            group.MapPost("/voice/conversation", gate.ForOrders(voice.PlaceAsync));
            group.MapGet("/voice/conversation/{id}", gate.WithToken(voice.Read));
            group.MapPut("/voice/conversation/{id}", gate.WithToken(voice.Act));
            group.MapPost("/voice/conversation/{id}/talk", gate.WithToken(voice.Talk));
            group.MapDelete("/voice/conversation/{id}/talk", gate.WithToken(voice.StopTalk));
            group.MapGet("/voice/tracking/conversation/{id}", gate.ForRecords(tracking.OfConversation));
            group.MapGet("/voice/tracking/{id}", gate.ForRecords(tracking.OfLeg));
            group.MapPost("/voice/tracking", gate.ForRecords(tracking.Search));
            group.MapGet("/accounts/me/balance", gate.WithToken(voice.Balance));
            InspectionEndpoints.Map(group);
        }
    }

    static TimeProvider SimulatedClock(IServiceProvider provider) =>
        provider.GetKeyedService<TimeProvider>("dispatch-clock") ?? provider.GetService<TimeProvider>() ?? TimeProvider.System;
}
