namespace BotDispatch.Slack.Api;

/// <summary>Which addresses are Slack's: those that come with a request or an answer are called only if they are.</summary>
internal static class SlackHosts
{
    const string Domain = "slack.com";
    const string ResponseHost = "hooks.slack.com";

    /// <summary>An https or wss address of Slack; or one on this machine, if Slack itself is set to be there.</summary>
    public static bool IsSlack(Uri address, SlackOptions options) =>
        IsPublic(address, address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeWss ? Uri.UriSchemeWss : Uri.UriSchemeHttps)
            && (address.Host == Domain || address.Host.EndsWith("." + Domain, StringComparison.Ordinal))
        || IsStandIn(address, options);

    /// <summary>An address that may come with a command or a press, to answer at.</summary>
    /// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
    public static bool TakesResponses(Uri address, SlackOptions options) =>
        IsPublic(address, Uri.UriSchemeHttps) && address.Host == ResponseHost
        || IsStandIn(address, options) && address.Host == options.ApiBaseAddress!.Host && address.Scheme == options.ApiBaseAddress.Scheme;

    static bool IsPublic(Uri address, string scheme) =>
        address.IsAbsoluteUri && address.Scheme == scheme && address.IsDefaultPort && address.UserInfo.Length == 0;

    static bool IsStandIn(Uri address, SlackOptions options) =>
        options.ApiBaseAddress is { IsLoopback: true } && address.IsAbsoluteUri && address.IsLoopback && address.UserInfo.Length == 0
        // A file is on this machine too.
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeWs || address.Scheme == Uri.UriSchemeWss);
}
