using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BotDispatch.Http;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Polly.Timeout;

namespace BotDispatch.Teams.Identity;

/// <summary>The tokens with which we call the connector as the bot.</summary>
internal interface IBotTokens
{
    /// <summary>Returns a token. It throws only when <paramref name="ct"/> is cancelled.</summary>
    /// <param name="refused">The token that Teams refused: another one is returned, if there is another. Null the first time.</param>
    /// <param name="ct">The caller waits no longer.</param>
    Task<BotToken> GetAsync(string? refused, CancellationToken ct);
}

/// <summary>A token, or why there is none.</summary>
internal abstract record BotToken
{
    private BotToken() { }

    /// <summary>The token.</summary>
    public sealed record Have(string Value) : BotToken
    {
        /// <summary>Leaves the token out, so that it is printed nowhere.</summary>
        public override string ToString() => nameof(Have);
    }

    /// <summary>The bot's credentials are refused or cannot be read; the reason names the setting that is wrong.</summary>
    public sealed record Refused(string Because) : BotToken;

    /// <summary>The issuer of tokens was not reached, or could not answer. Later it may work.</summary>
    public sealed record NotReached(string Because) : BotToken;
}

/// <summary>Gets the bot's token for one caller at a time. MSAL keeps it until shortly before it expires.</summary>
internal sealed class BotTokens(
    BotCredential credential, TeamsReach reach, IOptions<TeamsOptions> options, TimeProvider clock, ILogger<BotTokens> log)
    : IBotTokens, IDisposable
{
    // With wrong settings, not every message asks again.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim oneAtATime = new(1, 1);
    (BotToken.Refused Answer, DateTimeOffset Until)? refusal;
    DateTimeOffset renewed = DateTimeOffset.MinValue;
    BotToken.NotReached? failure;
    int failures;

    /// <inheritdoc/>
    public async Task<BotToken> GetAsync(string? refused, CancellationToken ct)
    {
        var failuresBefore = Volatile.Read(ref failures);
        await oneAtATime.WaitAsync(ct);
        try
        {
            // A failure counts for everybody who waited meanwhile. Otherwise each of them would wait for a failure of their own.
            if (failures != failuresBefore && failure is not null)
                return failure;
            if (refusal is { } known && clock.GetUtcNow() < known.Until)
                return known.Answer;
            var token = await AskAsync(isFresh: false, ct);
            return token is BotToken.Have { Value: var value } && value == refused ? await RenewAsync(ct) : token;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    async Task<BotToken> RenewAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - renewed < Rest)
            return new BotToken.Refused(
                "Teams does not take a fresh token: Teams:AppId must be the app that the bot is registered with, and its tenant "
                + "Teams:TenantId");
        renewed = now;
        return await AskAsync(isFresh: true, ct);
    }

    async Task<BotToken> AskAsync(bool isFresh, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        var token = await TryAsync(isFresh, either.Token, ct);
        failure = null;
        switch (token)
        {
            case BotToken.Refused refused:
                refusal = (refused, clock.GetUtcNow() + Rest);
                // Somebody may replace a file meanwhile.
                credential.Forget();
                log.TokenRefused(refused.Because);
                break;
            case BotToken.NotReached not:
                failure = not;
                Volatile.Write(ref failures, failures + 1);
                if (reach.Tokens.IsNews(not.Because))
                    log.TokensNotReached(not.Because);
                break;
            case BotToken.Have:
                reach.Answered();
                if (reach.Tokens.Ends())
                    log.TokensReachedAgain();
                break;
        }
        return token;
    }

    async Task<BotToken> TryAsync(bool isFresh, CancellationToken limited, CancellationToken ct)
    {
        try
        {
            return new BotToken.Have(await credential.AcquireAsync(isFresh, limited));
        }
        catch (Exception trouble) when (!ct.IsCancellationRequested && IdentityTrouble.Of(trouble, options.Value) is { } expected)
        {
            return expected;
        }
    }
}

/// <summary>Says in words why there is no token, and names the setting. Unexpected exceptions stay exceptions.</summary>
internal static partial class IdentityTrouble
{
    const string Prefix = "managed_identity";

    /// <summary>Returns why there is no token; null for an exception that should not happen.</summary>
    public static BotToken? Of(Exception trouble, TeamsOptions options) => trouble switch
    {
        MsalServiceException service => Of(service, options),
        MsalClientException client => Of(client),
        HttpRequestException broken =>
            new BotToken.NotReached(
                $"Teams:TokenAddress is not reached: "
                + $"{NetworkTrouble.Of(broken, options.TokenAddress!) ?? broken.HttpRequestError.ToString()}"),
        OperationCanceledException or TimeoutRejectedException => new BotToken.NotReached("the issuer of tokens did not answer in time"),
        // MSAL accepts no other.
        ArgumentException { ParamName: "authority" } =>
            new BotToken.Refused("Teams:TokenAddress must be an https address, as https://login.microsoftonline.com/"),
        IOException or UnauthorizedAccessException => new BotToken.Refused($"the file of {FileSetting(options)} cannot be read"),
        CryptographicException =>
            new BotToken.Refused(
                "the file of Teams:CertificatePath is not a certificate with its private key, or Teams:CertificatePassword does "
                + "not open it"),
        _ => null,
    };

