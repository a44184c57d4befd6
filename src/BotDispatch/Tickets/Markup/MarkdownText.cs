using System.Text.RegularExpressions;
using BotDispatch.Core;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BotDispatch.Tickets.Markup;

/// <summary>Reads the text of Markdown, with the tables, task lists and plain addresses of GitHub and GitLab.</summary>
internal static partial class MarkdownText
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseEmphasisExtras(
        ).UseAutoLinks().Build();

    // Markdig 1.6.0 looks from every bracket for its partner: 30 KB of them take more than a second.
    const int MostBrackets = 2000;

    /// <summary>Returns the text.</summary>
    public static string Of(string markdown)
    {
        if (markdown.AsSpan().Count('[') > MostBrackets)
            return Flat(markdown);
        var lines = new PlainLines();
        try
        {
            foreach (var block in Markdown.Parse(markdown, Pipeline))
                Add(lines, block);
        }
        // Markdig refuses what is nested more than 128 deep, which no person writes; mails that are answered for months come near it.
        catch (ArgumentException)
        {
            return Flat(markdown);
        }
        return lines.ToString();
    }

    // Without the marks at the beginning of each line, and without brackets and tags.
    static string Flat(string markdown)
    {
        var lines = new PlainLines();
        foreach (var line in markdown.Split('\n'))
        {
            lines.Words(InlineMarks.Without(Marks().Replace(line, ""), "*_~`", crossing: '~'));
            lines.Break();
        }
        return HtmlText.Of(string.Join("<br>", lines.ToString().Split('\n')));
    }

    // A mark of a list or of a heading has a space behind it: "-5 °C", "+30 210" and "#1042" have none and are words. A line of nothing but
    // marks is a rule.
    [GeneratedRegex(@"^[\s>*+#_=-]+$|^(?>\s*(?:>|(?:[*+-]|#{1,6})(?=\s|$)))+\s*|\*\*(?=\S)|(?<=\S)\*\*|[\[\]]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    static void Add(PlainLines lines, Block block)
    {
        lines.Block();
        switch (block)
        {
            case ListBlock list:
                AddItems(lines, list);
                break;
            case TableRow row:
                foreach (var (at, cell) in row.OfType<TableCell>().Index())
                {
                    if (at > 0)
                        lines.Words(", ");
                    foreach (var inside in cell.OfType<LeafBlock>())
                        Add(lines, inside.Inline);
                }
                break;
            case HtmlBlock html:
                lines.Verbatim(HtmlText.Of(html.Lines.ToString()));
                break;
            case CodeBlock code:
                lines.Verbatim(code.Lines.ToString());
                break;
            case LinkReferenceDefinitionGroup or LinkReferenceDefinition or ThematicBreakBlock:
                break;
            case LeafBlock leaf:
                Add(lines, leaf.Inline);
                break;
            case ContainerBlock container:
                foreach (var inside in container)
                    Add(lines, inside);
                break;
        }
        lines.Block();
        if (block is ParagraphBlock { Parent: MarkdownDocument or QuoteBlock } or HeadingBlock)
            lines.Break();
    }

    static void AddItems(PlainLines lines, ListBlock list)
    {
        var number = int.TryParse(list.OrderedStart, out var first) ? first : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            lines.Block();
            lines.Words(list.IsOrdered ? $"{number++}. " : "- ");
            foreach (var (at, inside) in item.Index())
                if (at == 0 && inside is ParagraphBlock words)
                    Add(lines, words.Inline);
                else
                    Add(lines, inside);
        }
    }

    static void Add(PlainLines lines, ContainerInline? inlines)
    {
        foreach (var inline in inlines ?? [])
            Add(lines, inline);
    }

    static void Add(PlainLines lines, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline words:
                lines.Words(words.Content.AsSpan());
                break;
            case CodeInline code:
                lines.Words(code.ContentSpan);
                break;
            case LineBreakInline { IsHard: true }:
                lines.Break();
                break;
            case LineBreakInline:
                lines.Words(" ");
                break;
            case HtmlEntityInline entity:
                lines.Words(entity.Transcoded.AsSpan());
                break;
            case HtmlInline { Tag: var tag } when tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase):
                lines.Break();
                break;
            case HtmlInline { Tag: ['<', '/', .. var name, '>'] } when HtmlElements.CrossesOut(name.Trim()):
                lines.EndCrossedOut();
                break;
            case HtmlInline { Tag: ['<', .. var name, '>'] } when HtmlElements.CrossesOut(name.Split(' ', 2)[0]):
                lines.BeginCrossedOut();
                break;
            // GitHub crosses out between one tilde and between two.
            case EmphasisInline { DelimiterChar: '~' } words:
                lines.BeginCrossedOut();
                Add(lines, (ContainerInline)words);
                lines.EndCrossedOut();
                break;
            case AutolinkInline address:
                lines.Words(address.Url);
                break;
            case TaskList task:
                lines.Words(task.Checked ? "[x] " : "[ ] ");
                break;
            case LinkInline link:
                var start = lines.Length;
                Add(lines, (ContainerInline)link);
                if (!link.IsImage)
                    lines.Address(link.Url, start);
                break;
            case ContainerInline container:
                Add(lines, container);
                break;
        }
    }
}
