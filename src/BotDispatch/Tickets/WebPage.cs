using System.Text.RegularExpressions;
using BotDispatch.Http;

namespace BotDispatch.Tickets;

/// <summary>Reads links to the web pages of one ticket system. Nothing is ever fetched from such a link.</summary>
/// <param name="root">The address that people open in their browser.</param>
internal sealed class WebPage(Uri root)
{
    /// <summary>
    /// Returns what stands behind the root in a link to this system, decoded, without a slash at its beginning; null if the text is no such
    /// link. Scheme and <c>www.</c> do not count.
    /// </summary>
    public string? PathIn(string text)
    {
        if (text.Contains(' ', StringComparison.Ordinal) || !text.Contains('/', StringComparison.Ordinal))
            return null;
        var written = text.Contains("://", StringComparison.Ordinal) ? text : $"{root.Scheme}://{text}";
        if (WebLink.Read(written) is not { } link)
            return null;
        var path = root.AbsolutePath.TrimEnd('/') + "/";
        if (!Bare(link.IdnHost).Equals(Bare(root.IdnHost), StringComparison.OrdinalIgnoreCase)
            || (!(link.IsDefaultPort && root.IsDefaultPort) && link.Port != root.Port)
            || !link.AbsolutePath.StartsWith(path, StringComparison.OrdinalIgnoreCase))
            return null;
        // ServiceNow puts the address of one page into that of another.
        return Uri.UnescapeDataString(Uri.UnescapeDataString(link.PathAndQuery[path.Length..] + link.Fragment));
    }

    /// <summary>
    /// Returns the first group of the first pattern that fits the link; null if the text is no link to this system or none fits.
    /// </summary>
    public string? Find(string text, params ReadOnlySpan<Regex> patterns)
    {
        if (PathIn(text) is not { } path)
            return null;
        foreach (var pattern in patterns)
            if (pattern.Match(path) is { Success: true } found)
                return found.Groups[1].Value;
        return null;
    }

    static string Bare(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
