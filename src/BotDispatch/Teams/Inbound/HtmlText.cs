using System.Net;
using System.Text;

namespace BotDispatch.Teams.Inbound;

/// <summary>The words in a message's HTML, one line for each of its lines. It is read, never shown as HTML.</summary>
internal static class HtmlText
{
    static readonly string[] EndsALine = ["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr"];
    static readonly string[] HasNoWords = ["script", "style", "attachment"];

    /// <summary>Reads it from front to back, once, however broken it is.</summary>
    public static string Plain(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var begin = html.IndexOf('<', at);
            if (begin < 0 || !IsTag(html, begin))
            {
                var until = begin < 0 ? html.Length : begin + 1;
                text.Append(html, at, until - at);
                at = until;
                continue;
            }
            text.Append(html, at, begin - at);
            var end = html.IndexOf('>', begin);
            if (end < 0)
                break;
            var tag = html[(begin + 1)..end];
            var name = NameOf(tag);
            if (EndsALine.Contains(name))
                text.Append('\n');
            else if (name is "img" or "emoji")
                text.Append(Alternative(tag));
            at = HasNoWords.Contains(name) && !tag.StartsWith('/') && !tag.EndsWith('/') ? AfterElement(html, end + 1, name) : end + 1;
        }
        return Tidied(WebUtility.HtmlDecode(text.ToString()));
    }

    // Less than is written as it is in broken HTML.
    static bool IsTag(string html, int at) => at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!');

    static string NameOf(string tag) => new([.. tag.TrimStart('/').TakeWhile(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    // Teams' emoji are pictures; what they say stands here.
    static string Alternative(string tag)
    {
        const string Begins = "alt=\"";
        var begin = tag.IndexOf(Begins, StringComparison.OrdinalIgnoreCase);
        if (begin < 0)
            return "";
        begin += Begins.Length;
        return tag.IndexOf('"', begin) is >= 0 and var end ? tag[begin..end] : "";
    }

    static int AfterElement(string html, int from, string name)
    {
        var end = html.IndexOf($"</{name}", from, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : html.IndexOf('>', end) is >= 0 and var close ? close + 1 : html.Length;
    }

    static string Tidied(string text) => string.Join('\n', text.Replace('\u00a0', ' ').ReplaceLineEndings("\n").Split('\n')
        .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0));
}
