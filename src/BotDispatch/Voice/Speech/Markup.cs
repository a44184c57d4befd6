using System.Text.RegularExpressions;

namespace BotDispatch.Voice.Speech;

/// <summary>
/// Removes the marks of Markdown, Jira, Textile, BBCode and Slack from a text. Characters that do not form a complete mark stay in the
/// text.
/// </summary>
/// <remarks>
/// https://spec.commonmark.org/0.31.2, https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all, https://textile-lang.com,
/// https://docs.slack.dev/messaging/formatting-message-text
/// </remarks>
internal static class Markup
{
    // The targets of links.
    const string Scheme = @"(?:[a-z][a-z0-9+.-]*://|mailto:|tel:|sms:|callto:|javascript:|data:|www\.)";
    const string Target = $@"(?:{Scheme}|/|#|\^|\./|\.\./|[\w./-]+\.(?:html?|md|pdf|png|jpe?g|gif|svg|docx?|xlsx?|txt|php|aspx)\b)";
    const string Rest = @"(?:[^()\s]|\([^()\s]*\))*";

    // NonBacktracking, because foreign text must not be able to cost much time. This mode has neither lookarounds nor back references. It
    // is slow where nothing is found, and most tickets have no marks, so each pattern is tried only on a text with the sign that it needs.
    static readonly Rule[] CodeBlocks =
    [
        new("```", "(?s)```.*?```", " "),
        new("{", @"(?s)\{code(:[^}\n]*)?\}.*?\{code\}", " "),
        new("{", @"(?s)\{noformat(:[^}\n]*)?\}.*?\{noformat\}", " "),
    ];

