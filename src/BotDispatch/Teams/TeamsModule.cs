using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Handlers;
using BotDispatch.Teams.Identity;
using BotDispatch.Teams.Inbound;
using BotDispatch.Teams.Posting;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams;

/// <summary>
/// Adds the Teams adapter. Without an app it is off, except for the Agents Playground in Development: then it maps no address and sends
/// nothing.
/// </summary>
internal static class TeamsModule
{
    const string EveryTenant = "*";

    extension(IServiceCollection services)
    {
        /// <summary>Needs an <see cref="ICardSource"/> and adds an <see cref="IChatPlatform"/>.</summary>
        public IServiceCollection AddTeams()
        {
            // Read this from the environment last, so that no setting can turn Development on.
            services.AddOptions<TeamsOptions>().BindConfiguration("Teams")
                .Configure<IHostEnvironment>((options, environment) => options.IsDevelopment = environment.IsDevelopment())
                .PostConfigure(options =>
                {
                    if (options.TenantId is EveryTenant)
                        (options.TenantId, options.IsForEveryTenant) = ("", true);
                })
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<TeamsOptions>, TeamsOptionsValidator>();
            services.AddSingleton<IValidateOptions<TeamsOptions>, TeamsSetupValidator>();
            services.AddSingleton<IWarmup, TeamsWarmup>();
            services.AddSingleton<TeamsReach>().AddSingleton<IChatConnection>(provider => provider.GetRequiredService<TeamsReach>());
            return services.AddIdentity().AddConnector().AddPosting().AddHandlers().AddInbound();
        }

        IServiceCollection AddIdentity() => services.AddIdentityHttp()
            .AddSingleton<BotCredential>().AddSingleton<IBotTokens, BotTokens>();

        IServiceCollection AddConnector() => services.AddConnectorHttp()
            .AddSingleton<TeamsStore>().AddSingleton<ConnectorWire>().AddSingleton<IConnector, ConnectorClient>()
            .AddSingleton<PostingPace>();

        IServiceCollection AddPosting() => services
            .AddSingleton<Places>().AddSingleton<Refusals>().AddSingleton<MessagePosts>().AddSingleton<DuplicateCards>()
            .AddSingleton<CardRedraws>().AddSingleton<TeamsPeople>().AddSingleton<TeamsMembers>()
            .AddSingleton<IChatPlatform, TeamsPlatform>();

        IServiceCollection AddHandlers() => services
            .AddSingleton<ProtectedPayloads>().AddSingleton<ConversationReferences>().AddSingleton<Messages>().AddSingleton<Answers>()
            .AddSingleton<ShownCards>().AddSingleton<Dialogs>().AddSingleton<Greetings>()
            .AddSingleton<ISurfaces<TeamsDelivery, TeamsReply>, TeamsSurfaces>();

        IServiceCollection AddInbound() => services.AddUnverifiedRequests().AddIssuerHttp()
            .AddSingleton<IssuerKeys>().AddSingleton<TokenVerifier>().AddSingleton<CallerCheck>()
            .AddSingleton<ActionReader>().AddSingleton<ActivityReader>().AddSingleton<ActivityRequests>()
            .AddHostedService<SigningKeysWarmup>();
    }

    extension(WebApplication app)
    {
        /// <summary>Maps the address that Teams posts to. Maps none while the adapter is off.</summary>
        public void MapTeams() => app.MapTeamsRequests();
    }
}
