using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams.Identity;

/// <summary>Gives the bot its tokens, and knows which of them are good.</summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow</remarks>
public sealed class TokenOffice
{
    readonly TeamsStandIn teams;
    readonly Dictionary<string, DateTimeOffset> good = [];
    int count;

    internal TokenOffice(TeamsStandIn teams) => this.teams = teams;

    /// <summary>How many were asked for.</summary>
    public int Issued => count;

    /// <summary>It answers nobody, with 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>None of the tokens of before is good any more.</summary>
    public void KillAll() => teams.Locked(good.Clear);

    internal (int Status, JsonObject Body) Issue(string tenant, IFormCollection form) => teams.Locked(() =>
    {
        var options = teams.Options;
        if (IsDown)
            return Trouble(503, "temporarily_unavailable", "AADSTS90033: A transient error has occurred.");
        if ((options.IsMultiTenant ? tenant != "botframework.com" : teams.FindTenant(tenant) is null) || form["client_id"] != options.AppId)
            return Trouble(400, "unauthorized_client", "AADSTS700016: Application was not found in the directory.");
        if (options.AppCertificate is { } certificate ? !IsSigned(form["client_assertion"].ToString(), certificate) : form["client_secret"] != options.AppPassword)
            return Trouble(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
        if (form["grant_type"] != "client_credentials" || !form["scope"].ToString().Split(' ').Contains("https://api.botframework.com/.default"))
            return Trouble(400, "invalid_scope", "AADSTS70011: The provided value for the input parameter 'scope' is not valid.");
        var token = $"bot-token-{Interlocked.Increment(ref count)}";
        good[token] = teams.Clock.GetUtcNow() + options.TokenLife;
        var seconds = (int)options.TokenLife.TotalSeconds - 1;
        return (200, new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = seconds, ["ext_expires_in"] = seconds, ["access_token"] = token });
    });

    /// <summary>Whether the bot may speak with it. One that was never given out is a theft or a mistake, and complained of.</summary>
    internal bool IsGood(string? token) => teams.Locked(() =>
    {
        if (token is null || !token.StartsWith("bot-token-", StringComparison.Ordinal))
            teams.Complain(null, "a call without the bot's token");
        return token is not null && good.TryGetValue(token, out var until) && until > teams.Clock.GetUtcNow();
    });

    // https://learn.microsoft.com/entra/identity-platform/certificate-credentials: RS256 or PS256.
    static bool IsSigned(string assertion, X509Certificate2 certificate)
    {
        if (assertion.Split('.') is not [var header, var claims, var signature])
            return false;
        var padding = JsonNode.Parse(Base64Url.DecodeFromChars(header))!["alg"]!.GetValue<string>() == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        using var key = certificate.GetRSAPublicKey()!;
        return key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, padding);
    }

    static (int, JsonObject) Trouble(int status, string error, string words) => (status, new JsonObject { ["error"] = error, ["error_description"] = words });
}
