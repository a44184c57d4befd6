using System.Net;

namespace BotDispatch.Http;

/// <summary>Tells whether a request was made on this very machine, rather than passed on by a proxy or a tunnel that runs on it.</summary>
internal static class ThisMachine
{
    static readonly string[] ProxyMarks = ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "CF-Connecting-IP", "True-Client-IP", "Fastly-Client-IP"];

    // ASP.NET renames the first to the second once it has believed it.
    static readonly string[] ProxyMarksBegin = ["X-Forwarded-", "X-Original-"];

    /// <summary>Whether it came over loopback and nobody says to have passed it on.</summary>
    public static bool Sent(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !http.Request.Headers.Keys.Any(IsProxyMark);

    /// <summary>Whether it was addressed to this machine by a name that only this machine has: a foreign name can be made to mean it.</summary>
    public static bool IsNamedBy(HttpRequest request) =>
        request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    static bool IsProxyMark(string header) =>
        ProxyMarks.Contains(header, StringComparer.OrdinalIgnoreCase) || ProxyMarksBegin.Any(begin => header.StartsWith(begin, StringComparison.OrdinalIgnoreCase));
}
