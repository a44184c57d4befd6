using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;
using BotDispatch.Core;

namespace BotDispatch.Tickets.Markup;

/// <summary>Reads the text of HTML, whole or in part, in one pass over its tags.</summary>
/// <remarks>
/// Only the tokenizer of AngleSharp is used. Its parser calls itself for each of many <c>pre</c> tags in a row, so that 40 KB of them end
/// the process, and deeply nested tags cost it seconds (AngleSharp 1.10.3).
/// </remarks>
internal sealed class HtmlText
{
    const int DeepestList = 50;

    /// <summary>Elements whose content is no text, and how the tokenizer reads it.</summary>
    static readonly Dictionary<string, HtmlParseMode> Unread = new(StringComparer.Ordinal)
    {
        ["script"] = HtmlParseMode.Script,
        ["style"] = HtmlParseMode.Rawtext,
        ["iframe"] = HtmlParseMode.Rawtext,
        ["noscript"] = HtmlParseMode.Rawtext,
        ["title"] = HtmlParseMode.RCData,
        ["template"] = HtmlParseMode.PCData,
        ["svg"] = HtmlParseMode.PCData,
        ["math"] = HtmlParseMode.PCData,
    };

    static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "body", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption",
            "figure",
        "footer", "form", "header", "hr", "li", "main", "nav", "ol", "pre", "section", "summary", "table", "tr", "ul",
    };

    static readonly HashSet<string> Paragraphs = new(StringComparer.Ordinal) { "p", "h1", "h2", "h3", "h4", "h5", "h6" };

    readonly string html;
    readonly PlainLines lines = new();
    readonly Stack<int?> lists = [];
    readonly Stack<bool> spans = [];
    (string? Address, int Start) link;
    string? skipped;
    int skippedDepth;
    int verbatim;
    bool isInCell;

    HtmlText(string html) => this.html = html;

    /// <summary>Returns the text.</summary>
    public static string Of(string html)
    {
        var reader = new HtmlText(html);
        using var source = new TextSource(html);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        while (tokens.Get() is { Type: not HtmlTokenType.EndOfFile } token)
            reader.Add(token, tokens);
        return reader.lines.ToString();
    }

    void Add(HtmlToken token, HtmlTokenizer tokens)
    {
        switch (token)
        {
            case { Type: HtmlTokenType.Character } when skipped is not null:
                break;
            case { Type: HtmlTokenType.Character } when verbatim > 0:
                lines.Verbatim(token.Data);
                break;
            case { Type: HtmlTokenType.Character }:
                lines.Words(token.Data);
                break;
            case HtmlTagToken tag when skipped is not null:
                skippedDepth += tag.Name != skipped || tag.IsSelfClosing ? 0 : tag.Type is HtmlTokenType.StartTag ? 1 : -1;
                if (skippedDepth == 0)
                    skipped = null;
                break;
            case HtmlTagToken { Type: HtmlTokenType.StartTag } tag when Unread.TryGetValue(tag.Name, out var mode):
                (skipped, skippedDepth) = tag.IsSelfClosing ? (null, 0) : (tag.Name, 1);
                tokens.State = mode;
                break;
            case HtmlTagToken { Type: HtmlTokenType.StartTag } tag when IsHidden(tag):
                (skipped, skippedDepth) = (tag.Name, 1);
                break;
            case HtmlTagToken { Type: HtmlTokenType.StartTag } tag:
                Open(tag);
                break;
            case HtmlTagToken tag:
                Close(tag.Name);
                break;
        }
    }

    void Open(HtmlTagToken tag)
    {
        Separate(tag.Name);
        switch (tag.Name)
        {
            case "br":
                lines.Break();
                break;
            case "ul" or "ol" when lists.Count < DeepestList:
                lists.Push(tag.Name == "ol" ? 0 : null);
                break;
            case "li":
                lines.Words(NextItem());
                break;
            case "tr":
                isInCell = false;
                break;
            case "td" or "th":
                lines.Words(isInCell ? ", " : "");
                isInCell = true;
                break;
            case "img":
                lines.Words($" {tag.GetAttribute("alt")} ");
                break;
            case "pre":
                verbatim++;
                break;
            case "a":
                link = (tag.GetAttribute("href"), lines.Length);
                break;
            case "input" when tag.GetAttribute("type") == "checkbox":
                lines.Words(tag.Attributes.Any(each => each.Name == "checked") ? "[x] " : "[ ] ");
                break;
            // The editor TinyMCE, which ServiceNow and others use, crosses out with a style.
            case "span":
                spans.Push(tag.GetAttribute("style") is { } style && style.Contains("line-through", StringComparison.OrdinalIgnoreCase));
                if (spans.Peek())
                    lines.BeginCrossedOut();
                break;
            case var name when HtmlElements.CrossesOut(name):
                lines.BeginCrossedOut();
                break;
        }
    }

    void Close(string name)
    {
        switch (name)
        {
            case "a":
                lines.Address(link.Address, link.Start);
                link = default;
                break;
            case "ul" or "ol" when lists.Count > 0:
                lists.Pop();
                break;
            case "table":
                isInCell = false;
                break;
            case "pre" when verbatim > 0:
                verbatim--;
                break;
            case "span" when spans.TryPop(out var crosses) && crosses:
            case var other when HtmlElements.CrossesOut(other):
                lines.EndCrossedOut();
                break;
        }
        Separate(name);
    }

    // Mails repeat or announce their first words in a part that nobody sees. Only elements that must be closed count, and only if they are:
    // a text that was cut must not lose its words.
    bool IsHidden(HtmlTagToken tag) =>
        tag is { Name: "div" or "span" or "table", IsSelfClosing: false }
        && (tag.Attributes.Any(each => each.Name == "hidden")
            || tag.GetAttribute("style").Replace(" ", "", StringComparison.Ordinal)
                .Contains("display:none", StringComparison.OrdinalIgnoreCase))
        && html.AsSpan(tag.Position.Position).Contains($"</{tag.Name}", StringComparison.OrdinalIgnoreCase);

    // Paragraphs stand apart; within an item or a cell they continue its line.
    void Separate(string name)
    {
        if (Blocks.Contains(name))
            lines.Block();
        if (!Paragraphs.Contains(name) || lists.Count > 0 || isInCell)
            return;
        lines.Block();
        lines.Break();
    }

    string NextItem()
    {
        if (!lists.TryPeek(out var number) || number is null)
            return "- ";
        lists.Pop();
        lists.Push(number + 1);
        return $"{number + 1}. ";
    }
}
