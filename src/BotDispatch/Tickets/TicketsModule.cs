using BotDispatch.Ports;
using BotDispatch.Tickets.AnyHttp;
using BotDispatch.Tickets.File;
using BotDispatch.Tickets.GitHub;
using BotDispatch.Tickets.GitLab;
using BotDispatch.Tickets.Jira;
using BotDispatch.Tickets.Redmine;
using BotDispatch.Tickets.RequestTracker;
using BotDispatch.Tickets.ServiceNow;
using BotDispatch.Tickets.Webhooks;
using BotDispatch.Tickets.Zendesk;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets;

/// <summary>Registers the file of tickets and every ticket system, as one source of tickets.</summary>
internal static class TicketsModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTickets()
        {
            SystemClients.AddConnections(services.AddTicketsFile());
            return services
                .AddSystem<RedmineOptions,
                    RedmineOptionsValidator>(RedmineOptions.Section, (settings, clients) => new RedmineSystem(settings, clients))
                .AddSystem<JiraOptions, JiraOptionsValidator>(JiraOptions.Section, (settings, clients) => new JiraSystem(settings, clients))
                .AddSystem<ServiceNowOptions,
                    ServiceNowOptionsValidator>(ServiceNowOptions.Section, (settings, clients) => new ServiceNowSystem(settings, clients))
                .AddSystem<RequestTrackerOptions,
                    RequestTrackerOptionsValidator>(RequestTrackerOptions.Section, (settings, clients) =>
                    new RequestTrackerSystem(settings, clients))
                .AddSystem<ZendeskOptions,
                    ZendeskOptionsValidator>(ZendeskOptions.Section, (settings, clients) => new ZendeskSystem(settings, clients))
                .AddSystem<GitHubOptions,
                    GitHubOptionsValidator>(GitHubOptions.Section, (settings, clients) => new GitHubSystem(settings, clients))
                .AddSystem<GitLabOptions,
                    GitLabOptionsValidator>(GitLabOptions.Section, (settings, clients) => new GitLabSystem(settings, clients))
                .AddSystem<HttpOptions, HttpOptionsValidator>(HttpOptions.Section, (settings, clients) => new HttpSystem(settings, clients))
                .AddSingleton<SystemClients>()
                .AddSingleton(provider =>
                    new TicketSystems(provider.GetServices<TicketSystemFactory>(), provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<ITicketSource>(provider => new TicketRouter(
                    provider.GetRequiredService<TicketFile>(), provider.GetRequiredService<TicketSystems>(),
                        provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<ITicketUpdates, TicketUpdates>()
                .AddSingleton<ITicketWebhooks>(provider => new TicketWebhooks(provider.GetRequiredService<TicketSystems>(),
                    WebhookKinds.All(provider), provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<TicketSystemsWatch>()
                .AddSingleton<INoticeSource>(provider => provider.GetRequiredService<TicketSystemsWatch>())
                .AddSingleton<ISystemStatus>(provider => provider.GetRequiredService<TicketSystemsWatch>())
                .AddHostedService(provider => provider.GetRequiredService<TicketSystemsWatch>());
        }

        IServiceCollection AddSystem<TOptions, TValidator>(string section, Func<TOptions, SystemClients, ITicketSystem> make)
            where TOptions : SystemSettings where TValidator : class, IValidateOptions<TOptions>
        {
            services.AddOptionsWithValidateOnStart<TOptions, TValidator>().BindConfiguration(section);
            return services.AddSingleton<TicketSystemFactory>(provider => () =>
                provider.GetRequiredService<IOptions<TOptions>>().Value is { IsOn: true } settings
                ? make(settings, provider.GetRequiredService<SystemClients>()) : null);
        }
    }
}
