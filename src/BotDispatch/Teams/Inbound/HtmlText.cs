using System.Net;
using System.Text;
using BotDispatch.Core;

namespace BotDispatch.Teams.Inbound;

/// <summary>Reads the text of a message's HTML, with its line breaks. The result is plain text and never shown as HTML.</summary>
internal static class HtmlText
{
    const int LongestName = 40;

    static readonly string[] HasNoWords = ["script", "style", "attachment"];

    /// <summary>Reads the HTML in one pass, even if it is malformed.</summary>
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
            var end = EndOfTag(html, begin);
            // A text that was cut inside a tag ends there. Any other unclosed bracket is no tag but typed text.
            if (end < 0 && IsHalf(html.AsSpan(begin)))
                break;
            if (end < 0)
            {
                text.Append('<');
                at = begin + 1;
                continue;
            }
            var tag = html[(begin + 1)..end];
            var name = NameOf(tag);
            if (HtmlElements.EndsALine(name))
                text.Append('\n');
            else if (name is "img" or "emoji")
                text.Append(Alternative(tag));
            at = HasNoWords.Contains(name) && !tag.StartsWith('/') && !tag.EndsWith('/') ? AfterElement(html, end + 1, name) : end + 1;
        }
        return Tidied(WebUtility.HtmlDecode(text.ToString()));
    }

    // Malformed HTML may hold a plain less-than sign, or a name in angle brackets.
    static bool IsTag(string html, int at)
    {
        if (html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal)
            || html.AsSpan(at).StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase))
            return true;
        var from = at + 1 < html.Length && html[at + 1] is '/' ? at + 2 : at + 1;
        var to = from;
        while (to < html.Length && to < from + LongestName && (char.IsAsciiLetterOrDigit(html[to]) || html[to] is ':'))
            to++;
        return to > from && HtmlElements.IsKnown(html[from..to])
            && (to == html.Length || html[to] is '>' or '/' || char.IsWhiteSpace(html[to]));
    }

    static bool IsHalf(ReadOnlySpan<char> rest) => rest[1..].IndexOfAny('<', ' ') < 0
        || (rest[1..].IndexOf('<') < 0 && rest.IndexOf(' ') is var blank && rest[blank..].IndexOf("=\"", StringComparison.Ordinal) >= 0);

    // Finds the first closing bracket outside an attribute's quotes. Another tag cannot begin before it.
    static int EndOfTag(string html, int begin)
    {
        if (html.AsSpan(begin).StartsWith("<!--", StringComparison.Ordinal))
            return html.IndexOf("-->", begin, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : -1;
        for (var at = begin + 1; at < html.Length; at++)
            switch (html[at])
            {
                case '>':
                    return at;
                case '<':
                    return -1;
                case '"' or '\'' when html[at - 1] is '=':
                    at = html.IndexOf(html[at], at + 1);
                    if (at < 0)
                        return -1;
                    break;
            }
        return -1;
    }

    static string NameOf(string tag) => new([.. tag.TrimStart('/').TakeWhile(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    // Teams' emoji are pictures, and this attribute holds the emoji itself.
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
