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
