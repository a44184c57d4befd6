using System.Text.RegularExpressions;

namespace BotDispatch.Tickets.Markup;

/// <summary>Reads the text of Jira's wiki markup, in which Jira Data Center and REST API 2 write texts.</summary>
/// <remarks>https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all</remarks>
internal static partial class JiraText
{
    /// <summary>Returns the text.</summary>
    public static string Of(string wiki)
    {
        var lines = new PlainLines();
        var (items, verbatim) = (new ListItems(), "");
        foreach (var line in wiki.Split('\n'))
        {
            var rest = line;
            // Within code only the end of that kind of code counts.
            while (Fence().Matches(rest).FirstOrDefault(each => verbatim.Length == 0 || each.Groups["name"].Value == verbatim) is { } fence)
            {
                Add(lines, rest[..fence.Index], verbatim, items);
                lines.Block();
                verbatim = verbatim.Length == 0 ? fence.Groups["name"].Value : "";
                rest = rest[(fence.Index + fence.Length)..];
            }
            Add(lines, rest, verbatim, items);
            lines.Break();
        }
        return lines.ToString();
    }

    static void Add(PlainLines lines, string line, string verbatim, ListItems items)
    {
        if (verbatim.Length > 0)
        {
            lines.Verbatim(line);
            return;
        }
        line = Rule().IsMatch(line) ? "" : PanelTitle().Replace(line, "\n${title}\n");
        line = Macro().Replace(line, "").Replace(@"\\", "\n", StringComparison.Ordinal);
        line = Heading().Replace(line, "");
        line = items.Begin(lines, line);
        if (line.TrimStart().StartsWith('|'))
            line = string.Join(", ", Cell().Split(Links(line)).Select(cell => cell.Trim()).Where(cell => cell.Length > 0));
        foreach (var (at, part) in Links(line).Split('\n').Index())
        {
            if (at > 0)
                lines.Break();
            var plain = InlineMarks.Without(Monospace().Replace(part, "${words}"), "*_+^~-", crossing: '-');
            lines.Words(Escape().Replace(plain.Replace("??", "", StringComparison.Ordinal), "${sign}"));
        }
    }

    static string Links(string line) => Image().Replace(Link().Replace(line, LinkText), "");

    static string LinkText(Match link)
    {
        var (words, target) = (link.Groups["words"].Value.Trim(), link.Groups["target"].Value.Trim());
        return target switch
        {
            // Jira Cloud writes an account's id there, which means nothing to a person.
            _ when target.StartsWith("~accountid:", StringComparison.OrdinalIgnoreCase) => words.Length > 0 ? words : "@somebody",
            ['~', .. var user] => words.Length > 0 ? words : $"@{user}",
            ['^', .. var file] => file,
            ['#', .. var anchor] => words.Length > 0 ? words : anchor,
            _ when target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) => words.Length > 0 ? words : target[7..],
            _ when words.Length == 0 || words == target => target,
            _ when target.Contains("://", StringComparison.Ordinal) => $"{words} ({target})",
            _ => words,
        };
    }

    [GeneratedRegex(@"\{(?<name>code|noformat)(?::[^}\n]{0,200})?\}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*-{4,}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\{(?:panel|expand):(?:[^}\n]{0,200}\|)?title=(?<title>[^|}\n]{1,200})[^}\n]{0,200}\}", RegexOptions.CultureInvariant)]
    private static partial Regex PanelTitle();

    [GeneratedRegex(
        @"(?<![\\{])\{(?:color|quote|panel|expand|anchor|toc|section|column|tip|note|info|warning|adf|html|status)"
        + @"(?:[:=][^{}\n]{0,200})?\}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Macro();

    [GeneratedRegex(@"^\s*(?:h[1-6]|bq)\.\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\|{1,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Cell();

    [GeneratedRegex(@"(?<!\\)\[(?:(?<words>[^\[\]|\n]{1,300})\|)?(?<target>[^\[\]|\s][^\[\]|\n]{0,1000})(?:\|[^\[\]\n]{0,100})?\]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w!])!(?=\S)[^!\n|]{1,300}\.\w{2,5}(?:\|[^!\n]{0,200})?!(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Image();

    [GeneratedRegex(@"\{\{(?<words>[^{}\n]{1,400})\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Monospace();

    [GeneratedRegex(@"\\(?<sign>[*_+^~\-{}\[\]|!#?])", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
