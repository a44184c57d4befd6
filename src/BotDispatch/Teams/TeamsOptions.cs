using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Identity;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams;

/// <summary>Settings under <c>Teams</c>, with the defaults of the public cloud. Without <see cref="AppId"/> the adapter is off, but for the Agents Playground in Development.</summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication</remarks>
internal sealed record TeamsOptions
{
    /// <summary>The bot's app registration.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Its secret; never logged.</summary>
    public string AppPassword { get; set; } = "";

    /// <summary>Or its certificate with the private key, a PFX or PEM file.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>What the certificate is locked with, if it is; never logged.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>Or the user-assigned managed identity that speaks for the app.</summary>
    public string ManagedIdentityClientId { get; set; } = "";

    /// <summary>Or the file with the token that the platform vouches for the app with (workload identity).</summary>
    public string FederatedTokenFile { get; set; } = "";

    /// <summary>The one tenant that is served; empty serves every tenant, which only old registrations can. <c>*</c> is written to say so.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>Where the keys are that requests to us are signed with.</summary>
    public Uri? OpenIdMetadataAddress { get; set; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    /// <summary>Who issues the tokens that requests to us carry.</summary>
    public string Issuer { get; set; } = "https://api.botframework.com";

    /// <summary>Where tokens of ours are had, without the tenant.</summary>
    public Uri? TokenAddress { get; set; } = new("https://login.microsoftonline.com/");

    /// <summary>What tokens of ours are for.</summary>
    public string Scope { get; set; } = "https://api.botframework.com/.default";

    /// <summary>The hosts that may be sent a token of ours; <c>https://*.example.com</c> is every host below one. Empty for <see cref="ServiceUrls.OfMicrosoft"/>.</summary>
    public string[] AllowedServiceUrls { get; set; } = [];

    /// <summary>Where a tenant is called that nothing was heard from yet; left out, the public cloud's own address. Once something was heard, it is called where Teams says.</summary>
    /// <remarks>https://learn.microsoft.com/dotnet/api/microsoft.agents.extensions.msteams.teamsproactiveserviceendpoints</remarks>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Whether the Agents Playground may connect without a token, from this machine alone; left out, it may in Development while there is no app.</summary>
    public bool? AllowPlayground { get; set; }

    /// <summary>An administrator wrote <c>*</c> for <see cref="TenantId"/>, which is empty then.</summary>
    public bool IsForEveryTenant { get; internal set; }

    /// <summary>Set from the host's environment, not from a setting.</summary>
    public bool IsDevelopment { get; internal set; }

    /// <summary>There is a registered app: whoever calls must have a token for it.</summary>
    public bool HasApp => AppId.Length > 0;

    /// <summary>Nobody needs a token, and nobody but this machine is let in.</summary>
    public bool AcceptsPlayground => IsDevelopment && !HasApp && AllowPlayground != false;

    /// <summary>Somebody may call.</summary>
    public bool IsOn => HasApp || AcceptsPlayground;

    /// <summary>Whether that tenant is served.</summary>
    public bool Serves(string tenant) => TenantId.Length == 0 || TenantId.Equals(tenant, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a token of ours may travel there, and whether anything is taken that came from there.</summary>
    public bool MayReach(string? serviceUrl) => ServiceUrls.Allows(AllowedServiceUrls is { Length: > 0 } own ? own : ServiceUrls.OfMicrosoft, serviceUrl);

    /// <summary>Where a tenant is called that nothing was heard from yet; null where nobody knows.</summary>
    public string? FirstServiceUrl(string tenant)
    {
        if (!HasApp || !Serves(tenant))
            return null;
        var address = ServiceUrl?.AbsoluteUri ?? (Clouds.Of(TokenAddress?.AbsoluteUri) is Cloud.Public ? ServiceUrls.OfPublicCloud : null);
        return MayReach(address) ? address : null;
    }

    /// <summary>Secrets stay out of whatever prints this.</summary>
    public override string ToString() => $"Teams app {AppId}";
}

/// <summary>Stops the process at its start with the name of the setting that is wrong, and what to do.</summary>
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
            yield return "Teams:AllowPlayground lets everybody on this machine in without a token, so it is for Development alone: remove it.";
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
            yield return "Teams:TenantId must be the tenant's id, as 22222222-0000-4000-8000-000000000002, because Teams sends that; its domain name is not enough.";
        if (options.AllowPlayground == true)
            yield return "Teams:AllowPlayground and Teams:AppId exclude each other: with an app, every caller needs a token.";
        var credentials = Credentials(options).Where(each => each.Value.Length > 0).Select(each => each.Setting).ToList();
        if (credentials.Count == 0)
            yield return "Teams:AppPassword is missing: set it, or another credential of the app: Teams:CertificatePath, Teams:ManagedIdentityClientId or Teams:FederatedTokenFile.";
        if (credentials.Count > 1)
            yield return $"{string.Join(" and ", credentials)} exclude each other: set the one credential that the app is to use.";
        if (options.CertificatePassword.Length > 0 && options.CertificatePath.Length == 0)
            yield return "Teams:CertificatePassword belongs to Teams:CertificatePath, which is missing.";
        if (!IsSafe(options.OpenIdMetadataAddress))
            yield return "Teams:OpenIdMetadataAddress must be an https address, as https://login.botframework.com/v1/.well-known/openidconfiguration (http only for this machine itself).";
        if (string.IsNullOrWhiteSpace(options.Issuer))
            yield return "Teams:Issuer must be the issuer of the tokens in requests to us, as https://api.botframework.com.";
        if (!IsSafe(options.TokenAddress))
            yield return "Teams:TokenAddress must be an https address, as https://login.microsoftonline.com/ (http only for this machine itself).";
        if (!options.Scope.EndsWith("/.default", StringComparison.Ordinal))
            yield return "Teams:Scope must end with /.default, as https://api.botframework.com/.default.";
        if (((string?[])[options.OpenIdMetadataAddress?.OriginalString, options.Issuer, options.TokenAddress?.OriginalString, options.Scope]).Select(Clouds.Of).OfType<Cloud>().Distinct().Count() > 1)
            yield return "Teams:OpenIdMetadataAddress, Teams:Issuer, Teams:TokenAddress and Teams:Scope are not of one cloud: leave all four out, or set all four, as for US Government "
                + "https://login.botframework.azure.us/v1/.well-known/openidconfiguration, https://api.botframework.us, https://login.microsoftonline.us/ and https://api.botframework.us/.default.";
        foreach (var each in options.AllowedServiceUrls.Where(each => !ServiceUrls.IsRule(each)))
            yield return $"Teams:AllowedServiceUrls: {each} must be https and a host, as https://smba.trafficmanager.net or https://*.teams.microsoft.com (http only for this machine itself).";
        if (options.ServiceUrl is { } first && ServiceAddress.Of(first.OriginalString, options) is null)
            yield return "Teams:ServiceUrl must be an https address on one of the hosts of Teams:AllowedServiceUrls, as https://smba.infra.gov.teams.microsoft.us/teams.";
    }

    static (string Setting, string Value)[] Credentials(TeamsOptions options) =>
    [
        ("Teams:AppPassword", options.AppPassword),
        ("Teams:CertificatePath", options.CertificatePath),
        ("Teams:ManagedIdentityClientId", options.ManagedIdentityClientId),
        ("Teams:FederatedTokenFile", options.FederatedTokenFile),
    ];

    static bool IsSafe(Uri? address) =>
        address is { IsAbsoluteUri: true, Host.Length: > 0 } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
