using System.Net;
using BotDispatch.Http;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace BotDispatch.Teams;

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
                handler.Proxy = new ProxyForIssuers(HttpClient.DefaultProxy);
                // The Agents Playground on this machine is called without a proxy.
                handler.UseProxy = provider.GetRequiredService<IOptions<TeamsOptions>>().Value.HasApp;
            }).AsksForJson().Services;

        public IServiceCollection AddIdentityHttp() =>
            services.AddOutgoingClient(Identity, RetryPolicy.Never, LargestToken,
                static (handler, _) => handler.Proxy = new ProxyForIssuers(HttpClient.DefaultProxy))
                .Services.AddSingleton<IMsalHttpClientFactory, MsalClients>();

        public IServiceCollection AddIssuerHttp() => services.AddOutgoingClient(Issuer, RetryPolicy.Never, LargestAnswer).Services;
    }

    sealed class MsalClients(IHttpClientFactory clients) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => clients.CreateClient(Identity);
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
