using BotDispatch.Http;

namespace BotDispatch.Teams;

/// <summary>
/// Decides which service addresses a request may name for its answers. The bot's token is sent to that address, so a request that names a
/// foreign address tries to steal the token.
/// </summary>
internal static class ServiceUrls
{
    const string Below = "*.";

    /// <summary>The address at which every tenant of the public cloud can be called.</summary>
    public const string OfPublicCloud = "https://smba.trafficmanager.net/teams/";

    /// <summary>
    /// The hosts of Teams and of Bot Framework. Anybody can register a host below <c>trafficmanager.net</c>, so only one host there is
    /// allowed.
    /// </summary>
    /// <remarks>https://github.com/microsoft/Agents-for-net, OutboundHostValidator</remarks>
    public static readonly string[] OfMicrosoft =
    [
        "https://smba.trafficmanager.net",
        "https://botframework.com", "https://*.botframework.com",
        "https://teams.microsoft.com", "https://*.teams.microsoft.com",
        "https://teams.microsoft.us", "https://*.teams.microsoft.us",
    ];

    /// <summary>Whether one of the rules names the address's scheme, host and port.</summary>
    public static bool Allows(IEnumerable<string> rules, string? serviceUrl) =>
        Read(serviceUrl) is { } address && rules.Any(rule => Read(Bare(rule)) is { } bare
            && bare.Scheme == address.Scheme
            && bare.Port == address.Port
            && (IsWild(rule)
                ? address.IdnHost.EndsWith("." + bare.IdnHost, StringComparison.OrdinalIgnoreCase)
                : address.IdnHost.Equals(bare.IdnHost, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a setting has the form of a rule.</summary>
    public static bool IsRule(string? setting) =>
        setting is not null && Read(Bare(setting)) is { AbsolutePath: "/", Query: "", Fragment: "" };

    /// <summary>Whether the address leads to this machine, as the Agents Playground's does.</summary>
    public static bool IsOwnMachine(string? serviceUrl) => Read(serviceUrl) is { IsLoopback: true };

    static bool IsWild(string rule) => rule.Contains("://" + Below, StringComparison.Ordinal);

    static string Bare(string rule) => IsWild(rule) ? rule.Replace("://" + Below, "://", StringComparison.Ordinal) : rule;

    // Refuse user info, because the text before an at sign looks like the host but is not.
    static Uri? Read(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Host.Length > 0 && address.UserInfo.Length == 0 && !address.Host.Contains('*')
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : null;
}

/// <summary>
/// Decides whether a service address may be called. Addresses come with requests and from the database, and the server that is called gets
/// a token that speaks as the bot everywhere. So each address is checked before it is called: only https, and only hosts that an
/// administrator has allowed; http only to this machine, if an administrator names the address with its port. Without an app there is no
/// token, and only this machine is called.
/// </summary>
internal static class ServiceAddress
{
    /// <summary>The code of a call to an address that our own setting forbids.</summary>
    public const string NotAllowed = "service_url_not_allowed";

    /// <summary>Returns the address with one slash at its end, for paths after it; null if it may not be called.</summary>
    public static Uri? Of(string serviceUrl, TeamsOptions options) =>
        Plain(serviceUrl) is { } address && MayBeCalled(serviceUrl, options) ? address.AsFolder() : null;

    /// <summary>
    /// Returns why an address may not be called, to follow "an address that"; never the address itself, because anybody can have written
    /// it.
    /// </summary>
    public static string WhyNot(string serviceUrl, TeamsOptions options) => Plain(serviceUrl) switch
    {
        null => "is not a plain address of a server",
        _ when !options.IsOn => "nobody may call while Teams is not set up",
        _ when !options.HasApp => "is not on this machine, and without Teams:AppId nobody else is called",
        { Scheme: "http", IsLoopback: false } =>
            "is http: the bot's token travels over https alone (http to this machine itself, where Teams:AllowedServiceUrls names it)",
        { Scheme: not ("http" or "https") } => "is neither https nor http",
        _ => "is not in Teams:AllowedServiceUrls",
    };

    // Some parsers of addresses drop blanks and control characters, and some treat a backslash as a slash.
    static Uri? Plain(string serviceUrl) =>
        !serviceUrl.Any(sign => sign is <= ' ' or '\\' or '\x7f') && Uri.TryCreate(serviceUrl, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
            ? address
            : null;

    static bool MayBeCalled(string serviceUrl, TeamsOptions options) => options.HasApp
        ? options.MayReach(serviceUrl)
        : options.AcceptsPlayground && ServiceUrls.IsOwnMachine(serviceUrl);
}

/// <summary>Microsoft's clouds, which are separate from each other.</summary>
internal enum Cloud
{
    /// <summary>The public cloud, and GCC.</summary>
    Public,
    /// <summary>GCC High and DoD.</summary>
    UsGovernment,
    /// <summary>The cloud of 21Vianet.</summary>
    China,
}

/// <summary>The names that depend on the cloud that issues the tokens.</summary>
/// <remarks>https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud</remarks>
internal static class Clouds
{
    static readonly string[] Public = ["botframework.com", "microsoftonline.com", "windows.net"];

    // For bots of many tenants, which can only be old ones.
    const string AnyTenant = "botframework.com";
    const string AnyTenantOfUsGovernment = "MicrosoftServices.onmicrosoft.us";

    /// <summary>Returns the address that issues the bot's token: its own tenant.</summary>
    public static Uri Authority(TeamsOptions options)
    {
        var address = options.TokenAddress!;
        var tenant = options.TenantId.Length > 0 ? options.TenantId : IsBelow(address, "us") ? AnyTenantOfUsGovernment : AnyTenant;
        return new(address.AsFolder(), Uri.EscapeDataString(tenant) + "/");
    }

    /// <summary>Returns the audience for which a managed identity vouches there.</summary>
    /// <remarks>https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity</remarks>
    public static string Exchange(TeamsOptions options) => options.TokenAddress switch
    {
        { } address when IsBelow(address, "us") => "api://AzureADTokenExchangeUSGov",
        { } address when IsBelow(address, "cn") => "api://AzureADTokenExchangeChina",
        _ => "api://AzureADTokenExchange",
    };

    /// <summary>Returns the cloud of an address; null if we know no cloud of that address.</summary>
    public static Cloud? Of(string? address) => !Uri.TryCreate(address, UriKind.Absolute, out var known) ? null
        : IsBelow(known, "us") ? Cloud.UsGovernment
        : IsBelow(known, "cn") ? Cloud.China
        : Public.Any(domain => IsBelow(known, domain)) ? Cloud.Public
        : null;

    static bool IsBelow(Uri address, string domain) => address.IdnHost.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
