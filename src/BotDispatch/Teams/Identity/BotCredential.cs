using BotDispatch.Settings;
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
            return app.WithCertificate(CertificateFile.Load(options.CertificatePath, options.CertificatePassword));
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
