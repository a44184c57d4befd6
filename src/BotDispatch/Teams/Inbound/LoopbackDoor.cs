using System.Net;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Teams.Inbound;

/// <summary>Lets the Agents Playground of this very machine in without a token, where settings allow that: nobody from the network, and no page in a browser.</summary>
internal static class LoopbackDoor
{
    static readonly string[] ProxyMarks = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    /// <summary>Judges by the connection, for there is nothing else to judge by.</summary>
    public static CallerVerdict Check(HttpContext http, ActivitySource from)
    {
        var request = http.Request;
        // A tunnel that makes this machine reachable would otherwise bring the whole world in from loopback.
        if (http.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address) || ProxyMarks.Any(request.Headers.ContainsKey))
            return new CallerVerdict.Forbidden("without an app only this machine itself may connect");
        // Browsers say where a request comes from, and a foreign name can be made to mean this machine.
        if (request.Headers.ContainsKey(HeaderNames.Origin) || request.Headers.ContainsKey("Sec-Fetch-Site") || !IsThisMachine(request.Host.Host))
            return new CallerVerdict.Forbidden("without an app no page may connect");
        return ServiceUrls.IsOwnMachine(from.ServiceUrl)
            ? new CallerVerdict.Genuine()
            : new CallerVerdict.Forbidden("without an app only this machine itself is answered");
    }

    static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
