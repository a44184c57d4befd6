using BotDispatch.Ports;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams;

/// <summary>
/// Settings under <c>Teams</c>, with the defaults of the public cloud. Without <see cref="AppId"/> the adapter is off, except for the
/// Agents Playground in Development.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication</remarks>
internal sealed record TeamsOptions
{
    /// <summary>The id of the bot's app registration.</summary>
    public string AppId { get; set; } = "";

    /// <summary>The app's secret; never logged.</summary>
    public string AppPassword { get; set; } = "";

    /// <summary>Instead of the secret: the app's certificate with its private key, a PFX or PEM file.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>The password of the certificate file, if it has one; never logged.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>Instead of the secret: the client id of the app's user-assigned managed identity.</summary>
    public string ManagedIdentityClientId { get; set; } = "";

    /// <summary>Instead of the secret: the file with the token by which the platform identifies the app (workload identity).</summary>
    public string FederatedTokenFile { get; set; } = "";

    /// <summary>
    /// The one tenant that is served. An administrator writes <c>*</c> to serve every tenant, which only old registrations can; the value
    /// is empty then.
    /// </summary>
    public string TenantId { get; set; } = "";

    /// <summary>The address of the metadata that lists the signing keys of requests to us.</summary>
    public Uri? OpenIdMetadataAddress { get; set; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    /// <summary>The issuer of the tokens that requests to us carry.</summary>
    public string Issuer { get; set; } = "https://api.botframework.com";

    /// <summary>The address of the server that issues our own tokens, without the tenant.</summary>
    public Uri? TokenAddress { get; set; } = new("https://login.microsoftonline.com/");

    /// <summary>The scope of our own tokens.</summary>
    public string Scope { get; set; } = "https://api.botframework.com/.default";

    /// <summary>
    /// The hosts to which our token may be sent; <c>https://*.example.com</c> means every host below that one. Empty means
    /// <see cref="ServiceUrls.OfMicrosoft"/>.
    /// </summary>
    public string[] AllowedServiceUrls { get; set; } = [];

    /// <summary>
    /// The address at which a tenant is called before it has sent anything; the default is the public cloud's own address. Afterward, the
    /// tenant is called at the address that its requests name.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/dotnet/api/microsoft.agents.extensions.msteams.teamsproactiveserviceendpoints</remarks>
    public Uri? ServiceUrl { get; set; }

    /// <summary>
    /// Whether the Agents Playground may connect without a token, from this machine alone. If it is not set, the Playground may connect in
    /// Development while there is no app.
    /// </summary>
    public bool? AllowPlayground { get; set; }

    /// <summary>Whether an administrator wrote <c>*</c> for <see cref="TenantId"/>, which is empty then.</summary>
    public bool IsForEveryTenant { get; internal set; }

    /// <summary>Whether the host runs in Development. This is set from the host's environment, not from a setting.</summary>
    public bool IsDevelopment { get; internal set; }

    /// <summary>Whether there is a registered app. If there is one, every caller needs a token for it.</summary>
    public bool HasApp => AppId.Length > 0;

    /// <summary>Whether callers on this machine need no token. Then no other machine may connect.</summary>
    public bool AcceptsPlayground => IsDevelopment && !HasApp && AllowPlayground != false;

    /// <summary>Whether the adapter accepts requests.</summary>
    public bool IsOn => HasApp || AcceptsPlayground;

    /// <summary>Whether that tenant is served.</summary>
    public bool Serves(string tenant) => TenantId.Length == 0 || TenantId.Equals(tenant, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether our token may be sent to that address, and whether requests that name it are accepted.</summary>
    public bool MayReach(string? serviceUrl) =>
        ServiceUrls.Allows(AllowedServiceUrls is { Length: > 0 } own ? own : ServiceUrls.OfMicrosoft, serviceUrl);

    /// <summary>The address at which a tenant is called before it has sent anything; null if it is unknown.</summary>
    public string? FirstServiceUrl(string tenant)
    {
        if (!HasApp || !Serves(tenant))
            return null;
        var address = ServiceUrl?.AbsoluteUri ?? (Clouds.Of(TokenAddress?.AbsoluteUri) is Cloud.Public ? ServiceUrls.OfPublicCloud : null);
        return MayReach(address) ? address : null;
    }

    /// <summary>The app's id only, so that no log prints a secret.</summary>
    public override string ToString() => $"Teams app {AppId}";
}

/// <summary>Stops the process at its start if a setting is wrong. The message names the setting and the correction.</summary>
internal sealed class TeamsOptionsValidator : IValidateOptions<TeamsOptions>
{
    public ValidateOptionsResult Validate(string? name, TeamsOptions options)
    {
        var wrong = (options.HasApp ? WrongWithApp(options) : WrongWithout(options)).Concat(WrongAnyway(options)).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    static IEnumerable<string> WrongAnyway(TeamsOptions options)
    {
        if (options.AllowPlayground == true && !options.IsDevelopment)
            yield return "Teams:AllowPlayground lets everybody on this machine in without a token, "
                + "so it is for Development alone: remove it.";
    }

    static IEnumerable<string> WrongWithout(TeamsOptions options)
    {
        if (Credentials(options).FirstOrDefault(each => each.Value.Length > 0).Setting is { } set)
            yield return $"{set} is set, but Teams:AppId is missing: enter the bot's app id, or remove both.";
    }

    static IEnumerable<string> WrongWithApp(TeamsOptions options)
    {
        if (!Guid.TryParseExact(options.AppId, "D", out _))
            yield return "Teams:AppId must be the app registration's id, as 11111111-2222-4333-8444-555555555555.";
        if (options.TenantId.Length > 0 && !Guid.TryParseExact(options.TenantId, "D", out _))
            yield return "Teams:TenantId must be the tenant's id, as 22222222-0000-4000-8000-000000000002, because Teams sends that; "
                + "its domain name is not enough.";
        if (options.AllowPlayground == true)
            yield return "Teams:AllowPlayground and Teams:AppId exclude each other: with an app, every caller needs a token.";
        var credentials = Credentials(options).Where(each => each.Value.Length > 0).Select(each => each.Setting).ToList();
        if (credentials.Count == 0)
            yield return "Teams:AppPassword is missing: set it, or another credential of the app: Teams:CertificatePath, "
                + "Teams:ManagedIdentityClientId or Teams:FederatedTokenFile.";
        if (credentials.Count > 1)
            yield return $"{string.Join(" and ", credentials)} exclude each other: set the one credential that the app is to use.";
        if (options.CertificatePassword.Length > 0 && options.CertificatePath.Length == 0)
            yield return "Teams:CertificatePassword belongs to Teams:CertificatePath, which is missing.";
        if (!IsSafe(options.OpenIdMetadataAddress))
            yield return "Teams:OpenIdMetadataAddress must be an https address, as "
                + "https://login.botframework.com/v1/.well-known/openidconfiguration (http only for this machine itself).";
        if (string.IsNullOrWhiteSpace(options.Issuer))
            yield return "Teams:Issuer must be the issuer of the tokens in requests to us, as https://api.botframework.com.";
        if (!IsSafe(options.TokenAddress))
            yield return "Teams:TokenAddress must be an https address, as https://login.microsoftonline.com/ "
                + "(http only for this machine itself).";
        if (!options.Scope.EndsWith("/.default", StringComparison.Ordinal))
            yield return "Teams:Scope must end with /.default, as https://api.botframework.com/.default.";
        string?[] ofCloud =
            [options.OpenIdMetadataAddress?.OriginalString, options.Issuer, options.TokenAddress?.OriginalString, options.Scope];
        if (ofCloud.Select(Clouds.Of).OfType<Cloud>().Distinct().Count() > 1)
            yield return "Teams:OpenIdMetadataAddress, Teams:Issuer, Teams:TokenAddress and Teams:Scope are not of one cloud: "
                + "leave all four out, or set all four, as for US Government "
                + "https://login.botframework.azure.us/v1/.well-known/openidconfiguration, https://api.botframework.us, "
                + "https://login.microsoftonline.us/ and https://api.botframework.us/.default.";
        foreach (var each in options.AllowedServiceUrls.Where(each => !ServiceUrls.IsRule(each)))
            yield return $"Teams:AllowedServiceUrls: {each} must be https and a host, as https://smba.trafficmanager.net "
                + "or https://*.teams.microsoft.com (http only for this machine itself).";
        if (options.ServiceUrl is { } first && ServiceAddress.Of(first.OriginalString, options) is null)
            yield return "Teams:ServiceUrl must be an https address on one of the hosts of Teams:AllowedServiceUrls, "
                + "as https://smba.infra.gov.teams.microsoft.us/teams.";
    }

    static (string Setting, string Value)[] Credentials(TeamsOptions options) =>
    [
        ("Teams:AppPassword", options.AppPassword),
        ("Teams:CertificatePath", options.CertificatePath),
        ("Teams:ManagedIdentityClientId", options.ManagedIdentityClientId),
        ("Teams:FederatedTokenFile", options.FederatedTokenFile),
    ];

    static bool IsSafe(Uri? address) =>
        address is { IsAbsoluteUri: true, Host.Length: > 0 }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}

/// <summary>
/// Stops the process at its start if a named file cannot be used, or if a setting is missing that only Development may leave out.
/// </summary>
internal sealed class TeamsSetupValidator(TimeProvider real) : IValidateOptions<TeamsOptions>
{
    public ValidateOptionsResult Validate(string? name, TeamsOptions options)
    {
        var wrong = options.HasApp ? Wrong(options).ToList() : [];
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    IEnumerable<string> Wrong(TeamsOptions options)
    {
        // Without this check every organisation in the world could install the bot and phone our employees.
        if (options.TenantId.Length == 0 && !options.IsForEveryTenant && !options.IsDevelopment)
            yield return "Teams:TenantId is missing: copy the App Tenant ID from the bot's registration. "
                + "Only for an old registration of the type Multi Tenant write *, which serves every organisation.";
        if (options.CertificatePath.Length > 0
            && CertificateFile.ProblemWith(
                "Teams:CertificatePath", options.CertificatePath, options.CertificatePassword, real.WallNow) is { } problem)
            yield return problem;
        if (options.FederatedTokenFile.Length > 0 && !File.Exists(options.FederatedTokenFile))
            yield return $"Teams:FederatedTokenFile is {options.FederatedTokenFile}: there is no such file. "
                + "The platform puts its path into AZURE_FEDERATED_TOKEN_FILE.";
    }
}
