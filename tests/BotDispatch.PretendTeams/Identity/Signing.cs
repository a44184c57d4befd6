using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams.Identity;

/// <summary>Signs what is sent to the bot, and publishes the keys for it, each with the channels that it may sign for.</summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, "Connector to bot"</remarks>
public sealed class Signing
{
    // Making them takes longer than anything else here.
    static readonly RSA First = RSA.Create(2048), Second = RSA.Create(2048), Stranger = RSA.Create(2048);

    readonly TeamsStandIn teams;
    readonly Dictionary<string, (RSA Key, string[] Endorsements)> keys = new() { ["teams-1"] = (First, ["msteams"]), ["web-1"] = (Second, ["webchat", "directline"]) };
    string current = "teams-1";

    internal Signing(TeamsStandIn teams) => this.teams = teams;

    /// <summary>From now on another key signs, and the one before is gone.</summary>
    public void Rotate() => teams.Locked(() =>
    {
        keys.Remove(current);
        keys[current = "teams-2"] = (Second, ["msteams"]);
    });

    /// <summary>The header of a delivery of this activity; <paramref name="change"/> makes its claims others than they should be.</summary>
    public string For(JsonObject activity, Action<JsonObject>? change = null, string? key = null, bool isForged = false) => teams.Locked(() =>
    {
        var now = teams.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["serviceurl"] = activity.Word("serviceUrl"),
            ["nbf"] = now,
            ["exp"] = now + 3600,
            ["iss"] = teams.Options.Issuer,
            ["aud"] = teams.Options.AppId,
        };
        change?.Invoke(claims);
        key ??= current;
        var signed = $"{Encoded(new() { ["alg"] = "RS256", ["kid"] = key, ["typ"] = "JWT" })}.{Encoded(claims)}";
        var signer = isForged ? Stranger : keys[key].Key;
        return $"Bearer {signed}.{Base64Url.EncodeToString(signer.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    });

    internal JsonObject Metadata() => new()
    {
        ["issuer"] = teams.Options.Issuer,
        ["jwks_uri"] = new Uri(teams.Options.MetadataAddress, "/v1/.well-known/keys").AbsoluteUri,
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
    };

    internal JsonObject Keys() => teams.Locked(() => new JsonObject { ["keys"] = new JsonArray([.. keys.Select(each => Written(each.Key, each.Value.Key, each.Value.Endorsements))]) });

    static JsonObject Written(string name, RSA key, string[] endorsements)
    {
        var numbers = key.ExportParameters(false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = name,
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
            ["endorsements"] = new JsonArray([.. endorsements.Select(each => JsonValue.Create(each))]),
        };
    }

    static string Encoded(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
