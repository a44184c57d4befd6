using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Inbound;

/// <summary>Whether a request comes from Teams. The reasons are for logs; a caller gets the status and no word.</summary>
internal abstract record CallerVerdict
{
    private CallerVerdict() { }

    /// <summary>It does.</summary>
    public sealed record Genuine : CallerVerdict;

    /// <summary>The request does not say who calls, or it is nobody whom we know.</summary>
    public sealed record Unproven(string Because) : CallerVerdict;

    /// <summary>It may be somebody whom we know, but they may not say this.</summary>
    public sealed record Forbidden(string Because) : CallerVerdict;

    /// <summary>The issuer's keys cannot be fetched, so it is not known.</summary>
    public sealed record Undecided : CallerVerdict;

    /// <summary>The HTTP status that says it.</summary>
    public int Status => this switch
    {
        Genuine => StatusCodes.Status200OK,
        Unproven => StatusCodes.Status401Unauthorized,
        Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}

/// <summary>
/// Checks who calls: with an app, by the token that Teams sends; without one, in Development, only the Agents Playground of this machine.
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

    /// <summary>Checks that the activity says of itself what the token says.</summary>
    public CallerVerdict Check(GoodToken? token, ActivitySource from) =>
        token is null ? PlaygroundAccess.Check(from) : verifier.Check(token, from);
}

/// <summary>What an activity says of where it comes from: to be believed only if a token says the same.</summary>
/// <param name="ChannelId">The kind of chat, as <c>msteams</c>.</param>
/// <param name="ServiceUrl">Where answers are to be sent.</param>
/// <param name="Tenants">Every tenant that it names.</param>
internal sealed record ActivitySource(string? ChannelId, string? ServiceUrl, ImmutableArray<string> Tenants)
{
    public static ActivitySource Of(JsonElement activity) => new(
        activity.Text("channelId"), activity.Text("serviceUrl"),
        [.. new[] { activity.Text("conversation", "tenantId"), activity.Field("channelData")?.Text("tenant", "id") }.OfType<string>()]);
}
