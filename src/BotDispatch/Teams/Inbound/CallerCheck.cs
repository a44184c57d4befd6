using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;
using static BotDispatch.Teams.Inbound.CallerVerdict;

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

/// <summary>
/// Verifies that an activity and its token come from Teams. A valid signature is not enough: the token must name the activity's service
/// address, that address must be Microsoft's, and the key must be endorsed for Teams. Otherwise a token of another channel would make us
/// send our own token to a stranger.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, "Connector to bot"
/// </remarks>
internal sealed class TokenVerifier(IssuerKeys keys, IOptions<TeamsOptions> options, TimeProvider clock)
{
    /// <summary>The only channel that is served. In other channels, as Direct Line, a client may claim any identity.</summary>
    public const string Channel = "msteams";

    /// <summary>The most that the clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    const string Scheme = "Bearer ";

    // Teams' tokens are about 1 KB long.
    const int LongestToken = 16 * 1024;

    readonly JsonWebTokenHandler handler = new();

    /// <summary>Verifies the token and its activity. The only request that this sends is the fetch of the issuer's keys.</summary>
    public async ValueTask<CallerVerdict> CheckAsync(string? authorization, ActivitySource from) =>
        await ReadAsync(authorization) is var (token, refusal) && token is null ? refusal! : Check(token!, from);

    /// <summary>Reads the token, or says why it is refused. This needs no part of the body.</summary>
    public async ValueTask<(GoodToken? Token, CallerVerdict? Refusal)> ReadAsync(string? authorization)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.Ordinal) != true)
            return (null, new Unproven("there is no token"));
        if (authorization.Length > LongestToken)
            return (null, new Unproven("the token is too long"));
        var token = authorization[Scheme.Length..].Trim();
        if (Part(token, 0, header => header.Text("kid")) is not { Length: > 0 } name)
            return (null, new Unproven("the token names no key"));
        switch (await keys.FindAsync(name))
        {
            case null:
                return (null, new Undecided());
            case []:
                return (null, new Unproven("the issuer has no such key"));
            case var named when await handler.ValidateTokenAsync(token, Parameters(named)) is { IsValid: false } result:
                return (null, new Unproven(WhyNotGood(result.Exception)));
            case var named:
                return (new(
                    Part(token, 1, claims => claims.Text("serviceurl")),
                    named.All(key => key.Endorsements.Contains(Channel))), null);
        }
    }

    // Of the library's exceptions only the kind is used, because their messages repeat the token.
    static string WhyNotGood(Exception refused) => refused switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException
            or SecurityTokenNoExpirationException => "the token is for another time than this machine's: is its clock right?",
        SecurityTokenInvalidAudienceException => "the token is for another app than Teams:AppId",
        SecurityTokenInvalidIssuerException => "the token is of another issuer than Teams:Issuer",
        SecurityTokenInvalidAlgorithmException => "the token is signed in a way that Teams does not use",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => "the token's signature is wrong",
        _ => $"the token is not good ({refused.GetType().Name})",
    };

    /// <summary>Verifies that a valid token is meant for the activity with which it was sent.</summary>
    public CallerVerdict Check(GoodToken token, ActivitySource from)
    {
        if (!options.Value.MayReach(from.ServiceUrl))
            return new Forbidden("its service address is not on the list of Teams:AllowedServiceUrls");
        if (from.ChannelId != Channel)
            return new Forbidden("its channel is not Teams");
        if (token.ServiceUrl is not { Length: > 0 } serviceUrl)
            return new Forbidden("the token names no service address");
        if (!serviceUrl.Equals(from.ServiceUrl, StringComparison.OrdinalIgnoreCase))
            return new Forbidden("the token is for another service address");
        if (!token.MaySignForTeams)
            return new Forbidden("the key may not sign for Teams");
        return IsOurTenant(from) ? new Genuine() : new Forbidden("it comes from another tenant than Teams:TenantId");
    }

    bool IsOurTenant(ActivitySource from) =>
        options.Value.TenantId.Length == 0 || (!from.Tenants.IsEmpty && from.Tenants.All(options.Value.Serves));

    TokenValidationParameters Parameters(IReadOnlyList<IssuerKey> named) => new()
    {
        ValidIssuer = options.Value.Issuer,
        ValidAudiences = [options.Value.AppId, options.Value.AppId.ToLowerInvariant()],
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        IssuerSigningKeys = named.Select(key => key.Rsa),
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
        LogValidationExceptions = false,
    };

    bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.WallNow.UtcDateTime;
        return expires is { } end && end + Skew > now && (notBefore is not { } begin || (begin - Skew <= now && begin <= end));
    }

    // Read the raw JSON, because the key's name is needed before the token can be verified, and because the library reads a list of one
    // service address as that address.
    static string? Part(string token, int index, Func<JsonElement, string?> read) =>
        token.Split('.', 4) is [_, _, _] parts && Base64Url.IsValid(parts[index])
            ? SafeJson.Read(Base64Url.DecodeFromChars(parts[index]), read)
            : null;
}

/// <summary>The claims of a valid token that Teams signed for this bot.</summary>
/// <param name="ServiceUrl">The service address for which it was issued.</param>
/// <param name="MaySignForTeams">Whether its key is endorsed for the Teams channel.</param>
internal sealed record GoodToken(string? ServiceUrl, bool MaySignForTeams);
