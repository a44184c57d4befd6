using BotDispatch.Http;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Lets the Agents Playground of this very machine in without a token, where settings allow that: nobody from the network, and no page in
/// a browser.
/// </summary>
internal static class PlaygroundAccess
{
    /// <summary>Why this connection is refused before a byte of the body is read; null if it is not.</summary>
    public static CallerVerdict? Refuses(HttpContext http)
    {
        var request = http.Request;
        // A tunnel that makes this machine reachable would otherwise bring the whole world in from loopback.
        if (!ThisMachine.Sent(http))
            return new CallerVerdict.Forbidden("without an app only this machine itself may connect");
        // Browsers say where a request comes from, and a foreign name can be made to mean this machine.
        // Without asking first, they post anything but JSON.
        if (!request.HasJsonContentType() || request.Headers.ContainsKey(HeaderNames.Origin) || request.Headers.ContainsKey("Sec-Fetch-Site") || !ThisMachine.IsNamedBy(request))
            return new CallerVerdict.Forbidden("without an app no page may connect");
        return null;
    }

    /// <summary>Whether what was sent may be answered: only to this machine itself.</summary>
    public static CallerVerdict Check(ActivitySource from) => ServiceUrls.IsOwnMachine(from.ServiceUrl)
        ? new CallerVerdict.Genuine()
        : new CallerVerdict.Forbidden("without an app only this machine itself is answered");
}
