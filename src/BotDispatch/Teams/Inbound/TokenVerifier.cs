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
/// Says whether an activity and its token come from Teams. That the token is good is the smaller part: it must have been issued for this
/// very service address,
/// which must be one of Microsoft's, and by a key that may sign for Teams. Otherwise a token of another bot's channel would make ours
/// travel to a stranger.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, "Connector to bot"
/// </remarks>
internal sealed class TokenVerifier(IssuerKeys keys, IOptions<TeamsOptions> options, TimeProvider clock)
{
    /// <summary>The only channel that is served. In others, as Direct Line, the client itself says who it is.</summary>
    public const string Channel = "msteams";

    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    const string Scheme = "Bearer ";

    // Teams' are about 1 KB long.
    const int LongestToken = 16 * 1024;

    readonly JsonWebTokenHandler handler = new();

    /// <summary>Judges the token and what it was sent with; nothing is sent anywhere but the question for the issuer's keys.</summary>
    public async ValueTask<CallerVerdict> CheckAsync(string? authorization, ActivitySource from) =>
        await ReadAsync(authorization) is var (token, refusal) && token is null ? refusal! : Check(token!, from);

    /// <summary>The token, if it is one of Teams'; otherwise why not. That is known before a byte of the body is read.</summary>
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
                return (new(Part(token, 1, claims => claims.Text("serviceurl")), named.All(key => key.Endorsements.Contains(Channel))), null);
        }
    }

    /// <summary>Whether what was sent with a good token is what that token is for.</summary>
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

    // The name of the key is needed before the token can be checked, and the library takes a list of one address for the address: both
    // are read as they stand.
    static string? Part(string token, int index, Func<JsonElement, string?> read) =>
        token.Split('.', 4) is [_, _, _] parts && Base64Url.IsValid(parts[index]) ? SafeJson.Read(Base64Url.DecodeFromChars(parts[index]), read) : null;
}

/// <summary>What a token that Teams signed for this bot, and that is in time, says further.</summary>
/// <param name="ServiceUrl">The service address that it was issued for.</param>
/// <param name="MaySignForTeams">Whether its key is endorsed for the channel of Teams.</param>
internal sealed record GoodToken(string? ServiceUrl, bool MaySignForTeams);
