namespace BotDispatch.Slack.Sockets;

/// <summary>Decides whether a socket may be opened to an address: only to Slack, or to this machine if the Web API is here too.</summary>
internal static class SocketAddress
{
    /// <summary>The address; null if it may not be opened. It contains Slack's one-time ticket, so it is never logged.</summary>
    public static Uri? Allowed(string? url, Uri? api) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            && (IsSlack(address) || (IsHere(address) && api is { IsAbsoluteUri: true, IsLoopback: true }))
            ? address
            : null;

    static bool IsSlack(Uri address) =>
        address is { Scheme: "wss", IsDefaultPort: true, HostNameType: UriHostNameType.Dns }
        && address.IdnHost.EndsWith(".slack.com", StringComparison.OrdinalIgnoreCase);

    static bool IsHere(Uri address) => address is { Scheme: "ws", IsLoopback: true };
}
