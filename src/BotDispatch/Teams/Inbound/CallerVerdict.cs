using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BotDispatch.Teams.Inbound;

/// <summary>Whether a request comes from Teams. The reasons are for logs only; a caller gets the bare status.</summary>
internal abstract record CallerVerdict
{
    private CallerVerdict() { }

    /// <summary>The request comes from Teams.</summary>
    public sealed record Genuine : CallerVerdict;

    /// <summary>The request has no valid token.</summary>
    public sealed record Unproven(string Because) : CallerVerdict;

    /// <summary>The caller may be genuine, but it is not allowed to send this request.</summary>
    public sealed record Forbidden(string Because) : CallerVerdict;

    /// <summary>The token cannot be checked, because the issuer's keys cannot be fetched.</summary>
    public sealed record Undecided : CallerVerdict;

    /// <summary>The HTTP status of the answer.</summary>
    public int Status => this switch
    {
        Genuine => StatusCodes.Status200OK,
        Unproven => StatusCodes.Status401Unauthorized,
        Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}

/// <summary>
/// Checks the caller: with an app, by the token that Teams sends; without an app, it allows the Agents Playground of this machine only.
/// </summary>
internal sealed class CallerCheck(TokenVerifier verifier, IOptions<TeamsOptions> options)
{
    /// <summary>Reads the token before the body is read. Returns why the request is refused; null if it may be read.</summary>
    public async Task<(GoodToken? Token, CallerVerdict? Refusal)> BeginAsync(HttpContext http) => options.Value switch
    {
        { HasApp: true } => await verifier.ReadAsync(http.Request.Headers.Authorization),
        { AcceptsPlayground: true } => (null, PlaygroundAccess.Refuses(http)),
        _ => (null, new CallerVerdict.Unproven("nobody may call")),
    };

    /// <summary>Checks that the activity names the same source as the token.</summary>
    public CallerVerdict Check(GoodToken? token, ActivitySource from) =>
        token is null ? PlaygroundAccess.Check(from) : verifier.Check(token, from);
}

/// <summary>The source that an activity names. It is trusted only if the token names the same.</summary>
/// <param name="ChannelId">The kind of chat, as <c>msteams</c>.</param>
/// <param name="ServiceUrl">The address to which answers are sent.</param>
/// <param name="Tenants">Every tenant that the activity names.</param>
internal sealed record ActivitySource(string? ChannelId, string? ServiceUrl, ImmutableArray<string> Tenants)
{
    public static ActivitySource Of(JsonElement activity) => new(
        activity.Text("channelId"), activity.Text("serviceUrl"),
        [.. new[] { activity.Text("conversation", "tenantId"), activity.Field("channelData")?.Text("tenant", "id") }.OfType<string>()]);
}

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
