using BotDispatch.Ports;
using BotDispatch.Tickets.File;
using BotDispatch.Tickets.Webhooks;

namespace BotDispatch.Tickets;

/// <summary>Registers the file of tickets and every ticket system, as one source of tickets.</summary>
internal static class TicketsModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTickets()
        {
            SystemClients.AddConnections(services.AddTicketsFile());
            foreach (var kind in SystemKinds.All)
                kind.AddSettings(services);
            return services
                .AddSingleton<SystemClients>()
                .AddSingleton(provider =>
                    new TicketSystems(SystemKinds.FactoriesOf(provider), provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<ITicketSource>(provider => new TicketRouter(
                    provider.GetRequiredService<TicketFile>(), provider.GetRequiredService<TicketSystems>(),
                        provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<ITicketUpdates, TicketUpdates>()
                .AddSingleton<ITicketWebhooks>(provider => new TicketWebhooks(
                    provider.GetRequiredService<TicketSystems>(), provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<TicketSystemsWatch>()
                .AddSingleton<INoticeSource>(provider => provider.GetRequiredService<TicketSystemsWatch>())
                .AddSingleton<ISystemStatus>(provider => provider.GetRequiredService<TicketSystemsWatch>())
                .AddHostedService(provider => provider.GetRequiredService<TicketSystemsWatch>());
        }
    }
}
