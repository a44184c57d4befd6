using BotDispatch.Http;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Playground;

/// <summary>Admits only this machine's own browser and tools: nobody from the network, and no foreign page in that browser.</summary>
internal static class LocalOnly
{
    extension<TBuilder>(TBuilder builder) where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Refuses every other request with 403, before its body is read.</summary>
        public TBuilder RequireThisMachine()
        {
            // An endpoint filter would come too late: it runs after the body was read and bound.
            builder.Add(endpoint =>
            {
                var next = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = http => WhyNot(http) is { } reason
                    ? TypedResults.Problem(reason, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http)
                    : next(http);
            });
            return builder;
        }
    }

    /// <summary>Returns why this request is refused; null if it is admitted.</summary>
    public static string? WhyNot(HttpContext http)
    {
        var request = http.Request;
        // Through a tunnel that makes this machine reachable for a chat, every request of the internet comes from loopback.
        if (!ThisMachine.Sent(http))
            return "The playground is only for the machine it runs on.";
        // A foreign page would evade the browser's own rules with a foreign name that resolves to this machine.
        if (!ThisMachine.IsNamedBy(request))
            return "The playground answers to localhost only.";
        if (!IsPageFile(request.Path) && !IsOwnPage(request))
            return "Only the playground's own page may ask for this.";
        return null;
    }

    // A link on a foreign page may open the page itself.
    static bool IsPageFile(PathString path) => path.StartsWithSegments("/playground") && !path.StartsWithSegments("/playground/api");

    // Browsers say where a request comes from. A request that does not say it comes from a tool and not from a page.
    static bool IsOwnPage(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin")
            return false;
        return !request.Headers.TryGetValue(HeaderNames.Origin, out var origin)
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
