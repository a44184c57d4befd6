using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Http;

namespace BotDispatch.Teams.Inbound;

/// <summary>
/// Takes apart a message that quotes or forwards another one. Its plain text holds the other one's words as if they were the writer's
/// own; only its HTML
/// tells them apart, as a <c>blockquote</c>.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability (a message comes with its HTML as an
/// attachment)
/// </remarks>
internal static partial class QuotedReply
{
    /// <summary>
    /// What the writer added themselves, with mentions spelled as in the plain text; null for a message that quotes nothing.
    /// </summary>
    public static string? Rest(JsonElement activity)
    {
        var html = activity.List("attachments").Where(each => each.Text("contentType") == "text/html").Select(each => each.Text("content")).FirstOrDefault();
        if (html is null || !html.Contains("<blockquote", StringComparison.OrdinalIgnoreCase))
            return null;
        return HtmlText.Plain(Mention().Replace(WithoutQuotes(html), found => $"&lt;at&gt;{found.Groups["name"].Value}&lt;/at&gt;"));
    }

    // One pass that counts, since quotes stand in quotes.
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

    /// <remarks>As Teams' own clients write it.</remarks>
    [GeneratedRegex("<span[^<>]*schema\\.skype\\.com/Mention[^<>]*>(?<name>[^<>]*)</span>|<at(\\s[^<>]*)?>(?<name>[^<>]*)</at>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
