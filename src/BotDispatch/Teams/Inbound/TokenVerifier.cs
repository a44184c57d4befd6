using System.Buffers.Text;
using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using static BotDispatch.Teams.Inbound.CallerVerdict;

namespace BotDispatch.Teams.Inbound;

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
                return (null, new Unproven($"the token is not good: {result.Exception.GetType().Name}"));
            case var named:
                return (new(
                    Part(token, 1, claims => claims.Text("serviceurl")),
                    named.All(key => key.Endorsements.Contains(Channel))), null);
        }
    }

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
