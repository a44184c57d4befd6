using System.Text.RegularExpressions;

namespace BotDispatch.Tickets.Markup;

/// <summary>Reads the text of Textile as Redmine writes it, with Redmine's wiki links and macros.</summary>
/// <remarks>https://www.redmine.org/projects/redmine/wiki/RedmineTextFormattingTextile</remarks>
internal static partial class TextileText
{
    /// <summary>Returns the text.</summary>
    public static string Of(string textile)
    {
        var lines = new PlainLines();
        var items = new ListItems();
        var isVerbatim = false;
        foreach (var line in textile.Split('\n'))
        {
            var rest = line;
            while (Fence().Match(rest) is { Success: true } fence && fence.Groups["end"].Success == isVerbatim)
            {
                Add(lines, rest[..fence.Index], isVerbatim, items);
                lines.Block();
                isVerbatim = !isVerbatim;
                rest = rest[(fence.Index + fence.Length)..];
            }
            Add(lines, rest, isVerbatim, items);
            lines.Break();
        }
        return lines.ToString();
    }

    static void Add(PlainLines lines, string line, bool isVerbatim, ListItems items)
    {
        if (isVerbatim)
        {
            lines.Verbatim(CodeTag().Replace(line, ""));
            return;
        }
        if (Rule().IsMatch(line))
            return;
        // Redmine shows a line of a mail that was answered as a quotation, however often.
        line = Quote().Replace(line, "");
        line = Macro().Replace(Start().Replace(line, ""), "");
        line = items.Begin(lines, line);
        line = Links(line);
        if (line.TrimStart().StartsWith('|') && line.TrimEnd().EndsWith('|'))
            line = string.Join(", ", line.Split('|').Select(cell => CellStart().Replace(cell, "").Trim()).Where(cell => cell.Length > 0));
        line = InlineMarks.Without(Colour().Replace(line, "${words}"), "*_+^~-@", crossing: '-');
        lines.Words(line.Replace("??", "", StringComparison.Ordinal).Replace("==", "", StringComparison.Ordinal));
    }

    static string Links(string line) =>
        Image().Replace(WikiLink().Replace(Link().Replace(line, "${words} (${target})"), found =>
            found.Groups["words"] is { Success: true, Value: var words } ? words : found.Groups["page"].Value), "");

    [GeneratedRegex(@"<(?<end>/)?pre(?:\s[^>\n]{0,200})?>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Fence();

    [GeneratedRegex(@"</?code(?:\s[^>\n]{0,200})?>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CodeTag();

    [GeneratedRegex(@"^>[> ]*", RegexOptions.CultureInvariant)]
    private static partial Regex Quote();

    [GeneratedRegex(@"^\s*-{3,}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(
        @"^\s*(?:h[1-6]|p|bq|bc|pre|fn\d{1,3}|notextile|table)(?:\([^)\n]{1,100}\)|\{[^}\n]{0,200}\}|\[[^\]\n]{0,20}\]|[<>=~()]){0,6}"
        + @"\.{1,2}(?:\s+|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Start();

    [GeneratedRegex(@"^(?:_|[<>=~^]|[\\/]\d{1,3}|\([^)]{0,100}\)|\{[^}]{0,200}\}){0,6}\.(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex CellStart();

    [GeneratedRegex("\"(?<words>[^\"\\n]{1,300})\":(?<target>https?://[^\\s<>|\"]{1,1000}?)(?=[.,;:!?)]*(?:[\\s|]|$))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"\[\[(?<page>[^\[\]|\n]{1,200})(?:\|(?<words>[^\[\]|\n]{1,300}))?\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex WikiLink();

    [GeneratedRegex(@"(?<![\w!])![<>=]?(?:\{[^}\n]{0,200}\})?[^\s!\n]{1,500}\.\w{2,5}(?:\([^)\n]{0,200}\))?!(?::\S{1,500})?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Image();

    [GeneratedRegex(@"\{\{[^{}\n]{1,300}\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Macro();

    [GeneratedRegex(@"%\{[^}\n]{1,200}\}(?<words>[^%\n]{1,500})%", RegexOptions.CultureInvariant)]
    private static partial Regex Colour();
}
