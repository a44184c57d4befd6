using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Http;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Separates the author's words from the quoted ones in a message that quotes or forwards another. The plain text does not separate them;
/// the HTML marks the quoted words as a <c>blockquote</c>.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability (a message comes with its HTML as an
/// attachment)
/// </remarks>
internal static partial class QuotedReply
{
    /// <summary>
    /// The author's own words, with mentions spelled as in the plain text; null for a message that quotes nothing.
    /// </summary>
    public static string? Rest(JsonElement activity)
    {
        var html = activity.List("attachments")
            .Where(each => each.Text("contentType") == "text/html").Select(each => each.Text("content")).FirstOrDefault();
        if (html is null || !html.Contains("<blockquote", StringComparison.OrdinalIgnoreCase))
            return null;
        return HtmlText.Plain(Mention().Replace(WithoutQuotes(html), found => $"&lt;at&gt;{found.Groups["name"].Value}&lt;/at&gt;"));
    }

    // Count the depth in one pass, because a quote can contain quotes.
    static string WithoutQuotes(string html)
    {
        var rest = new StringBuilder(html.Length);
        var (depth, from) = (0, 0);
        foreach (Match tag in Quote().Matches(html))
        {
            if (depth == 0)
                rest.Append(html, from, tag.Index - from).Append("<br>");
            depth = Math.Max(0, depth + (tag.ValueSpan[1] == '/' ? -1 : 1));
            from = tag.Index + tag.Length;
        }
        return depth == 0 ? rest.Append(html, from, html.Length - from).ToString() : rest.ToString();
    }

    [GeneratedRegex("</?blockquote[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Quote();

    /// <remarks>The form that Teams' own clients write.</remarks>
    [GeneratedRegex(
        "<span[^<>]*schema\\.skype\\.com/Mention[^<>]*>(?<name>[^<>]*)</span>|<at(\\s[^<>]*)?>(?<name>[^<>]*)</at>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
