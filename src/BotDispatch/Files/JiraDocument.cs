using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BotDispatch.Files;

/// <summary>Reads the text of an Atlassian document, the format in which Jira Cloud's REST API 3 writes a description.</summary>
/// <remarks>https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/</remarks>
internal sealed class JiraDocument
{
    const string CrossedOut = "~~";

    readonly StringBuilder text = new();
    readonly SortedSet<string> unread = new(StringComparer.Ordinal);
    string? mistake;
    bool isCrossing;

    /// <summary>Whether an object is a document or a part of one.</summary>
    public static bool IsDocument(JsonElement value) => value.ValueKind is JsonValueKind.Object
        && value.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String
        && (type.ValueEquals("doc") || (value.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.Array));

    /// <summary>Returns the text of the document, with one line for each paragraph, item and row.</summary>
    public static FieldText Read(JsonElement document)
    {
        var reader = new JiraDocument();
        reader.Add(document, "");
        reader.Cross(false);
        var lines = reader.text.ToString().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        return new(string.Join('\n', lines) is { Length: > 0 } words ? words : null, reader.mistake,
            reader.unread.Count == 0 ? null : $"has parts that cannot be read as text ({reader.unread.Count} kinds).");
    }

    void Add(JsonElement node, string bullet)
    {
        var type = Word(node, "type");
        if (type is not "text")
            Cross(false);
        switch (type)
        {
            case "text":
                AddWords(Word(node, "text") ?? "", IsCrossedOut(node));
                break;
            case "hardBreak" or "rule":
                text.Append('\n');
                break;
            case "date":
                text.Append(long.TryParse(Attribute(node, "timestamp"), CultureInfo.InvariantCulture, out var at)
                    && at is > -62_135_596_800_000 and < 253_402_300_800_000
                    ? DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : "");
                break;
            case "inlineCard" or "blockCard" or "embedCard":
                text.Append(Attribute(node, "url"));
                break;
            case "orderedList":
                var first = int.TryParse(Attribute(node, "order"), CultureInfo.InvariantCulture, out var order) ? order : 1;
                AddItems(node, (at, _) => $"{first + at}. ");
                break;
            case "taskList":
                AddItems(node, (_, item) => Attribute(item, "state") switch { "DONE" => "- [x] ", "TODO" => "- [ ] ", _ => "- " });
                break;
            case "bulletList" or "decisionList":
                AddItems(node, (_, _) => "- ");
                break;
            default:
                AddOther(node, type, bullet);
                break;
        }
    }

    void AddOther(JsonElement node, string? type, string bullet)
    {
        var isBlock = type is not ("mention" or "emoji" or "status" or "placeholder" or "tableCell" or "tableHeader");
        if (isBlock && (text.Length == 0 || text[^1] != '\n'))
            text.Append('\n');
        text.Append(bullet);
        var said = Attribute(node, "text") ?? Attribute(node, "title") ?? Attribute(node, "alt") ?? Attribute(node, "shortName");
        text.Append(said);
        if (node.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.Array)
        {
            if (said is not null)
                text.Append('\n');
            foreach (var child in content.EnumerateArray())
                AddChild(child, type);
        }
        else if (said is null && type is not ("doc" or "paragraph" or "heading"))
            unread.Add(type ?? "?");
        if (isBlock && type is not "listItem")
            text.Append('\n');
    }

    void AddChild(JsonElement child, string? parent)
    {
        if (child.ValueKind is not JsonValueKind.Object)
            unread.Add("?");
        // The first paragraph of an item or a cell continues its line.
        else if (parent is "listItem" or "tableCell" or "tableHeader"
            && Word(child, "type") is "paragraph"
            && child.TryGetProperty("content", out var words)
            && words.ValueKind is JsonValueKind.Array)
        {
            foreach (var word in words.EnumerateArray().Where(word => word.ValueKind is JsonValueKind.Object))
                Add(word, "");
            text.Append(parent is "listItem" ? "\n" : " ");
        }
        else
            Add(child, "");
        if (parent is "tableRow")
            text.Append(", ");
    }

    void AddItems(JsonElement list, Func<int, JsonElement, string> bullet)
    {
        if (list.TryGetProperty("content", out var items) && items.ValueKind is JsonValueKind.Array)
            foreach (var (at, item) in items.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object).Index())
                Add(item, bullet(at, item));
    }

    // Words that are crossed out stand between Markdown's marks: without these they would read as if they held.
    void AddWords(string words, bool isCrossedOut)
    {
        var blanks = words.Length - words.TrimStart().Length;
        text.Append(words, 0, blanks);
        if (blanks == words.Length)
            return;
        Cross(isCrossedOut);
        text.Append(words, blanks, words.Length - blanks);
    }

    // A mark has no blank and no end of a line on its inner side.
    void Cross(bool begins)
    {
        if (begins == isCrossing)
            return;
        var at = text.Length;
        while (!begins && char.IsWhiteSpace(text[at - 1]))
            at--;
        text.Insert(at, CrossedOut);
        isCrossing = begins;
    }

    static bool IsCrossedOut(JsonElement node) =>
        node.TryGetProperty("marks", out var marks) && marks.ValueKind is JsonValueKind.Array
        && marks.EnumerateArray().Any(mark => mark.ValueKind is JsonValueKind.Object
            && mark.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("strike"));

    string? Attribute(JsonElement node, string name) =>
        node.TryGetProperty("attrs", out var attributes) && attributes.ValueKind is JsonValueKind.Object ? Word(attributes, name) : null;

    string? Word(JsonElement node, string name)
    {
        if (!node.TryGetProperty(name, out var value) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            return null;
        var word = FieldText.Of(value);
        mistake ??= word.Mistake;
        return word.Text is { Length: > 0 } said ? said : null;
    }
}
