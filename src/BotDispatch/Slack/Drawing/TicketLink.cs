namespace BotDispatch.Slack.Drawing;

/// <summary>Draws a link from another system with the host to which it leads, so that it cannot mislead.</summary>
internal static class TicketLink
{
    const int Most = 800;

    /// <summary>The link as mrkdwn; null if it is no web address, has user info before its host, or is too long.</summary>
    public static string? To(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
            return null;
        var escaped = uri.AbsoluteUri.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal);
        return escaped.Length > Most ? null : $"<{escaped}|Open in {SlackText.Inert(uri.IdnHost, 100)}>";
    }
}
