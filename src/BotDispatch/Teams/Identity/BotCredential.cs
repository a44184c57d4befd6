using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace BotDispatch.Teams.Identity;

/// <summary>
/// The credential with which the bot gets a token: a secret, a certificate, a managed identity, or the token with which its platform
/// vouches for it. Throws the exceptions of MSAL.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication. MSAL refuses authorities that are
/// not https.
/// </remarks>
internal sealed class BotCredential(IOptions<TeamsOptions> options, IMsalHttpClientFactory http)
{
    const string Default = "/.default";

    // MSAL gives a token that it keeps until so long before its end.
    static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    // Gets a token, or with true a new one.
    Func<bool, CancellationToken, Task<AuthenticationResult>>? built;
    AuthenticationResult? last;

    /// <summary>Returns the cached token, or with <paramref name="isFresh"/> a new one.</summary>
    public async Task<string> AcquireAsync(bool isFresh, CancellationToken ct)
    {
        // MSAL 4.92 allocates 24 KB for each look into its cache, so it is asked only when it may have another token. Its clock is the
        // system's.
        if (!isFresh && last is { } known && TimeProvider.System.GetUtcNow() < EndOf(known))
            return known.AccessToken;
        built ??= Build(options.Value);
        last = await built(isFresh, ct);
        return last.AccessToken;
    }

    /// <summary>Makes the next call read files and settings again.</summary>
    public void Forget() => (built, last) = (null, null);

    static DateTimeOffset EndOf(AuthenticationResult token) =>
        token.AuthenticationResultMetadata?.RefreshOn is { } refresh && refresh < token.ExpiresOn - Early
            ? refresh
            : token.ExpiresOn - Early;

    Func<bool, CancellationToken, Task<AuthenticationResult>> Build(TeamsOptions options)
    {
        // A managed identity either is the bot, or vouches for the app that is the bot.
        if (options.ManagedIdentityClientId.Length > 0
            && options.ManagedIdentityClientId.Equals(options.AppId, StringComparison.OrdinalIgnoreCase))
        {
            var identity = Identity(options);
            var resource = options.Scope.EndsWith(Default, StringComparison.Ordinal) ? options.Scope[..^Default.Length] : options.Scope;
            return (isFresh, ct) => identity.AcquireTokenForManagedIdentity(resource).WithForceRefresh(isFresh).ExecuteAsync(ct);
        }
        var app = Credential(ConfidentialClientApplicationBuilder.Create(options.AppId), options)
            .WithAuthority(Clouds.Authority(options), validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(http, retryOnceOn5xx: false)
            .Build();
        string[] scopes = [options.Scope];
        return (isFresh, ct) => app.AcquireTokenForClient(scopes).WithForceRefresh(isFresh).ExecuteAsync(ct);
    }

    ConfidentialClientApplicationBuilder Credential(ConfidentialClientApplicationBuilder app, TeamsOptions options)
    {
        if (options.CertificatePath.Length > 0)
            return app.WithCertificate(BotCertificate.Load(options.CertificatePath, options.CertificatePassword));
        if (options.FederatedTokenFile.Length > 0)
            return app.WithClientAssertion(
                (AssertionRequestOptions asked) => TokenOfPlatformAsync(options.FederatedTokenFile, asked.CancellationToken));
        if (options.ManagedIdentityClientId.Length > 0)
        {
            var identity = Identity(options);
            return app.WithClientAssertion(async (AssertionRequestOptions asked) =>
                (await identity.AcquireTokenForManagedIdentity(Clouds.Exchange(options)).ExecuteAsync(asked.CancellationToken))
                    .AccessToken);
        }
        return app.WithClientSecret(options.AppPassword);
    }

    IManagedIdentityApplication Identity(TeamsOptions options) =>
        ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(options.ManagedIdentityClientId))
            .WithHttpClientFactory(http, retryOnceOn5xx: false).Build();

    // The platform replaces the token every hour or so, so it is read each time.
    static async Task<string> TokenOfPlatformAsync(string file, CancellationToken ct) => (await File.ReadAllTextAsync(file, ct)).Trim();
}

/// <summary>The certificate with which the bot gets a token: a PFX file, or a PEM file with the private key.</summary>
internal static class BotCertificate
{
    // https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-: ERROR_INVALID_PASSWORD, which .NET reports on every
    // system.
    const int InvalidPassword = unchecked((int)0x80070056);

    /// <summary>Throws the exceptions of .NET if the file, the password or the key is wrong.</summary>
    public static X509Certificate2 Load(string path, string password) => (IsPem(path), password.Length > 0) switch
    {
        (true, true) => X509Certificate2.CreateFromEncryptedPemFile(path, password),
        (true, false) => X509Certificate2.CreateFromPemFile(path),
        _ => X509CertificateLoader.LoadPkcs12FromFile(path, password),
    };

    /// <summary>
    /// Returns what is wrong with the settings of a certificate, and what to do; null if it can be used now. Never repeats the password.
    /// </summary>
    public static string? ProblemWith(string path, string password, DateTimeOffset now)
    {
        if (!File.Exists(path))
            return $"Teams:CertificatePath is {path}: there is no such file.";
        try
        {
            if (IsPem(path) && ProblemWithPem(path, File.ReadAllText(path), password.Length > 0) is { } problem)
                return problem;
            using var certificate = Load(path, password);
            if (!certificate.HasPrivateKey)
                return $"Teams:CertificatePath is {path}: it holds no private key. Export the certificate with its private key.";
            if (certificate.NotAfter.ToUniversalTime() < now.UtcDateTime)
                return $"Teams:CertificatePath is {path}: the certificate expired on {Day(certificate.NotAfter)}. Make a new one, and "
                    + "upload its public part to the app registration.";
            return certificate.NotBefore.ToUniversalTime() > now.UtcDateTime
                ? $"Teams:CertificatePath is {path}: the certificate is not valid before {Day(certificate.NotBefore)}. Check this "
                    + "machine's clock."
                : null;
        }
        catch (CryptographicException wrong) when (wrong.HResult == InvalidPassword || (IsPem(path) && password.Length > 0))
        {
            return password.Length > 0
                ? $"Teams:CertificatePassword does not open {path}: write the password that the file was exported with."
                : $"Teams:CertificatePassword is missing, and {path} is locked: write the password that the file was exported with.";
        }
        catch (CryptographicException)
        {
            return IsPem(path)
                ? $"Teams:CertificatePath is {path}: its private key cannot be read, or belongs to another certificate."
                : $"Teams:CertificatePath is {path}: it is not a PFX file. A PEM file must be called .pem, .crt or .cer.";
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return $"Teams:CertificatePath is {path}: it cannot be read. Let the account of this process read it.";
        }
    }

    static string? ProblemWithPem(string path, string text, bool hasPassword) => (
        text.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal), text.Contains("PRIVATE KEY", StringComparison.Ordinal),
            text.Contains("ENCRYPTED", StringComparison.Ordinal)) switch
    {
        (false, _, _) => $"Teams:CertificatePath is {path}: it holds no certificate.",
        (_, false, _) => $"Teams:CertificatePath is {path}: it holds no private key. Put the private key into the same file.",
        (_, _, true) when !hasPassword =>
            $"Teams:CertificatePassword is missing, and the private key in {path} is locked: write its password.",
        (_, _, false) when hasPassword =>
            $"Teams:CertificatePassword is set, but the private key in {path} is not locked: remove the password.",
        _ => null,
    };

    static string Day(DateTime moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static bool IsPem(string path) => Path.GetExtension(path).ToUpperInvariant() is ".PEM" or ".CRT" or ".CER";
}
