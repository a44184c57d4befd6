using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Http;

/// <summary>
/// Reads the link that a mail program or a chat has put into a link of its own, so that it can look at the target first. Nothing is
/// fetched.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/defender-office-365/safe-links-about: https://nam01.safelinks.protection.outlook.com/?url=…, in Teams
/// https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=…. Slack: https://slack-redir.net/link?url=….
/// Gmail: https://www.google.com/url?q=…. Proofpoint: see <see cref="ProofpointLink"/>.
/// </remarks>
internal static class LinkWrapping
{
    // A link that was forwarded may be wrapped by each program on its way.
    const int MostLayers = 5;
    const int Longest = 2000;

    /// <summary>Returns the link that is inside; any other text as it is, and so a link with words behind it.</summary>
    public static string Undone(string text)
    {
        for (var layer = 0; layer < MostLayers && InsideOf(text) is { } inside; layer++)
            text = inside;
        return text;
    }

    static string? InsideOf(string text)
    {
        // A blank would be read as a part of the query, and the words behind it would be lost.
        if (text.Length > Longest || text.Any(char.IsWhiteSpace) || !text.Contains("://", StringComparison.Ordinal)
            || WebLink.Read(text) is not { } link)
            return null;
        var query = QueryHelpers.ParseQuery(link.Query.Replace("&amp;", "&", StringComparison.Ordinal));
        if (Is("urldefense.com") || Is("urldefense.proofpoint.com"))
            return WebLink.Safe(ProofpointLink.Inside(text, link.AbsolutePath, query.TryGetValue("u", out var of) ? of.ToString() : ""));
        var isWrapped = Is("safelinks.protection.outlook.com") || Is("slack-redir.net")
            || (link.Host.StartsWith("statics.teams.", StringComparison.OrdinalIgnoreCase)
                && link.AbsolutePath.EndsWith("/atp-safelinks.html", StringComparison.OrdinalIgnoreCase))
            || (Is("google.com") && link.AbsolutePath == "/url");
        return !isWrapped ? null
            : WebLink.Safe((query.TryGetValue("url", out var inside) || query.TryGetValue("q", out inside)) ? inside.ToString() : null);

        bool Is(string host) => link.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
            || link.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase);
    }
}
