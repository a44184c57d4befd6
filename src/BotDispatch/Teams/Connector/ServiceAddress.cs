namespace BotDispatch.Teams.Connector;

/// <summary>
/// A service address that may be called. They come with requests and from the database, and whoever is called gets a token that speaks as the bot
/// everywhere: so it is looked at each time, only https, and only hosts that an administrator has allowed. Without an app there is no token, and only this machine is called.
/// </summary>
internal static class ServiceAddress
{
    /// <summary>The word for a call to an address that may not be called: our own setting keeps us from it.</summary>
    public const string NotAllowed = "service_url_not_allowed";

    /// <summary>What paths are put after, one slash at its end; null if it may not be called.</summary>
    public static Uri? Of(string serviceUrl, TeamsOptions options)
    {
        // Some readers of addresses drop blanks and control characters, and some take a backslash for a slash.
        if (serviceUrl.Any(sign => sign is <= ' ' or '\\' or '\x7f') || !Uri.TryCreate(serviceUrl, UriKind.Absolute, out var address)
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0 || !MayBeCalled(serviceUrl, address, options))
            return null;
        return new(address.AbsoluteUri.TrimEnd('/') + "/");
    }

    static bool MayBeCalled(string serviceUrl, Uri address, TeamsOptions options) => options.HasApp
        ? address.Scheme == Uri.UriSchemeHttps && options.MayReach(serviceUrl)
        : options.AcceptsPlayground && ServiceUrls.IsOwnMachine(serviceUrl);
}
