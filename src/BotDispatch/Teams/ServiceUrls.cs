namespace BotDispatch.Teams;

/// <summary>
/// Where Teams may say that it is to be answered. The bot's own token travels to that address, so a request that names a foreign one is an attempt to steal it.
/// </summary>
internal static class ServiceUrls
{
    const string Below = "*.";

    /// <summary>Where every tenant of the public cloud can be called.</summary>
    public const string OfPublicCloud = "https://smba.trafficmanager.net/teams/";

    /// <summary>The hosts of Teams and of Bot Framework. <c>trafficmanager.net</c> is a name space that everybody can have a host in, so it is that one host and none below it.</summary>
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

    /// <summary>Whether a setting can be such a rule.</summary>
    public static bool IsRule(string? setting) => setting is not null && Read(Bare(setting)) is { AbsolutePath: "/", Query: "", Fragment: "" };

    /// <summary>Whether the address is of this machine itself: the Agents Playground's.</summary>
    public static bool IsOwnMachine(string? serviceUrl) => Read(serviceUrl) is { IsLoopback: true };

    static bool IsWild(string rule) => rule.Contains("://" + Below, StringComparison.Ordinal);

    static string Bare(string rule) => IsWild(rule) ? rule.Replace("://" + Below, "://", StringComparison.Ordinal) : rule;

    // What stands before an at sign looks like a host and is none.
    static Uri? Read(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0 && address.UserInfo.Length == 0 && !address.Host.Contains('*')
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : null;
}
