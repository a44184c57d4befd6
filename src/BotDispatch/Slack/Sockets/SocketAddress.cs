namespace BotDispatch.Slack.Sockets;

/// <summary>Where a socket may lead: to Slack, or to this machine when the Web API is there too.</summary>
internal static class SocketAddress
{
    /// <summary>The address, if it may be opened; it holds a ticket, so it is never shown.</summary>
    public static Uri? Allowed(string? url, Uri? api) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && (IsSlack(address) || (IsHere(address) && api is { IsAbsoluteUri: true, IsLoopback: true }))
            ? address
            : null;

    static bool IsSlack(Uri address) =>
        address is { Scheme: "wss", IsDefaultPort: true, HostNameType: UriHostNameType.Dns } && address.IdnHost.EndsWith(".slack.com", StringComparison.OrdinalIgnoreCase);

    static bool IsHere(Uri address) => address is { Scheme: "ws", IsLoopback: true };
}
