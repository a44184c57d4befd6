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
    // A name that is not found by then is one that only a proxy knows.
    static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(3);

    /// <summary>The guard of clients that need no other.</summary>
    public static AddressGuard Usual { get; } = new(AddressScope.PublicAndPrivate, AllowedAddresses.None, null);

    /// <summary>For clients that ask a cloud for the credentials of this machine.</summary>
    public static AddressGuard Open { get; } = new(AddressScope.Anywhere, AllowedAddresses.None, null);

    /// <summary>
    /// Returns the connections with this guard before them. What it refuses fails with <see cref="AddressRefusedException"/>.
    /// </summary>
    public HttpMessageHandler Over(SocketsHttpHandler connections, TimeProvider clock)
    {
        connections.ConnectCallback = (context, ct) => ConnectAsync(context, connections, ct);
        return new GuardedTargets(this, connections, clock);
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
    /// Looks a target up, and throws <see cref="AddressRefusedException"/> if it may not be called. Returns false for a name that is not
    /// found here, which a proxy may know.
    /// </summary>
    public async Task<bool> CheckAsync(Uri target, CancellationToken ct)
    {
        try
        {
            Judge(target.IdnHost, await Dns.GetHostAddressesAsync(target.IdnHost, ct), IsPlain(target));
            return true;
        }
        // Dns of .NET 10 throws ArgumentException for 0.0.0.0 and for ::.
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>
    /// Throws <see cref="AddressRefusedException"/> if a proxy may not be asked for a target. The connection is the proxy's, and names of
    /// the internet may be known to it alone, so a name is looked up only where private networks are refused.
    /// </summary>
    public async Task CheckBehindProxyAsync(Uri target, TimeProvider clock, CancellationToken ct)
    {
        if (ProblemOf(target) is { } because)
            throw new AddressRefusedException(because);
        if (scope is not AddressScope.Public || allowed.HasHost(target.IdnHost))
            return;
        using var late = new CancellationTokenSource(LongestLookup, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        var isKnown = false;
        try
        {
            isKnown = await CheckAsync(target, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The resolver drops queries for names that it does not know.
        }
        if (!isKnown && IsPlain(target))
            throw new AddressRefusedException("its name is not known here (DNS), so it must be called by https"
                + (setting is null ? "" : $", or {setting} must name it"));
    }

    /// <summary>
    /// Returns why an address that is written in numbers, or localhost, may not be called; null if it may, or for other names.
    /// </summary>
    public string? ProblemOf(Uri target)
    {
        IPAddress[] known = IPAddress.TryParse(target.IdnHost, out var address) ? [address]
            : target.IdnHost is "localhost" || target.IdnHost.EndsWith(".localhost", StringComparison.Ordinal)
                ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [];
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
            return bytes is not ([0 or 10 or 127 or >= 224, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..]
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

    // Those of AWS (machines, containers, pods), Azure, Google, Oracle, Alibaba, Scaleway and Tencent, and no whole network: containers
    // reach their host at 169.254.1.2, and services of AWS's Lattice are at 169.254.171.0/24.
    static bool HasCredentials(IPAddress address) => address.GetAddressBytes() is
        [169, 254, 169, 254] or [169, 254, 170, 2 or 23] or [169, 254, 42, 42] or [169, 254, 0, 23]
        or [100, 100, 100, 200] or [168, 63, 129, 16] or [192, 0, 0, 192]
        or [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xA9, 0xFE, 0xA9, 0xFE]
        or [0xFD, 0x00, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54]
        or [0xFD, 0x00, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x23]
        or [0xFD, 0x20, 0x00, 0xCE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54]
        or [0xFD, 0, 0, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x42];

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
        connections.UseProxy ? ProxyOf(connections.Proxy ?? HttpClient.DefaultProxy, target) : null;

    /// <summary>The proxy that a set of proxies has for a target; null for none.</summary>
    public static Uri? ProxyOf(IWebProxy? proxies, Uri target) =>
        proxies is not null && !proxies.IsBypassed(target) && proxies.GetProxy(target) is { } through && through != target ? through : null;
}

/// <summary>Judges what a proxy is to connect to, because our own connection is only the one to the proxy.</summary>
internal sealed class GuardedTargets(AddressGuard guard, SocketsHttpHandler connections, TimeProvider clock)
    : DelegatingHandler(connections)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri is { } target && AddressGuard.ProxyOf(connections, target) is not null
            ? SendByProxyAsync(target, request, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    async Task<HttpResponseMessage> SendByProxyAsync(Uri target, HttpRequestMessage request, CancellationToken ct)
    {
        await guard.CheckBehindProxyAsync(target, clock, ct);
        return await base.SendAsync(request, ct);
    }
}

/// <summary>A client may not connect to an address.</summary>
/// <param name="because">Why not, in our words.</param>
internal sealed class AddressRefusedException(string because) : HttpRequestException(HttpRequestError.ConnectionError, because)
{
    /// <summary>Why not, in our words.</summary>
    public string Because { get; } = because;
}
