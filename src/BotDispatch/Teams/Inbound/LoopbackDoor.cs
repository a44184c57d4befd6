using System.Net;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Teams.Inbound;

/// <summary>Lets the Agents Playground of this very machine in without a token, where settings allow that: nobody from the network, and no page in a browser.</summary>
internal static class LoopbackDoor
{
    static readonly string[] ProxyMarks = ["Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP"];
    // The second is what ASP.NET makes of the first once it has believed it.
    static readonly string[] ProxyMarksBegin = ["X-Forwarded-", "X-Original-"];

    /// <summary>Judges by the connection, for there is nothing else to judge by.</summary>
    public static CallerVerdict Check(HttpContext http, ActivitySource from)
    {
        var request = http.Request;
        // A tunnel that makes this machine reachable would otherwise bring the whole world in from loopback.
        if (http.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address) || IsPassedOn(request.Headers))
            return new CallerVerdict.Forbidden("without an app only this machine itself may connect");
        // Browsers say where a request comes from, and a foreign name can be made to mean this machine.
        // Without asking first, they post anything but JSON.
        if (!request.HasJsonContentType() || request.Headers.ContainsKey(HeaderNames.Origin) || request.Headers.ContainsKey("Sec-Fetch-Site") || !IsThisMachine(request.Host.Host))
            return new CallerVerdict.Forbidden("without an app no page may connect");
        return ServiceUrls.IsOwnMachine(from.ServiceUrl)
            ? new CallerVerdict.Genuine()
            : new CallerVerdict.Forbidden("without an app only this machine itself is answered");
    }

    static bool IsPassedOn(IHeaderDictionary headers) => headers.Keys.Any(name =>
        ProxyMarks.Contains(name, StringComparer.OrdinalIgnoreCase) || ProxyMarksBegin.Any(begin => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase)));

    static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
