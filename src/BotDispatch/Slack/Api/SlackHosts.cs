namespace BotDispatch.Slack.Api;

/// <summary>Knows Slack's addresses. An address from a request or an answer is called only if it is one of them.</summary>
internal static class SlackHosts
{
    const string Domain = "slack.com";
    const string ResponseHost = "hooks.slack.com";

    /// <summary>An https or wss address of Slack, or an address on this machine if the settings say that Slack is here.</summary>
    public static bool IsSlack(Uri address, SlackOptions options) =>
        IsPublic(address, address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeWss ? Uri.UriSchemeWss : Uri.UriSchemeHttps)
            && (address.Host == Domain || address.Host.EndsWith("." + Domain, StringComparison.Ordinal))
        || IsStandIn(address, options);

    /// <summary>An address for answers to a command or a press.</summary>
    /// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
    public static bool TakesResponses(Uri address, SlackOptions options) =>
        IsPublic(address, Uri.UriSchemeHttps) && address.Host == ResponseHost
        || IsStandIn(address, options) && address.Host == options.ApiBaseAddress!.Host && address.Scheme == options.ApiBaseAddress.Scheme;

    static bool IsPublic(Uri address, string scheme) =>
        address.IsAbsoluteUri && address.Scheme == scheme && address.IsDefaultPort && address.UserInfo.Length == 0;

    static bool IsStandIn(Uri address, SlackOptions options) =>
        options.ApiBaseAddress is { IsLoopback: true } && address.IsAbsoluteUri && address.IsLoopback && address.UserInfo.Length == 0
        // A file address would be on this machine, too.
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps
            || address.Scheme == Uri.UriSchemeWs || address.Scheme == Uri.UriSchemeWss);
}
