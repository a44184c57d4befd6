using BotDispatch.Simulator.Calls;
using BotDispatch.Simulator.Delivery;
using BotDispatch.Simulator.Endpoints;
using BotDispatch.Simulator.Time;

namespace BotDispatch.Simulator;

/// <summary>Puts the pretend Routee into an application: one Add, one Map.</summary>
public static class SimulatorModule
{
    extension(IServiceCollection services)
    {
        /// <summary>Registers the simulator and its pump; calls live on the clock keyed "story", else on the registered one, else on the system's.</summary>
        public IServiceCollection AddRouteeSimulator(Action<SimulatorOptions>? configure = null)
        {
            var options = new SimulatorOptions();
            configure?.Invoke(options);
            services.AddHttpClient(Courier.ClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
                // A redirect or a proxy would lead off the allowed hosts.
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
                .RemoveAllLoggers();
            services.AddSingleton(options);
            services.AddSingleton<Courier>();
            services.AddSingleton<TokenOffice>();
            services.AddSingleton<FrontDesk>();
            services.AddSingleton<Exchange>();
            services.AddSingleton(provider => new Timeline(SimulatedClock(provider)));
            services.AddSingleton(provider => new RouteeSimulator(
                provider.GetRequiredService<Exchange>(), provider.GetRequiredService<TokenOffice>(), provider.GetRequiredService<FrontDesk>()));
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<SimulatorPump>(provider, SimulatedClock(provider)));
            return services;
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>Maps Routee's routes below the prefix, and inspection below {prefix}/simulator.</summary>
        public void MapRouteeSimulator(string prefix = "")
        {
            var group = app.MapGroup(prefix);
            var provider = app.ServiceProvider;
            var exchange = provider.GetRequiredService<Exchange>();
            var tokens = provider.GetRequiredService<TokenOffice>();
            var desk = provider.GetRequiredService<FrontDesk>();
            var voice = new VoiceEndpoints(exchange, tokens);
            var tracking = new TrackingEndpoints(exchange);

            group.MapPost("/oauth/token", desk.Open(FrontDesk.Held(desk.Tokens, tokens.IssueAsync)));
            group.MapPost("/voice/conversation", desk.ForOrders(voice.PlaceAsync));
            group.MapGet("/voice/conversation/{id}", desk.WithToken(voice.Read));
            group.MapPut("/voice/conversation/{id}", desk.WithToken(voice.Act));
            group.MapPost("/voice/conversation/{id}/talk", desk.WithToken(voice.Talk));
            group.MapDelete("/voice/conversation/{id}/talk", desk.WithToken(voice.StopTalk));
            group.MapGet("/voice/tracking/conversation/{id}", desk.ForRecords(tracking.OfConversation));
            group.MapGet("/voice/tracking/{id}", desk.ForRecords(tracking.OfLeg));
            group.MapPost("/voice/tracking", desk.ForRecords(tracking.Search));
            group.MapGet("/accounts/me/balance", desk.WithToken(voice.Balance));
            InspectionEndpoints.Map(group);
        }
    }

    static TimeProvider SimulatedClock(IServiceProvider provider) =>
        provider.GetKeyedService<TimeProvider>("story") ?? provider.GetService<TimeProvider>() ?? TimeProvider.System;
}
