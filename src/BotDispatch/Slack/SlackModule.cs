using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Handlers;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.People;
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
            services.AddOptions<SlackOptions>().BindSection("Slack")
                .Configure<IConfiguration>((options, root) => options.PublicBaseAddress =
                    Uri.TryCreate(root["PublicBaseAddress"], UriKind.Absolute, out var address) ? address : null)
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>();
            services.AddOptionsWithValidateOnStart<SlackPeopleOptions, SlackPeopleOptionsValidator>().BindSection("Employees");
            // Made when it is first used: the check of all settings lists people, and must not fail if the settings of Slack are wrong.
            services.AddSingleton<IPeopleSource>(sp => new SlackPeopleSource(
                sp.GetRequiredService<ISlackApi>, sp.GetRequiredService<OneWorkspace>,
                sp.GetRequiredService<IOptions<SlackPeopleOptions>>(), sp.GetRequiredService<TimeProvider>()));
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
            .AddKeyedSingleton(SlackAddress.Platform, static (provider, _) => PostingPace.Even(
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<IOptions<SlackOptions>>().Value.MessagesPerSecondPerChannel))
            .AddSingleton<DrawingPace>().AddSingleton<Refusals>().AddSingleton<EarlierPosts>().AddSingleton<MessagePosts>()
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

/// <summary>Reports whether this process is connected to Slack, and if not, why.</summary>
internal sealed class SlackConnection(
    SlackReach reach, SocketHealth sockets, OneWorkspace one, IOptions<SlackOptions> options) : IChatConnection
{
    public string? Status => options.Value switch
    {
        { IsOn: false } => null,
        { UsesSockets: true, Sockets: var all } when sockets.Ready is var open =>
            $"Slack: {(open > 0 ? "connected" : "not connected")}, {Math.Min(open, all)} of {all} sockets"
                + Why(open < all ? reach.Because ?? sockets.LastTrouble : null),
        _ when reach.Because is { } because => $"Slack: not connected, {because}",
        { UsesOAuth: false } when one.Trouble is { } trouble => $"Slack: not connected, {trouble}",
        _ => reach.WasReached ? "Slack: connected" : "Slack: not asked yet",
    };

    static string Why(string? trouble) => trouble is null ? "" : $"; last trouble: {trouble}";
}

/// <summary>Reads a command and a sent dialog and draws a dialog at the start, because the first run of that code is slow.</summary>
internal sealed class SlackWarmup(
    FormWarmup forms, SlackSignature signature, IHttpMessageHandlerFactory handlers, IOptions<SlackOptions> options, TimeProvider clock)
    : IWarmup
{
    public async Task WarmUpAsync(CancellationToken ct)
    {
        if (!options.Value.IsOn)
            return;
        var command = Encoding.UTF8.GetBytes("command=%2Fdispatch&text=INC-1042&team_id=T0&channel_id=C0&user_id=U0&trigger_id=1.2"
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2F1");
        signature.Check(command, clock.WallNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "v0=" + new string('0', 64));
        PayloadReader.ReadForm(command);
        var form = forms.Form();
        var view = JsonNode.Parse(SafeJson.Bytes(FormView.Of(form, DialogContext.Of(form, new(SlackAddress.Platform, "T0/C0")))))!;
        view["id"] = "V0";
        view["hash"] = "0";
        var picked = new JsonObject { [FormView.PeopleAction] = new JsonObject { ["type"] = "multi_static_select" } };
        view["state"] = new JsonObject { ["values"] = new JsonObject { [FormView.PeopleBlock] = picked } };
        var sent = new JsonObject
        {
            ["type"] = "view_submission",
            ["user"] = new JsonObject { ["id"] = "U0" },
            ["team"] = new JsonObject { ["id"] = "T0" },
            ["view"] = view,
        };
        var payload = Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(sent.ToJsonString()));
        if (PayloadReader.ReadForm(payload) is SlackBody.Delivered { What.View: { } read })
        {
            ViewReader.Fields(read);
            DialogContextCodec.Read(read.PrivateMetadata);
        }
        // Makes the handlers of the client.
        _ = handlers.CreateHandler(SlackHttp.Client);
        using var content = SlackForm.Of(new() { ["trigger_id"] = "1.2", ["view"] = LoadingView.Of() });
        await content.ReadAsByteArrayAsync(ct);
    }
}
