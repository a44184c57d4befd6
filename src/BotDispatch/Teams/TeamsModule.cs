using System.Collections.Immutable;
using System.Net;
using System.Text;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Handlers;
using BotDispatch.Teams.Identity;
using BotDispatch.Teams.Inbound;
using BotDispatch.Teams.Posting;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

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
            services.AddOptions<TeamsOptions>().BindSection("Teams")
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
            .AddKeyedSingleton(
                TeamsAddress.Platform, static (provider, _) => MessagePosts.Pace(provider.GetRequiredService<TimeProvider>()));

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
            .AddSingleton<ActionReader>().AddSingleton<ActivityReader>().AddSingleton<TeamsRequests>()
            .AddHostedService<SigningKeysWarmup>();
    }

    extension(WebApplication app)
    {
        /// <summary>Maps the address that Teams posts to. Maps none while the adapter is off.</summary>
        public void MapTeams() => app.MapTeamsRequests();
    }
}

/// <summary>Records for each of the three servers that Teams needs whether it is reached, for the log and for <c>/readyz</c>.</summary>
internal sealed class TeamsReach(IOptions<TeamsOptions> options) : IChatConnection
{
    volatile bool wasReached;

    /// <summary>The connector, at the address that Teams names.</summary>
    public Outage Connector { get; } = new();

    /// <summary>The server that issues the bot's token, at <c>Teams:TokenAddress</c>.</summary>
    public Outage Tokens { get; } = new();

    /// <summary>The server of the signing keys of requests to us, at <c>Teams:OpenIdMetadataAddress</c>.</summary>
    public Outage Keys { get; } = new();

    /// <summary>Notes that one of the servers answered.</summary>
    public void Answered() => wasReached = true;

    public string? Status => !options.Value.HasApp ? null
        : Keys.Because is { } keys ? $"Teams: not connected, the signing keys for its requests are missing: {keys}"
        : Tokens.Because is { } token ? $"Teams: not connected, the bot gets no token: {token}"
        : Connector.Because is { } connector ? $"Teams: not connected, {connector}"
        : wasReached ? "Teams: connected"
        : "Teams: not asked yet";
}

/// <summary>Reads a command and a sent dialog and draws a dialog at the start, because the first run of that code is slow.</summary>
internal sealed class TeamsWarmup(
    FormWarmup forms, ProtectedPayloads payloads, ActivityReader reader, TeamsStore store, IHttpMessageHandlerFactory clients,
    IOptions<TeamsOptions> options) : IWarmup
{
    const string Tenant = "00000000-0000-0000-0000-000000000000";

    public async Task WarmUpAsync(CancellationToken ct)
    {
        if (!options.Value.IsOn)
            return;
        var form = forms.Form();
        var kept = payloads.ProtectDialog(Tenant, "29:0", DialogContext.Of(form, TeamsAddress.Channel(Tenant, "19:0")));
        payloads.OpenDialog(Tenant, "29:0", kept);
        var card = DispatchDialog.Of(form, new(Surface.Dialog, kept, ConversationKind.Channel, ImmutableDictionary<string, string>.Empty));
        Read("""
            {"type":"message","id":"1","channelId":"msteams","text":"<at>Bot</at> INC-1042",
             "entities":[{"type":"mention","text":"<at>Bot</at>","mentioned":{"id":"28:0"}}],
             "recipient":{"id":"28:0"},"from":{"id":"29:0"},"conversation":{"id":"19:0","conversationType":"channel"}}
            """);
        var sent = SafeJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "invoke"u8);
            json.WriteString("name"u8, "task/submit"u8);
            json.Write("conversation"u8, SafeJson.Texts(("id", "19:0")));
            json.WriteStartObject("value"u8);
            json.Write("data"u8, DialogData.Button(DialogIntent.Send, kept, form.Picked));
            json.WriteEndObject();
            json.WriteEndObject();
        });
        if (Read(sent) is { Kind: var kind and not InvokeKind.None })
            SafeJson.Write(InvokeAnswer.Of(kind, new TeamsReply.Dialog("Dispatch", card)).Body!);
        clients.CreateHandler(TeamsHttp.Connector);
        await store.FindConversationAsync(Tenant, "19:0", ct);
    }

    TeamsDelivery? Read(string activity) => SafeJson.Read(Encoding.UTF8.GetBytes(activity), reader.Read);
}

/// <summary>
/// The HTTP clients for Microsoft's three servers. No client retries: a post without an answer may have arrived, and only its caller knows
/// what to do then; the callers of the other two servers have retries and timeouts of their own.
/// </summary>
internal static class TeamsHttp
{
    /// <summary>The client for the connector, to which we post.</summary>
    public const string Connector = "Teams.Connector";

    /// <summary>The client for the bot's tokens.</summary>
    public const string Identity = "Teams.Identity";

    /// <summary>The client for the signing keys of requests to us.</summary>
    public const string Issuer = "Teams.Issuer";

    // In bytes. A list of five hundred members takes a fifth of it.
    const int LargestAnswer = 1024 * 1024;
    const int LargestToken = 256 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddConnectorHttp() =>
            services.AddOutgoingClient(Connector, RetryPolicy.Never, LargestAnswer, static (handler, provider) =>
            {
                handler.Proxy = new ProxyForIssuers(MachineProxy.Current);
                // The Agents Playground on this machine is called without a proxy.
                handler.UseProxy = provider.GetRequiredService<IOptions<TeamsOptions>>().Value.HasApp;
            }).AsksForJson().Services;

        // Its guard is open, because a managed identity is asked for at an address of the cloud's own (169.254.169.254) or of this machine,
        // which every other client must not reach. It asks nothing that a stranger can choose: the settings and the machine name both.
        public IServiceCollection AddIdentityHttp() =>
            services.AddOutgoingClient(Identity, RetryPolicy.Never, LargestToken,
                static (handler, _) => handler.Proxy = new ProxyForIssuers(MachineProxy.Current), static _ => AddressGuard.Open)
                .Services.AddSingleton<IMsalHttpClientFactory>(static provider =>
                    new MsalClients(provider.GetRequiredService<IHttpClientFactory>(), Identity));

        public IServiceCollection AddIssuerHttp() => services.AddOutgoingClient(Issuer, RetryPolicy.Never, LargestAnswer).Services;
    }
}

/// <summary>
/// The machine's own proxy, for the issuers of tokens. Managed identities are asked without it: they are served without TLS at an address
/// of this machine that no proxy reaches.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service, "Proxies"</remarks>
internal sealed class ProxyForIssuers(IWebProxy ofTheMachine) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => ofTheMachine.Credentials;
        set => ofTheMachine.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => ofTheMachine.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme == Uri.UriSchemeHttp || host.IsLoopback || ofTheMachine.IsBypassed(host);
}
