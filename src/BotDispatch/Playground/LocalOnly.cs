using BotDispatch.Http;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Playground;

/// <summary>Lets only this machine's own browser and tools in: nobody from the network, and no foreign page in that browser.</summary>
internal static class LocalOnly
{
    extension<TBuilder>(TBuilder builder) where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Refuses everybody else with 403, before anything of what they sent is read.</summary>
        public TBuilder RequireThisMachine()
        {
            // An endpoint filter would come too late: it runs when the body has been read and bound.
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

    /// <summary>Why this request is refused; null if it is not.</summary>
    public static string? WhyNot(HttpContext http)
    {
        var request = http.Request;
        // A tunnel that makes this machine reachable for a chat would otherwise bring the whole world in from loopback.
        if (!ThisMachine.Sent(http))
            return "The playground is only for the machine it runs on.";
        // A foreign name that resolves to this machine is how a foreign page would get around the browser's own rules.
        if (!ThisMachine.IsNamedBy(request))
            return "The playground answers to localhost only.";
        if (!IsPageFile(request.Path) && !IsOwnPage(request))
            return "Only the playground's own page may ask for this.";
        return null;
    }

    // The page itself may be opened by a link from elsewhere.
    static bool IsPageFile(PathString path) => path.StartsWithSegments("/playground") && !path.StartsWithSegments("/playground/api");

    // Browsers say where a request comes from; what says nothing is a tool, not a page.
    static bool IsOwnPage(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin")
            return false;
        return !request.Headers.TryGetValue(HeaderNames.Origin, out var origin)
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
