using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace BotDispatch.Teams.Identity;

/// <summary>What the bot shows to get a token: a secret, a certificate, a managed identity, or the token with which its platform vouches for it. Throws what MSAL throws.</summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication. MSAL refuses authorities that are not https.</remarks>
internal sealed class BotCredential(IOptions<TeamsOptions> options, IMsalHttpClientFactory http)
{
    const string Default = "/.default";

    Acquire? built;

    delegate Task<AuthenticationResult> Acquire(bool isFresh, CancellationToken ct);

    /// <summary>The kept token, or with <paramref name="isFresh"/> surely a new one.</summary>
    public async Task<string> AcquireAsync(bool isFresh, CancellationToken ct)
    {
        built ??= Build(options.Value);
        return (await built(isFresh, ct)).AccessToken;
    }

    /// <summary>Files and settings are read again next time.</summary>
    public void Forget() => built = null;

    Acquire Build(TeamsOptions options)
    {
        // A managed identity either is the bot, or vouches for the app that is.
        if (options.ManagedIdentityClientId.Length > 0 && options.ManagedIdentityClientId.Equals(options.AppId, StringComparison.OrdinalIgnoreCase))
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
            return app.WithClientAssertion((AssertionRequestOptions asked) => TokenOfPlatformAsync(options.FederatedTokenFile, asked.CancellationToken));
        if (options.ManagedIdentityClientId.Length > 0)
        {
            var identity = Identity(options);
            return app.WithClientAssertion(async (AssertionRequestOptions asked) =>
                (await identity.AcquireTokenForManagedIdentity(Clouds.Exchange(options)).ExecuteAsync(asked.CancellationToken)).AccessToken);
        }
        return app.WithClientSecret(options.AppPassword);
    }

    IManagedIdentityApplication Identity(TeamsOptions options) =>
        ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(options.ManagedIdentityClientId)).WithHttpClientFactory(http, retryOnceOn5xx: false).Build();

    // The platform replaces it every hour or so: read anew each time.
    static async Task<string> TokenOfPlatformAsync(string file, CancellationToken ct) => (await File.ReadAllTextAsync(file, ct)).Trim();
}
