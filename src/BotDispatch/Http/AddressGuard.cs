using System.Net;
using System.Net.Sockets;

namespace BotDispatch.Http;

/// <summary>Which addresses a client may connect to, besides those that are allowed by name.</summary>
internal enum AddressScope
{
    /// <summary>The public internet.</summary>
    Public,
    /// <summary>
    /// The public internet and private networks, where ticket systems and calendars usually are, but no address at which a cloud gives a
    /// machine its credentials.
    /// </summary>
    PublicAndPrivate,
    /// <summary>Every address.</summary>
    Anywhere,
}

/// <summary>
/// Decides to which addresses a client connects. A name may lead to another address tomorrow, and a redirect anywhere, so each address is
/// judged when a connection is made, and the connection is made to the address that was judged.
/// </summary>
/// <param name="scope">Which addresses are allowed.</param>
/// <param name="allowed">Which others are.</param>
/// <param name="setting">The setting that allows others; null if there is none.</param>
internal sealed class AddressGuard(AddressScope scope, AllowedAddresses allowed, string? setting)
{
    /// <summary>The guard of clients that need no other.</summary>
    public static AddressGuard Usual { get; } = new(AddressScope.PublicAndPrivate, AllowedAddresses.None, null);

    /// <summary>For clients that ask a cloud for the credentials of this machine.</summary>
    public static AddressGuard Open { get; } = new(AddressScope.Anywhere, AllowedAddresses.None, null);

    /// <summary>
    /// Returns the connections with this guard before them. What it refuses fails with <see cref="AddressRefusedException"/>.
    /// </summary>
    public HttpMessageHandler Over(SocketsHttpHandler connections)
    {
        connections.ConnectCallback = (context, ct) => ConnectAsync(context, connections, ct);
        return new GuardedTargets(this, connections);
    }

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, SocketsHttpHandler connections, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (!IsToProxy(context, connections))
            addresses = Judge(context.DnsEndPoint.Host, addresses, IsPlain(context.InitialRequestMessage.RequestUri!));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Throws <see cref="AddressRefusedException"/> if a target may not be called. It is for targets that a proxy connects to, and for
    /// checks before the first request. Returns false for a name that is not found here, which a proxy may know.
    /// </summary>
    public async Task<bool> CheckAsync(Uri target, CancellationToken ct)
    {
        try
        {
            Judge(target.IdnHost, await Dns.GetHostAddressesAsync(target.IdnHost, ct), IsPlain(target));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>
    /// Returns why an address that is written in numbers, or localhost, may not be called; null if it may, or for other names.
    /// </summary>
    public string? ProblemOf(Uri target)
    {
        IPAddress[] known = IPAddress.TryParse(target.IdnHost, out var address) ? [address]
            : target.IdnHost is "localhost" || target.IdnHost.EndsWith(".localhost", StringComparison.Ordinal) ? [IPAddress.Loopback] : [];
        try
        {
            if (known.Length > 0)
                Judge(target.IdnHost, known, IsPlain(target));
            return null;
        }
        catch (AddressRefusedException refused)
        {
            return refused.Because;
        }
    }

    IPAddress[] Judge(string host, IPAddress[] addresses, bool isPlain)
    {
        if (scope is AddressScope.Anywhere || addresses.Length == 0 || allowed.HasHost(host))
            return addresses;
        var good = addresses.Where(each => allowed.HasAddress(each) || IsInScope(each, isPlain)).ToArray();
        return good.Length > 0 ? good : throw new AddressRefusedException(WhyNot(addresses));
    }

    bool IsInScope(IPAddress address, bool isPlain) => scope is AddressScope.Public
        ? !isPlain && IsPublic(address)
        : !HasCredentials(Unwrapped(address));

    string WhyNot(IPAddress[] addresses) =>
        (scope is AddressScope.PublicAndPrivate ? "its address is one at which a cloud gives this machine credentials"
            : addresses.Any(IsPublic) ? "its address is public, so it must be called by https"
            : "its address is private or this machine's own")
        + (setting is null ? "" : $", and {setting} does not name it");

    /// <summary>Whether an address belongs to the public internet.</summary>
    /// <remarks>https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry</remarks>
    public static bool IsPublic(IPAddress address)
    {
        address = Unwrapped(address);
        if (HasCredentials(address))
            return false;
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return bytes is not ([0 or 10 or 127 or >= 224, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..]
                or [100, >= 64 and <= 127, ..] or [192, 0, 0, ..] or [198, 18 or 19, ..]);
        // All of 2000::/3 is public, but for documentation and tunnels.
        return (bytes[0] & 0xE0) == 0x20 && bytes is not ([0x20, 0x02, ..] or [0x20, 0x01, 0, 0, ..] or [0x20, 0x01, 0x0D, 0xB8, ..]
            or [0x3F, 0xFF, <= 0x0F, ..]);
    }

    /// <summary>The address of IPv4 that one of IPv6 stands for, mapped or behind NAT64; any other address as it is.</summary>
    /// <remarks>RFC 4291, section 2.5.5.2; RFC 6052, section 2.1.</remarks>
    public static IPAddress Unwrapped(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 }
            when address.GetAddressBytes() is [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, .. var inner] => new(inner),
        _ => address,
    };

    // Link-local ones, and those of Alibaba, Azure, Oracle, AWS and Google that are not.
    static bool HasCredentials(IPAddress address) => address.GetAddressBytes() is
        [169, 254, _, _] or [100, 100, 100, 200] or [168, 63, 129, 16] or [192, 0, 0, 192] or [0xFE, >= 0x80 and <= 0xBF, ..]
        or [0xFD, 0x00, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54]
        or [0xFD, 0x20, 0x00, 0xCE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54];

    static bool IsPlain(Uri target) => target.Scheme == Uri.UriSchemeHttp;

    // SocketsHttpHandler of .NET 10 asks for a connection to the proxy with the request to the target, or with a CONNECT to the proxy. What
    // is not surely a proxy is judged as a target.
    static bool IsToProxy(SocketsHttpConnectionContext context, SocketsHttpHandler connections) =>
        context.InitialRequestMessage is { RequestUri: { } uri } request
        && (request.Method == HttpMethod.Connect ? uri : ProxyOf(connections, uri)) is { } proxy
        && context.DnsEndPoint.Port == proxy.Port
        && context.DnsEndPoint.Host.Trim('[', ']').Equals(proxy.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    /// <summary>The proxy by which connections call a target; null for none.</summary>
    public static Uri? ProxyOf(SocketsHttpHandler connections, Uri target) =>
        connections.UseProxy && (connections.Proxy ?? HttpClient.DefaultProxy) is var proxy && !proxy.IsBypassed(target)
            && proxy.GetProxy(target) is { } through && through != target ? through : null;
}

/// <summary>Judges what a proxy is to connect to, because our own connection is only the one to the proxy.</summary>
internal sealed class GuardedTargets(AddressGuard guard, SocketsHttpHandler connections) : DelegatingHandler(connections)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { } target && AddressGuard.ProxyOf(connections, target) is not null)
            await guard.CheckAsync(target, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>A client may not connect to an address.</summary>
/// <param name="because">Why not, in our words.</param>
internal sealed class AddressRefusedException(string because) : HttpRequestException(HttpRequestError.ConnectionError, because)
{
    /// <summary>Why not, in our words.</summary>
    public string Because { get; } = because;
}