    static BotToken Of(MsalServiceException service, TeamsOptions options)
    {
        if (service.StatusCode is 429 or >= 500)
            return new BotToken.NotReached($"the issuer of tokens answered {service.StatusCode}");
        if (service.ErrorCode.StartsWith(Prefix, StringComparison.Ordinal))
            return OfManagedIdentity(service.ErrorCode);
        var number = Number().Match(service.Message) is { Success: true } found ? found.Groups[1].Value : "";
        if (WordsFor(number, options) is { } words)
            return new BotToken.Refused($"{words} (AADSTS{number})");
        return service.StatusCode is 400 or 401 or 403
            ? new BotToken.Refused(
                $"the issuer of tokens refuses the app: {(number.Length > 0 ? "AADSTS" + number : Clean(service.ErrorCode))}")
            : new BotToken.NotReached($"the issuer of tokens answered {service.StatusCode}, {Clean(service.ErrorCode)}");
    }

    static BotToken Of(MsalClientException client) => client.ErrorCode switch
    {
        MsalError.RequestTimeout => new BotToken.NotReached("the issuer of tokens did not answer in time"),
        MsalError.CertWithoutPrivateKey => new BotToken.Refused("the certificate of Teams:CertificatePath has no private key"),
        MsalError.CertificateNotRsa => new BotToken.Refused("the certificate of Teams:CertificatePath must have an RSA key"),
        _ when client.ErrorCode.StartsWith(Prefix, StringComparison.Ordinal) => OfManagedIdentity(client.ErrorCode),
        _ => new BotToken.Refused($"Teams:TokenAddress, Teams:TenantId or the credential cannot be used: {Clean(client.ErrorCode)}"),
    };

    static BotToken OfManagedIdentity(string code) => code switch
    {
        MsalError.ManagedIdentityUnreachableNetwork or MsalError.ManagedIdentityAllSourcesUnavailable =>
            new BotToken.NotReached(
                "Teams:ManagedIdentityClientId is set, but this machine has no managed identities, or their service does not answer"),
        MsalError.ManagedIdentityResponseParseFailure =>
            new BotToken.NotReached("the service of managed identities gave an answer that cannot be read"),
        _ => new BotToken.Refused("Teams:ManagedIdentityClientId is not a managed identity assigned to this machine"),
    };

    /// <remarks>https://learn.microsoft.com/entra/identity-platform/reference-error-codes</remarks>
    static string? WordsFor(string number, TeamsOptions options) => number switch
    {
        "7000215" => "Teams:AppPassword is not the app's secret: the secret's value is meant, not its id",
        "7000222" => "Teams:AppPassword has expired: make a new client secret for the app",
        // Since 2025 every new bot belongs to one tenant, and no other tenant knows it.
        "700016" when options.TenantId.Length == 0 =>
            "Teams:TenantId is missing, and Teams:AppId is not an app for many tenants: set it to the app's own tenant",
        "700016" => "Teams:AppId is not known in the tenant of Teams:TenantId",
        "90002" or "900023" or "900021" => "Teams:TenantId is not a tenant of the cloud at Teams:TokenAddress",
        "7000112" or "700005" => "the app of Teams:AppId is disabled in its tenant",
        "700027" or "7000273" =>
            "the certificate of Teams:CertificatePath is not one of the app's, or has expired: upload its public part to the app",
        "700024" => "the clock of this machine is wrong, or the token of Teams:FederatedTokenFile has expired",
        "70021" or "700211" or "700212" or "700213" or "700214" =>
            "the app has no federated credential that fits: issuer, subject and audience must be those of Teams:FederatedTokenFile, or of "
            + "Teams:ManagedIdentityClientId",
        "500011" or "70011" or "1002012" => "Teams:Scope is not known in the tenant, as https://api.botframework.com/.default",
        "53003" => "a policy of the tenant blocks the app of Teams:AppId",
        _ => null,
    };

    static string FileSetting(TeamsOptions options) =>
        options.CertificatePath.Length > 0 ? "Teams:CertificatePath" : "Teams:FederatedTokenFile";

    // The words of other systems may contain anything.
    static string Clean(string code) => Word().IsMatch(code) ? code : "unnamed_error";

    [GeneratedRegex(@"AADSTS(\d{5,9})")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[a-z0-9_]{1,80}\z")]
    private static partial Regex Word();
}
