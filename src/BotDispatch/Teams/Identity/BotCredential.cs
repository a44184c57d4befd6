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

    // Gets a token, or with true a new one.
    Func<bool, CancellationToken, Task<AuthenticationResult>>? built;

    /// <summary>Returns the cached token, or with <paramref name="isFresh"/> a new one.</summary>
    public async Task<string> AcquireAsync(bool isFresh, CancellationToken ct)
    {
        built ??= Build(options.Value);
        return (await built(isFresh, ct)).AccessToken;
    }

    /// <summary>Makes the next call read files and settings again.</summary>
    public void Forget() => built = null;

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
