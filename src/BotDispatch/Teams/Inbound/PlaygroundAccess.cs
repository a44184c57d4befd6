using BotDispatch.Http;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Lets the Agents Playground of this machine connect without a token if the settings allow it, but nobody from the network and no page in
/// a browser.
/// </summary>
internal static class PlaygroundAccess
{
    /// <summary>The reason to refuse this connection before its body is read; null if it is allowed.</summary>
    public static CallerVerdict? Refuses(HttpContext http)
    {
        var request = http.Request;
        // Check this, because a tunnel makes requests from the whole internet arrive over loopback.
        if (!ThisMachine.Sent(http))
            return new CallerVerdict.Forbidden("without an app only this machine itself may connect");
        // Browsers name a request's origin in these headers, and they send JSON to another origin only after a preflight request.
        // Check the host name too, because a foreign name can be resolved to this machine.
        if (!request.HasJsonContentType() || request.Headers.ContainsKey(HeaderNames.Origin)
            || request.Headers.ContainsKey("Sec-Fetch-Site") || !ThisMachine.IsNamedBy(request))
            return new CallerVerdict.Forbidden("without an app no page may connect");
        return null;
    }

    /// <summary>Allows an activity only if its answers go to this machine.</summary>
    public static CallerVerdict Check(ActivitySource from) => ServiceUrls.IsOwnMachine(from.ServiceUrl)
        ? new CallerVerdict.Genuine()
        : new CallerVerdict.Forbidden("without an app only this machine itself is answered");
}
