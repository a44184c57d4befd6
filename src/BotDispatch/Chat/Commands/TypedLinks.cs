using System.Text.RegularExpressions;
using BotDispatch.Http;

namespace BotDispatch.Chat;

/// <summary>Reads links as people paste them and as chats pass them on.</summary>
internal static partial class TypedLinks
{
    /// <summary>
    /// The text with plain links instead of the chat's own forms: Slack's <c>&lt;https://…|words&gt;</c>, HTML's anchor, Markdown's
    /// <c>[words](https://…)</c>; and with the link inside instead of one that a mail program or a chat has made of it.
    /// </summary>
    public static string Unwrapped(string text)
    {
        const string link = " ${link} ";
        var plain = Markdown().Replace(Html().Replace(Slack().Replace(text, link), link), link);
        return Written().Replace(plain, found => LinkWrapping.Undone(found.Value));
    }

    /// <summary>
    /// The link without its scheme, <c>www.</c>, outer punctuation and last slash, so that links can be compared; null if the word is no
    /// link. A link without a scheme counts if it has a host and a path.
    /// </summary>
    public static string? Bare(string word)
    {
        var trimmed = word.Trim('<', '>', '(', ')', '[', ']', '"', '\'', '“', '”', ',', ';', '.', '!');
        return Link().Match(trimmed) is { Success: true } link ? link.Groups["rest"].Value.TrimEnd('/', '?', '#') : null;
    }

    /// <summary>The forms in which the link may be stored: whole, without its fragment, without its query.</summary>
    public static IEnumerable<string> FormsOf(string bare) =>
        ((string[])[bare, bare.Split('#')[0].TrimEnd('/'), bare.Split('#', '?')[0].TrimEnd('/')]).Distinct();

    /// <summary>The parts between the slashes and the other separators of the address.</summary>
    public static IReadOnlyList<string> PartsOf(string bare) =>
        [.. bare.Split('#', '?', '/', '=', '&', ';').Skip(1).Select(part => Uri.UnescapeDataString(part)).Where(part => part.Length > 0)];

    /// <summary>The host of the link.</summary>
    public static string HostOf(string bare) => bare.Split('/', '?', '#')[0];

    [GeneratedRegex(
        @"^(?:(?:https?://)(?:www\.)?(?<rest>[^/\s]+.*)|(?:www\.)?(?<rest>[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?/.+))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    // A sentence may go on behind the link.
    [GeneratedRegex(@"https?://[^\s<>""“”]+(?<![.,;:!?)\]'’])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"<(?<link>https?://[^|>\s]+)(?:\|[^>]*)?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Slack();

    [GeneratedRegex(
        "<a\\s[^>]*?href\\s*=\\s*[\"']?(?<link>https?://[^\"'\\s>]+)[^>]*>.*?</a>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Html();

    [GeneratedRegex(@"\[[^\]]*\]\((?<link>https?://[^)\s]+)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Markdown();
}
