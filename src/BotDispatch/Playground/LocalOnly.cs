using System.Net;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Playground;

/// <summary>Lets only this machine's own browser and tools in: nobody from the network, and no foreign page in that browser.</summary>
internal sealed class LocalOnly : IEndpointFilter
{
    // ASP.NET renames the second to the third once it has believed it.
    static readonly string[] ProxyMarks = ["Forwarded", "X-Forwarded-For", "X-Original-For", "X-Forwarded-Host", "X-Real-IP"];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        WhyNot(context.HttpContext) is { } reason
            ? TypedResults.Problem(reason, statusCode: StatusCodes.Status403Forbidden)
            : await next(context);

    static string? WhyNot(HttpContext http)
    {
        var request = http.Request;
        // A tunnel that makes this machine reachable for a chat would otherwise bring the whole world in from loopback.
        if (http.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from) || ProxyMarks.Any(request.Headers.ContainsKey))
            return "The playground is only for the machine it runs on.";
        // A foreign name that resolves to this machine is how a foreign page would get around the browser's own rules.
        if (!IsThisMachine(request.Host.Host))
            return "The playground answers to localhost only.";
        if (!IsPageFile(request.Path) && !IsOwnPage(request))
            return "Only the playground's own page may ask for this.";
        return null;
    }

    // The page itself may be opened by a link from elsewhere.
    static bool IsPageFile(PathString path) => path.StartsWithSegments("/playground") && !path.StartsWithSegments("/playground/api");

    static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // Browsers say where a request comes from; what says nothing is a tool, not a page.
    static bool IsOwnPage(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site != "same-origin")
            return false;
        return !request.Headers.TryGetValue(HeaderNames.Origin, out var origin)
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
