using System.Collections.Frozen;
using System.Text;
using BotDispatch.Core;

namespace BotDispatch.Voice.Speech;

/// <summary>
/// Removes HTML tags from a text, and leaves other text in angle brackets: <c>&lt;b&gt;down&lt;/b&gt;</c> becomes "down", and
/// <c>&lt;core-sw-2&gt;</c> stays.
/// </summary>
internal static class HtmlTags
{
    static readonly FrozenSet<string> Switches = new[]
    {
        "allowfullscreen", "async", "autofocus", "autoplay", "checked", "compact", "contenteditable", "controls", "default", "defer",
        "disabled", "download", "formnovalidate", "hidden", "inert", "ismap",
        "itemscope", "loop", "multiple", "muted", "nohref", "nomodule", "noresize", "noshade", "novalidate", "nowrap", "open",
        "playsinline", "readonly", "required", "reversed", "selected", "spellcheck",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Returns the text without tags. A block tag ends the line, and <paramref name="inline"/> replaces every other tag. The content of
    /// scripts, styles and comments is removed.
    /// </summary>
    public static string Without(string text, string inline)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
            return text;
        var (opened, closed) = Names(text);
        var left = new StringBuilder(text.Length);
        var hasCommentEnd = true;
        for (var at = 0; at < text.Length;)
        {
            var begin = text.IndexOf('<', at);
            if (begin < 0)
                return left.Append(text, at, text.Length - at).ToString();
            left.Append(text, at, begin - at);
            if (text.AsSpan(begin).StartsWith("<!--", StringComparison.Ordinal))
            {
                var end = hasCommentEnd ? text.IndexOf("-->", begin + 4, StringComparison.Ordinal) : -1;
                hasCommentEnd = end >= 0;
                left.Append(' ');
                at = end < 0 ? begin + 4 : end + 3;
            }
            else if (Read(text, begin) is { } tag && (tag.Counts(opened, closed) || OpensAWord(text, begin, tag)))
            {
                left.Append(tag switch
                {
                    { IsHalf: true } => " ",
                    _ when HtmlElements.EndsALine(tag.Name) => "\n",
                    _ when HasPlace(tag.Name) => " ",
                    _ when HtmlElements.CrossesOut(tag.Name) => CrossedOut.Mark,
                    _ => inline,
                });
                at = tag.End;
                if (IsSilent(tag.Name) && tag is { IsClosing: false, IsHalf: false } && closed.Contains(tag.Name))
                    at = AfterElement(text, at, tag.Name);
            }
            else
            {
                left.Append('<');
                at = begin + 1;
            }
        }
        return left.ToString();
    }

    // "<b>Router" in a text that was cut before the closing tag.
    static bool OpensAWord(string text, int begin, Tag tag) =>
        tag is { IsClosing: false, IsHalf: false } && tag.Name.ToLowerInvariant() is "b" or "i" or "u" or "s" or "strong"
        && tag.End < text.Length && char.IsLetterOrDigit(text[tag.End]) && !(begin > 0 && char.IsLetterOrDigit(text[begin - 1]));

    static bool IsSilent(string name) => name.ToLowerInvariant() is "script" or "style";

    // An element that takes room on the page separates the words around it.
    static bool HasPlace(string name) => name.ToLowerInvariant() is "img" or "input" or "button" or "textarea" or "iframe" or "object"
        or "video" or "audio" or "svg" or "attachment";

    static int AfterElement(string text, int from, string name)
    {
        var end = text.IndexOf($"</{name}", from, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? from : text.IndexOf('>', end) is >= 0 and var close ? close + 1 : text.Length;
    }

    static (HashSet<string> Opened, HashSet<string> Closed) Names(string text)
    {
        var opened = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var closed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = text.IndexOf('<'); at >= 0; at = text.IndexOf('<', at + 1))
            if (Read(text, at) is { IsHalf: false } tag)
                (tag.IsClosing ? closed : opened).Add(tag.Name);
        return (opened, closed);
    }

    static Tag? Read(string text, int begin)
    {
        var at = begin + 1;
        if (at < text.Length && text[at] is '!' or '?')
            return ReadDeclaration(text, begin);
        var isClosing = at < text.Length && text[at] is '/';
        if (isClosing)
            at++;
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || (text[at] is ':' && at > from)))
            at++;
        var name = text[from..at];
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !HtmlElements.IsKnown(name))
            return null;
        return ReadAttributes(text, at) is var (end, has, isHalf) ? new(name, isClosing, has, isHalf, end) : null;
    }

    static Tag? ReadDeclaration(string text, int begin)
    {
        if (text.AsSpan(begin).StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase))
            return new("wbr", false, true, false, begin + 9);
        if (!text.AsSpan(begin + 1).StartsWith("!doctype", StringComparison.OrdinalIgnoreCase)
            && !text.AsSpan(begin + 1).StartsWith("?xml", StringComparison.OrdinalIgnoreCase))
            return null;
        var end = text.IndexOf('>', begin);
        return end < 0 ? null : new("wbr", false, true, false, end + 1);
    }

    // If one of them is not an attribute, this is not a tag. A text that ends inside an attribute was cut there.
    static (int End, bool Has, bool IsHalf)? ReadAttributes(string text, int at)
    {
        var has = false;
        while (true)
        {
            var blank = at;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                return has ? (at, has, true) : null;
            if (text[at] is '>')
                return (at + 1, has, false);
            if (text[at] is '/' && at + 1 < text.Length && text[at + 1] is '>')
                return (at + 2, true, false);
            var from = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or ':' or '_'))
                at++;
            if (at == from || from == blank)
                return null;
            var name = text[from..at];
            if (at == text.Length || text[at] is not '=')
            {
                if (at == text.Length || !(Switches.Contains(name) || name.StartsWith("data-", StringComparison.OrdinalIgnoreCase)))
                    return null;
                has = true;
                continue;
            }
            has = true;
            if (++at < text.Length && text[at] is '"' or '\'')
            {
                var end = text.IndexOf(text[at], at + 1);
                if (end < 0)
                    return (text.IndexOfAny([' ', '\n', '\t'], at) is >= 0 and var blankAfter ? blankAfter : text.Length, true, true);
                at = end + 1;
                continue;
            }
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('>' or '<' or '"' or '\''))
                at++;
        }
    }

    sealed record Tag(string Name, bool IsClosing, bool HasMore, bool IsHalf, int End)
    {
        public bool Counts(HashSet<string> opened, HashSet<string> closed) =>
            HasMore || !HtmlElements.NeedsPartner(Name) || (IsClosing ? opened : closed).Contains(Name);
    }
}
