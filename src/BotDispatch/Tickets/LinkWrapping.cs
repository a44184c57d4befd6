using System.Text.RegularExpressions;
using BotDispatch.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Tickets;

/// <summary>
/// Reads the link that a mail program or a chat has put into a link of its own, so that it can look at the target first. Nothing is
/// fetched.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/defender-office-365/safe-links-about: https://nam01.safelinks.protection.outlook.com/?url=…, in Teams
/// https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=…. Slack: https://slack-redir.net/link?url=….
/// Gmail: https://www.google.com/url?q=…. Proofpoint: https://urldefense.com/v3/__https://…__;….
/// </remarks>
internal static partial class LinkWrapping
{
    // A link that was forwarded may be wrapped by each program on its way.
    const int MostLayers = 5;

    /// <summary>Returns the link that is inside; any other text as it is.</summary>
    public static string Undone(string text)
    {
        for (var layer = 0; layer < MostLayers && InsideOf(text) is { } inside; layer++)
            text = inside;
        return text;
    }

    static string? InsideOf(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal) || WebLink.Read(text) is not { } link)
            return null;
        if (Is("urldefense.com"))
            return Proofpoint().Match(text) is { Success: true } found ? WebLink.Safe(found.Groups["link"].Value) : null;
        var isWrapped = Is("safelinks.protection.outlook.com") || Is("slack-redir.net")
            || (link.Host.StartsWith("statics.teams.", StringComparison.OrdinalIgnoreCase)
                && link.AbsolutePath.EndsWith("/atp-safelinks.html", StringComparison.OrdinalIgnoreCase))
            || (Is("google.com") && link.AbsolutePath == "/url");
        if (!isWrapped)
            return null;
        var query = QueryHelpers.ParseQuery(link.Query.Replace("&amp;", "&", StringComparison.Ordinal));
        return WebLink.Safe((query.TryGetValue("url", out var inside) || query.TryGetValue("q", out inside)) ? inside.ToString() : null);

        bool Is(string host) => link.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
            || link.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase);
    }

    // The signs that v3 cannot write are asterisks, which no address of a ticket has.
    [GeneratedRegex("/v3/__(?<link>https?:/{1,2}[^*]{1,1500}?)__;", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Proofpoint();
}