    static readonly Rule[] Links =
    [
        new("![", @"!\[[^\]\n]*\]\([^)\n]*\)", " "),
        new("!", @"!\[?[\w./-]+\.(png|jpe?g|gif|svg|bmp|webp)(\|[^!\n]*)?!", " "),
        new("<", $@"<{Scheme}[^>|\n]*\|([^>\n]*)>", "$1"),
        new("<", @"<(?-i:[@#][A-Z][A-Z0-9]*|!(?:subteam|date)\^[^>|\n]*)\|([^>\n]*)>", "$1"),
        new("<", @"<(?-i:[@#][UWBCGD][A-Z0-9]{6,}|!here|!channel|!everyone|!subteam\^[^>|\n]*)>", " "),
        new("<", @"<(?:mailto:|tel:|sms:|callto:)([^>\s]*)>", "$1"),
        new("<", @"<(?:[a-z][a-z0-9+.-]*://|www\.)[^>\s]*>", " "),
        new("]:", @"(?m)^[ \t]*\[[^\]\n]+\]:[ \t]*<?(?:[a-z][a-z0-9+.-]*://|mailto:)[^\n]*$", " "),
        new("](", $@"\[([^\]\n]*)\]\([ \t]*<?{Target}{Rest}([ \t]+(""[^""\n]*""|'[^'\n]*'))?[ \t]*\)", "$1"),
        new("](", $@"\[([^\]\n]*)\]\(({Scheme})", "$1 $2"),
        new("](", @"\]\((\n|$)", "]$1"),
        new("[~", @"\[~[^\]\n]*\]", " "),
        new("|", $@"\[([^\]|\n]+)\|[ \t]*{Target}[^\]\n]*\]", "$1"),
        new("|", $@"\[([^\]|\n]+)\|({Scheme})", "$1 $2"),
        new("\":", $@"""([^""\n]+)"":{Scheme}[^\s\])>]*", "$1"),
    ];

    static readonly Rule[] Signs =
    [
        new("{", @"\{(color|quote|panel|code|noformat|anchor|expand|toc|status)(:[^}\n]*)?\}", " "),
        new("{", @"\{(info|tip|note|warning|section|column)(:[^}\n]*)\}", " "),
        new("%{", @"%\{[^}\n]*\}([^%\n]*)%", "$1"),
        new(":", @"\b(mailto:|callto:|tel:|sms:)", " "),
        new(":", @"\b(javascript|data):[^\s""<>\[\]{}]*", " "),
        new("://", @"\b[a-z][a-z0-9+.-]*://[^\s""<>\[\]{}|)”’»›、。，；）」』]+", " "),
        new("www.", @"\bwww\.[^\s""<>\[\]{}|)”’»›、。，；）」』]+", " "),
        new(":", @"(^|[\s(])(:[a-z+-][a-z0-9_+-]*:)+", "$1"),
        new("+", @"(^|[\s(])\+(\p{L}[^+\n]*)\+($|[\s).,;:!?])", "$1$2$3"),
        new("@", @"(^|[\s(])@([\p{L}\p{Nd}][^@\n]*)@($|[\s).,;:!?])", "$1$2$3"),
        new("|_.", @"\|_\.", "|"),
        new("|", @"[ \t]*\|+[ \t]*", ", "),
        new("(", @"\(\s*\)", " "),
        new("[", @"\[\s*\]", " "),
    ];

    // These are what a text calls things too, so they count in pairs alone.
    static readonly Lazy<Regex> Macro = Like(@"\{(info|tip|note|warning|section|column)\}");
    static readonly Lazy<Regex> Bracketed = Like(
        @"\[(/?)(b|i|u|s|code|quote|url|img|colou?r|size|font|list|ul|ol|li|center|left|right|indent|email|table|tr|td|th|spoiler|sup|sub"
            + @"|pre|noparse|h[1-6])(=[^\]\n]*)?\]");
    static readonly Lazy<Regex> LoneCode = Like(@"(?m)(^[ \t]*)\[code\]|\[/code\]");
    static readonly Lazy<Regex> CodeBeforeTag = Like(@"\[code\]([ \t]*<)");
    static readonly Lazy<Regex> Item = Like(@"\[\*\]");

    /// <summary>The text without blocks of code, which nobody can follow by ear, and whether there were any.</summary>
    public static (string Text, bool HadCode) WithoutCode(string text)
    {
        var left = Without(CodeBlocks, text);
        return (left, !ReferenceEquals(left, text) && left.Length != text.Length);
    }

    /// <summary>The text with its links as the words that they are shown by.</summary>
    public static string WithoutLinks(string text) => Without(Links, InBrackets(text));

    /// <summary>The text without addresses and what is left of marks.</summary>
    public static string WithoutSigns(string text) => Without(Signs, Macros(text));

    static string InBrackets(string text)
    {
        if (!text.Contains('[', StringComparison.Ordinal))
            return text;
        var opened = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var closed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var mark in Bracketed.Value.Matches(text).Cast<Match>())
            (mark.Groups[1].Length == 0 ? opened : closed).Add(mark.Groups[2].Value);
        text = Bracketed.Value.Replace(text, mark => opened.Contains(mark.Groups[2].Value) && closed.Contains(mark.Groups[2].Value)
            ? By(mark.Groups[2].Value)
            : mark.Value);
        text = LoneCode.Value.Replace(CodeBeforeTag.Value.Replace(text, " $1"), "$1");
        return opened.Contains("list") && closed.Contains("list") ? Item.Value.Replace(text, "\n") : text;
    }

    static string By(string name) => name.ToLowerInvariant() switch
    {
        "s" => CrossedOut.Mark,
        "b" or "i" or "u" or "color" or "colour" or "size" or "font" => "",
        "url" or "email" => " ",
        _ => "\n",
    };

    static string Macros(string text)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
            return text;
        var times = Macro.Value.Matches(text).Cast<Match>().CountBy(each => each.Groups[1].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        return times.Values.Any(count => count > 1)
            ? Macro.Value.Replace(text, macro => times[macro.Groups[1].Value] > 1 ? " " : macro.Value)
            : text;
    }

    static string Without(Rule[] rules, string text)
    {
        foreach (var rule in rules)
            text = rule.Without(text);
        return text;
    }

    // It takes a millisecond and a megabyte to make one, and most of them are never needed.
    static Lazy<Regex> Like(string pattern) =>
        new(() => new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));

    /// <summary>One mark, and the text that takes its place.</summary>
    sealed class Rule(string needed, string pattern, string by)
    {
        readonly Lazy<Regex> mark = Like(pattern);

        // Capitals are compared where there are letters only, because that takes several times as long.
        readonly StringComparison comparison =
            needed.Any(char.IsLetter) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

        public string Without(string text) => text.Contains(needed, comparison) ? mark.Value.Replace(text, by) : text;
    }
}
