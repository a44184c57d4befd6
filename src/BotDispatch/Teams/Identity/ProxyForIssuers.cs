using System.Net;

namespace BotDispatch.Teams.Identity;

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
