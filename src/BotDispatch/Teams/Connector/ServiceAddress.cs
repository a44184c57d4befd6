namespace BotDispatch.Teams.Connector;

/// <summary>
/// Decides whether a service address may be called. Addresses come with requests and from the database, and the server that is called gets
/// a token that speaks as the bot everywhere. So each address is checked each time: only https, and only hosts that an administrator has
/// allowed; http only to this machine, if an administrator names the address with its port. Without an app there is no token, and only this
/// machine is called.
/// </summary>
internal static class ServiceAddress
{
    /// <summary>The code of a call to an address that our own setting forbids.</summary>
    public const string NotAllowed = "service_url_not_allowed";

    /// <summary>Returns the address with one slash at its end, for paths after it; null if it may not be called.</summary>
    public static Uri? Of(string serviceUrl, TeamsOptions options) =>
        Plain(serviceUrl) is { } address && MayBeCalled(serviceUrl, options) ? new(address.AbsoluteUri.TrimEnd('/') + "/") : null;

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
