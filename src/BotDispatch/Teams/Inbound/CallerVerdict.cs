using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

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
