using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Handlers;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.Posting;
using BotDispatch.Slack.Sockets;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack;

/// <summary>
/// Adds the Slack adapter, which receives over HTTP or sockets and calls the Web API. Without any of its secrets it is off: then it maps no
/// address and opens no socket.
/// </summary>
internal static class SlackModule
{
    extension(IServiceCollection services)
    {
        /// <summary>Needs an <see cref="InstallKey"/> and adds an <see cref="IChatPlatform"/>.</summary>
        public IServiceCollection AddSlack()
        {
            services.AddOptions<SlackOptions>().BindConfiguration("Slack")
                .Configure<IConfiguration>((options, root) => options.PublicBaseAddress =
                    Uri.TryCreate(root["PublicBaseAddress"], UriKind.Absolute, out var address) ? address : null)
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>();
            return services.AddUnverifiedRequests().AddSlackApi().AddInstallations().AddPosting().AddHandlers().AddInbound();
        }

        IServiceCollection AddSlackApi() => services.AddSlackHttp()
            .AddSingleton<SlackReach>().AddSingleton<SlackWire>().AddSingleton<IChatConnection, SlackConnection>()
            .AddSingleton<IWarmup, SlackWarmup>().AddSingleton<Throttles>().AddSingleton<ISlackApi, SlackApi>();

        IServiceCollection AddInstallations() => services
            .AddSingleton<DeadTokens>().AddSingleton<OneWorkspace>().AddSingleton<StoredInstallations>().AddSingleton<TokenRotation>()
            .AddSingleton<Installations>().AddSingleton<InstallStates>().AddSingleton<InstallFlow>()
            .AddSingleton<IInstallations>(provider => provider.GetRequiredService<Installations>());

        IServiceCollection AddPosting() => services
            .AddSingleton<PostingPace>().AddSingleton<Refusals>().AddSingleton<EarlierPosts>().AddSingleton<MessagePosts>()
            .AddSingleton<DuplicateCards>().AddSingleton<SlackPeople>().AddSingleton<SlackMembers>()
            .AddSingleton<IChatPlatform, SlackPlatform>();

        IServiceCollection AddHandlers() => services
            .AddSingleton<IMemberNames>(provider => provider.GetRequiredService<SlackPeople>())
            .AddSingleton<Callers>().AddSingleton<EphemeralMessages>().AddSingleton<Dialogs>().AddSingleton<ThreadLinks>()
            .AddSingleton<Answers>().AddSingleton<HomePages>().AddSingleton<Redraws>()
            .AddSingleton<ISurfaces<SlackDelivery, SlackReply>, SlackSurfaces>();

        // HTTP and sockets use one inbox, so a delivery that comes over both is handled once.
        IServiceCollection AddInbound() => services
            .AddSingleton<BodyBudget>().AddSingleton<SlackSignature>().AddSingleton<SlackRequests>()
            .AddSingleton<SocketHealth>().AddSingleton<ISocketDialler>(new SocketDialler()).AddSingleton<EnvelopeHandler>()
            .AddSingleton<Func<string, JsonElement, SlackDelivery?>>(PayloadReader.ReadEnvelope)
            .AddHostedService<SocketMode>().AddHostedService<InstallationWarmup>();
    }

    extension(WebApplication app)
    {
        /// <summary>
        /// Maps the addresses that Slack posts to, unless sockets are used, and the addresses of the installation. Maps none while the
        /// adapter is off.
        /// </summary>
        public void MapSlack()
        {
            var options = app.Services.GetRequiredService<IOptions<SlackOptions>>().Value;
            if (!options.IsOn)
                return;
            if (!options.UsesSockets)
                app.MapSlackRequests();
            app.MapSlackInstall();
        }
    }
}
