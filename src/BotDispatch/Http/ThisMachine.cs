using System.Net;

namespace BotDispatch.Http;

/// <summary>Decides whether a request was made on this machine, and not passed on by a proxy or a tunnel that runs on it.</summary>
internal static class ThisMachine
{
    // How the headers of proxies, tunnels, load balancers and content networks begin. ASP.NET renames X-Forwarded-* to X-Original-* after
    // it has applied them. X-MS-* is here in parts, because the Agents Playground itself sends X-MS-Agents-Playground, and Microsoft's
    // clients send X-MS-Client-Request-Id.
    static readonly string[] ProxyMarksBegin =
    [
        "X-Forward", "Forwarded-", "X-Original-", "X-Originating-", "X-Real-", "X-Remote-", "X-Proxy", "X-Rewrite-",
        "X-Envoy-", "X-Azure-", "X-FD-", "X-ARR-", "X-WAWS-", "X-AppService-", "X-MS-Client-IP", "X-MS-Client-Principal", "X-MS-Token-",
            "X-MS-Proxy", "X-MS-Forward", "X-MS-Tunnel",
        "X-Tunnel-", "Tunnel-", "Ngrok-", "X-Ngrok-", "Tailscale-", "X-Localtunnel-", "X-Pinggy-", "X-Zrok-",
        "Fly-", "X-Amzn-", "X-Amz-Cf-", "CloudFront-", "X-Cloud-Trace-", "X-Appengine-", "X-Goog-IAP-", "X-Vercel-", "X-NF-", "X-Heroku-",
        "CDN-", "CF-", "Fastly-", "Akamai-", "X-Akamai-", "Incap-", "X-Sucuri-", "X-Varnish", "X-Nginx-", "X-HAProxy-", "X-Traefik-",
            "X-Kong-",
    ];

    static readonly string[] ProxyMarks =
    [
        "Forwarded", "Via", "X-Via", "X-Bluecoat-Via", "Client-IP", "X-Client-IP", "X-Client-Port", "X-Cluster-Client-IP",
            "True-Client-IP", "True-Client-Port",
        "DO-Connecting-IP", "Proxy-Client-IP", "WL-Proxy-Client-IP", "X-Connecting-IP", "Max-Forwards", "Front-End-Https", "X-Host",
            "X-Url-Scheme", "X-Coming-From", "X-From-IP",
    ];

    /// <summary>Whether the request came over loopback and no header says that somebody passed it on.</summary>
    public static bool Sent(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !http.Request.Headers.Keys.Any(IsProxyMark);

    /// <summary>
    /// Whether the request was addressed to this machine by a name that only this machine has. A foreign name can be made to point here.
    /// </summary>
    public static bool IsNamedBy(HttpRequest request) =>
        request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    static bool IsProxyMark(string header)
    {
        // Some servers treat an underscore as a hyphen, so some proxies write it.
        var name = header.Replace('_', '-');
        return ProxyMarks.Contains(name, StringComparer.OrdinalIgnoreCase)
            || ProxyMarksBegin.Any(begin => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase));
    }
}
