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

/// <summary>Slack: what it sends, by HTTP or by sockets, and what it is told. Without any of its secrets it is off: nothing is mapped, nothing opened.</summary>
internal static class SlackModule
{
    extension(IServiceCollection services)
    {
        /// <summary>Needs an <see cref="InstallKey"/>; gives an <see cref="IChatPlatform"/>.</summary>
        public IServiceCollection AddSlack()
        {
            services.AddOptions<SlackOptions>().BindConfiguration("Slack")
                .Configure<IConfiguration>((options, root) => options.PublicBaseAddress = Uri.TryCreate(root["PublicBaseAddress"], UriKind.Absolute, out var address) ? address : null)
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>();
            return services.AddUnverifiedRequests().AddSlackApi().AddInstallations().AddPosting().AddHandlers().AddInbound();
        }

        IServiceCollection AddSlackApi() => services.AddSlackHttp()
            .AddSingleton<SlackReach>().AddSingleton<SlackWire>().AddSingleton<IChatConnection, SlackConnection>().AddSingleton<IWarmup, SlackWarmup>().AddSingleton<Throttles>().AddSingleton<ISlackApi, SlackApi>();

        IServiceCollection AddInstallations() => services
            .AddSingleton<DeadTokens>().AddSingleton<OneWorkspace>().AddSingleton<StoredInstallations>().AddSingleton<TokenRotation>().AddSingleton<Installations>()
            .AddSingleton<InstallStates>().AddSingleton<InstallFlow>()
            .AddSingleton<IInstallations>(provider => provider.GetRequiredService<Installations>());

        IServiceCollection AddPosting() => services
            .AddSingleton<PostingPace>().AddSingleton<Refusals>().AddSingleton<EarlierPosts>().AddSingleton<MessagePosts>().AddSingleton<DuplicateCards>().AddSingleton<SlackPeople>().AddSingleton<SlackMembers>()
            .AddSingleton<IChatPlatform, SlackPlatform>();

        IServiceCollection AddHandlers() => services
            .AddSingleton<IMemberNames>(provider => provider.GetRequiredService<SlackPeople>())
            .AddSingleton<Callers>().AddSingleton<EphemeralMessages>().AddSingleton<Dialogs>().AddSingleton<ThreadLinks>().AddSingleton<Answers>()
            .AddSingleton<HomePages>().AddSingleton<Redraws>()
            .AddSingleton<ISurfaces<SlackDelivery, SlackReply>, SlackSurfaces>();

        // Both ways in hand to one inbox, so a delivery that comes by both is handled once.
        IServiceCollection AddInbound() => services
            .AddSingleton<BodyBudget>().AddSingleton<SlackSignature>().AddSingleton<SlackRequests>()
            .AddSingleton<SocketHealth>().AddSingleton<ISocketDialler>(new SocketDialler()).AddSingleton<EnvelopeHandler>()
            .AddSingleton<Func<string, JsonElement, SlackDelivery?>>(PayloadReader.ReadEnvelope)
            .AddHostedService<SocketMode>().AddHostedService<InstallationWarmup>();
    }

    extension(WebApplication app)
    {
        /// <summary>The addresses that Slack posts to, and those of an installation; none while the adapter is off, and none to post to where sockets are used.</summary>
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
