using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Dispatching;

/// <summary>The loop: inputs are decided and committed, lanes are looked after.</summary>
internal static class DispatchingModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddDispatching()
        {
            services.AddOptions<EngineOptions>().BindSection("Policy").ValidateOnStart();
            services.AddOptionsWithValidateOnStart<ThreadOptions, ThreadOptionsValidator>().BindSection("Chat");
            services.TryAddSingleton<IAvailability, AlwaysAvailable>();
            services.TryAddSingleton<ITicketUpdates, NoTicketUpdates>();
            services.AddSingleton<TicketWatch>().AddHostedService(provider => provider.GetRequiredService<TicketWatch>());
            services.AddSingleton<TicketHints>().AddHostedService(provider => provider.GetRequiredService<TicketHints>());
            services.AddSingleton<DutyWatch>().AddHostedService(provider => provider.GetRequiredService<DutyWatch>());
            return services.AddSingleton<Wakeup>().AddSingleton<CommittedStates>().AddSingleton<KnownThreads>().AddSingleton<LaneMarks>()
                .AddSingleton<CommitBatchFactory>().AddSingleton<DispatchEngine>().AddSingleton<CallChecks>()
                .AddSingleton<VoiceLanes>().AddSingleton<Memberships>().AddSingleton<ThreadPosting>()
                .AddSingleton<DrawnCards>().AddSingleton<ThreadLane>().AddSingleton<LineLane>()
                .AddSingleton<ILaneClaims>(provider => provider.GetRequiredService<Database>().IsShared
                    ? ActivatorUtilities.CreateInstance<SharedLaneClaims>(provider)
                    : ActivatorUtilities.CreateInstance<OwnLaneClaims>(provider))
                .AddSingleton<ThreadLocations>().AddSingleton<TicketLane>().AddSingleton<LaneRunner>().AddHostedService<LaneLoop>()
                .AddSingleton<Retention>().AddHostedService(provider => provider.GetRequiredService<Retention>());
        }
    }
}
