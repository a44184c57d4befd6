using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BotDispatch.Tickets;

/// <summary>
/// Writes the plain text of a note in the markup that a system expects. Names and titles are written by strangers, so nothing in the text
/// becomes markup, a command of the system, a mention or a reference to another ticket. Links stay links.
/// </summary>
internal static partial class NoteText
{
    /// <summary>Returns the part of a note's mark that is the same in every markup.</summary>
    public static string Core(string mark) => mark.Trim('[', ']');

    /// <summary>Returns the text as Markdown of GitHub and GitLab, where a line ends with two blanks.</summary>
    public static string AsMarkdown(string text) => string.Join("  \n", text.Split('\n').Select(line => OutsideLinks(line, part =>
    {
        var plain = MarkdownSign().Replace(part, @"\$0");
        // A number sign with a number is a reference to another issue, and is one behind a backslash as well.
        return Reference().Replace(plain, "$0\u2060");
    })));

    /// <summary>Returns the text as the wiki markup of Jira Data Center.</summary>
    public static string AsWiki(string text) => string.Join('\n', text.Split('\n').Select(line =>
        OutsideLinks(line, part => WikiSign().Replace(part, @"\$0"))));

    /// <summary>Returns the text as an Atlassian document of one paragraph.</summary>
    /// <remarks>https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/</remarks>
    public static JsonObject AsDocument(string text)
    {
        var nodes = new JsonArray();
        foreach (var (n, line) in text.Split('\n').Index())
        {
            // As a node: an Add of any other type makes code while it runs, which a native build cannot.
            if (n > 0)
                nodes.Add((JsonNode)new JsonObject { ["type"] = "hardBreak" });
            var at = 0;
            foreach (Match link in Link().Matches(line))
            {
                Add(line[at..link.Index]);
                Add(link.Value, link.Value);
                at = link.Index + link.Length;
            }
            Add(line[at..]);
        }
        return new()
        {
            ["type"] = "doc",
            ["version"] = 1,
            ["content"] = new JsonArray(new JsonObject { ["type"] = "paragraph", ["content"] = nodes }),
        };

        // An empty text is refused.
        void Add(string words, string? link = null)
        {
            if (words.Length == 0)
                return;
            JsonNode node = new JsonObject { ["type"] = "text", ["text"] = words };
            if (link is not null)
                node["marks"] = new JsonArray(new JsonObject { ["type"] = "link", ["attrs"] = new JsonObject { ["href"] = link } });
            nodes.Add(node);
        }
    }

    static string OutsideLinks(string line, Func<string, string> escape)
    {
        var (made, at) = ("", 0);
        foreach (Match link in Link().Matches(line))
        {
            made += escape(line[at..link.Index]) + link.Value;
            at = link.Index + link.Length;
        }
        return made + escape(line[at..]);
    }

    [GeneratedRegex(@"https?://[^\s<>()""]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    // A slash at the beginning of a line is a command of GitLab: "/close". A dash, a plus or a number there begins a list.
    [GeneratedRegex(@"[\\`*_{}\[\]|~<>$]|(?<=^\s*)[/#=+-]|!(?=\[|\d)|(?<=^\s*\d{1,9})[.)]", RegexOptions.CultureInvariant)]
    private static partial Regex MarkdownSign();

    [GeneratedRegex(@"[#!%&~$](?=\\?[\w""])|(?<=\b(?:GH|gh))-(?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"[\\*_{}\[\]|~^+!]|(?<=^\s*)[#-]|(?<=^\s*(?:h[1-6]|bq))\.", RegexOptions.CultureInvariant)]
    private static partial Regex WikiSign();
}
