using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

/// <summary>One request: what stands in its header, and what its activity says.</summary>
/// <param name="Authorization">The header; null where it is missing.</param>
/// <param name="Status">Our verdict.</param>
/// <param name="OtherwiseThan">Why Microsoft's own package judges the other way; null where it judges as we do.</param>
/// <param name="Channel">The activity's channel.</param>
/// <param name="ServiceUrl">Its service address.</param>
/// <param name="Tenant">The tenant that it names.</param>
internal sealed record TokenCase(string? Authorization, int Status, string? OtherwiseThan = null, string? Channel = "msteams", string? ServiceUrl = PretendIssuer.Service, string? Tenant = TokenCorpus.OurTenant)
{
    public ActivitySource From => new(Channel, ServiceUrl, Tenant is null ? [] : [Tenant]);

    public bool ConnectorAccepts => Status == 200 == OtherwiseThan is null;
}

/// <summary>Good and forged tokens, each wrong in one thing.</summary>
internal static class TokenCorpus
{
    public const string OurTenant = "22222222-0000-4000-8000-000000000002";

    /// <summary>Those that are good tokens as far as a library for tokens looks.</summary>
    public static readonly string[] OnlyOurs = ["no service address", "another service address", "another channel's key", "a key for no channel", "a key that says nothing of channels"];

    /// <summary>Every token.</summary>
    /// <param name="issuer">Who issues the good ones.</param>
    /// <param name="edge">How many seconds those at the edge of their time are away from it: many where a judge's clock moves by itself.</param>
    public static ImmutableSortedDictionary<string, TokenCase> All(PretendIssuer issuer, int edge = 1)
    {
        string Good(Action<JsonObject>? change = null, string key = "good") => "Bearer " + issuer.Good(change, key);
        string Made(string? key = "good", string algorithm = "RS256", RSA? signer = null) => "Bearer " + PretendIssuer.Token(issuer.Claims(), key, algorithm, signer);
        var good = Good();
        var parts = good.Split('.');
        using var foreign = RSA.Create(2048);
        return new Dictionary<string, TokenCase>
        {
            ["good"] = new(good, 200),
            ["good without a slash"] = new(Good(claims => claims["serviceurl"] = PretendIssuer.Service.TrimEnd('/')), 200, ServiceUrl: PretendIssuer.Service.TrimEnd('/')),
            ["good without a beginning"] = new(Good(claims => claims.Remove("nbf")), 200),
            ["good minutes after its end"] = new(Good(claims => (claims["nbf"], claims["exp"]) = (issuer.Now - 3600, issuer.Now - 300 + edge)), 200),
            ["good minutes before its beginning"] = new(Good(claims => claims["nbf"] = issuer.Now + 300 - edge), 200),
            ["spelled otherwise"] = new(Good(claims => claims["serviceurl"] = PretendIssuer.Service.ToUpperInvariant()), 200, "it takes case for a difference"),
            ["nothing"] = new(null, 401),
            ["empty"] = new("", 401),
            ["no token"] = new("Bearer ", 401),
            ["no scheme"] = new(good["Bearer ".Length..], 401),
            ["another scheme"] = new("Basic " + good["Bearer ".Length..], 401),
            ["no token at all"] = new("Bearer hello", 401),
            ["two parts"] = new($"{parts[0]}.{parts[1]}", 401),
            ["no signature"] = new($"{parts[0]}.{parts[1]}.", 401),
            ["half a signature"] = new(good[..^100], 401),
            ["other claims under the signature"] = new($"{parts[0]}.{Good(claims => claims["serviceurl"] = "https://smba.trafficmanager.net/emea/").Split('.')[1]}.{parts[2]}", 401),
            ["another audience"] = new(Good(claims => claims["aud"] = "99999999-2222-4333-8444-555555555555"), 401),
            ["no audience"] = new(Good(claims => claims.Remove("aud")), 401),
            ["another issuer"] = new(Good(claims => claims["iss"] = "https://api.botframework.example"), 401),
            ["the issuer's name longer"] = new(Good(claims => claims["iss"] = PretendIssuer.Name + "/"), 401),
            ["a tenant's issuer"] = new(Good(claims => claims["iss"] = $"https://login.microsoftonline.com/{OurTenant}/v2.0"), 401),
            ["no issuer"] = new(Good(claims => claims.Remove("iss")), 401),
            ["expired"] = new(Good(claims => (claims["nbf"], claims["exp"]) = (issuer.Now - 3600, issuer.Now - 300 - edge)), 401),
            ["not yet valid"] = new(Good(claims => claims["nbf"] = issuer.Now + 300 + edge), 401),
            ["an end before its beginning"] = new(Good(claims => claims["exp"] = issuer.Now - 60), 401, "stricter here"),
            ["no end"] = new(Good(claims => claims.Remove("exp")), 401, "it takes a token for ever"),
            ["alg none"] = new(Made(algorithm: "none"), 401),
            ["HS256 with the public key"] = new(Made(algorithm: "HS256"), 401),
            ["PS256"] = new(Made(algorithm: "PS256"), 401),
            ["RS512"] = new(Made(algorithm: "RS512"), 401, "it takes more than the issuer's metadata names"),
            ["a foreign key"] = new(Made(signer: foreign), 401),
            ["an unknown key"] = new(Made("unknown"), 401),
            ["no key named"] = new(Made(null), 401),
            ["the emulator's"] = new(Good(claims => (claims["iss"], claims["ver"], claims["appid"]) = ("https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "1.0", PretendIssuer.App)), 401, "it always serves the emulator"),
            ["no service address"] = new(Good(claims => claims.Remove("serviceurl")), 403),
            ["an empty service address"] = new(Good(claims => claims["serviceurl"] = ""), 403),
            ["a list of service addresses"] = new(Good(claims => claims["serviceurl"] = new JsonArray(PretendIssuer.Service)), 403),
            ["another service address"] = new(Good(claims => claims["serviceurl"] = "https://smba.trafficmanager.net/emea/"), 403),
            ["one slash less"] = new(Good(claims => claims["serviceurl"] = PretendIssuer.Service.TrimEnd('/')), 403),
            ["another channel's key"] = new(Good(key: "other-channel"), 403),
            ["a key for no channel"] = new(Good(key: "empty"), 403, "without endorsements it asks for none"),
            ["a key that says nothing of channels"] = new(Good(key: "bare"), 403, "without endorsements it asks for none"),
            ["a short key"] = new(Good(key: "short"), 401, "it takes keys of any length"),
            ["another channel"] = new(good, 403, "it serves every channel", Channel: "webchat"),
            ["an unendorsed channel"] = new(good, 403, Channel: "directline"),
            ["another spelling of the channel"] = new(good, 403, Channel: "MSTeams"),
            ["no service address on either side"] = new(Good(claims => claims.Remove("serviceurl")), 403, "where the activity names none it compares nothing", ServiceUrl: null),
            ["a stranger's service address"] = new(Good(claims => claims["serviceurl"] = "https://evil.trafficmanager.net/amer/"), 403, "it has no list of hosts", ServiceUrl: "https://evil.trafficmanager.net/amer/"),
            ["a service address without encryption"] = new(Good(claims => claims["serviceurl"] = "http://smba.trafficmanager.net/amer/"), 403, "it has no list of hosts", ServiceUrl: "http://smba.trafficmanager.net/amer/"),
            ["another tenant"] = new(good, 403, "it knows of no tenants", Tenant: "33333333-0000-4000-8000-000000000003"),
            ["no tenant"] = new(good, 403, "it knows of no tenants", Tenant: null),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
