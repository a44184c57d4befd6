using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BotDispatch.Files;

/// <summary>
/// Reads a YAML list of entries. Every scalar stays as it is written, so that <c>+306971234567</c>, <c>no</c> and <c>012</c> keep their
/// spelling.
/// </summary>
internal static class YamlRows
{
    // With aliases of aliases, a small file could expand into an endless entry.
    const int MostNodes = 10_000;
    const int Deepest = 30;
    const string TooLarge = "this entry is too large, by aliases in it.";

    abstract record Node
    {
        public sealed record Scalar(string Value, bool IsPlain) : Node;
        public sealed record Sequence(List<Node> Items) : Node;
        public sealed record Mapping(List<(Node Key, Node Value)> Pairs) : Node;
    }

    /// <summary>
    /// Returns the entries, and a problem for every entry that has no fields or cannot be read. A file that is not YAML has no entries.
    /// </summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="what">What the list must be of, for the problem of a file that is none.</param>
    /// <param name="entry">What an entry must be, for the problem of an entry that is none.</param>
    public static FileContent<FileRow> Read(string text, string what = "people", string entry = "a person with fields")
    {
        if (text.Contains('\0'))
            return FileContent<FileRow>.Broken(FileText.LineOf(text, '\0'), "the file has a NUL character in it.");
        var rows = ImmutableArray.CreateBuilder<FileRow>();
        var problems = ImmutableArray.CreateBuilder<FileProblem>();
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<SequenceStart>(out _))
                return FileContent<FileRow>.Broken(1, $"it must be a YAML list of {what}.");
            var anchors = new Dictionary<string, Node>(StringComparer.Ordinal);
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                var line = (int)parser.Current!.Start.Line;
                if (Take(parser, anchors, 0) is not Node.Mapping person)
                    problems.Add(new(line, $"{entry} is expected here."));
                else if (RowOf(line, person, out var problem) is { } row)
                    rows.Add(row);
                else
                    problems.Add(new(line, problem));
            }
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<StreamEnd>(out _)
                ? new(rows.ToImmutable(), problems.ToImmutable())
                : FileContent<FileRow>.Broken((int)parser.Current!.Start.Line,
                    "there is a second YAML document; the file must be one list.");
        }
        catch (YamlException broken)
        {
            // YamlDotNet 18.1 says that of the line on which the entry begins, and not that it is about a tab.
            return FileText.LineWithTabs(text) is { } line
                ? FileContent<FileRow>.Broken(line, "this is not YAML: the line begins with a tab; write blanks instead.")
                : FileContent<FileRow>.Broken((int)broken.Start.Line, "this is not YAML.");
        }
    }

    static Node Take(IParser parser, Dictionary<string, Node> anchors, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return anchors.TryGetValue(alias.Value.Value, out var meant)
                ? meant
                : throw new YamlException(alias.Start, alias.End, "unknown alias");
        var start = (NodeEvent)parser.Current!;
        if (depth > Deepest)
            throw new YamlException(start.Start, start.End, "too deep");
        Node node;
        if (parser.TryConsume<Scalar>(out var scalar))
            node = new Node.Scalar(scalar.Value, scalar.Style is ScalarStyle.Plain);
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<Node>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Take(parser, anchors, depth + 1));
            node = new Node.Sequence(items);
        }
        else
        {
            parser.Consume<MappingStart>();
            var pairs = new List<(Node, Node)>();
            while (!parser.TryConsume<MappingEnd>(out _))
                pairs.Add((Take(parser, anchors, depth + 1), Take(parser, anchors, depth + 1)));
            node = new Node.Mapping(pairs);
        }
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = node;
        return node;
    }

    static FileRow? RowOf(int line, Node.Mapping person, out string problem)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            var left = MostNodes;
            problem = Write(json, person, 0, ref left) ?? "";
        }
        if (problem.Length > 0)
            return null;
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return new(line, document.RootElement.Clone());
    }

    /// <summary>Writes a node as JSON. Returns what is wrong with it, or null.</summary>
    static string? Write(Utf8JsonWriter json, Node node, int depth, ref int left)
    {
        if (--left < 0 || depth > Deepest)
            return TooLarge;
        switch (node)
        {
            case Node.Scalar { IsPlain: true, Value: "" or "~" or "null" or "Null" or "NULL" }:
                json.WriteNullValue();
                return null;
            case Node.Scalar { Value: var value }:
                if (FileText.ProblemOf(value) is { } problem)
                    return $"a field {problem}";
                json.WriteStringValue(value);
                return null;
            case Node.Sequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                    if (Write(json, item, depth + 1, ref left) is { } inItem)
                        return inItem;
                json.WriteEndArray();
                return null;
            default:
                return WriteFields(json, (Node.Mapping)node, depth, ref left);
        }
    }

    static string? WriteFields(Utf8JsonWriter json, Node.Mapping mapping, int depth, ref int left)
    {
        var fields = new List<(string Key, Node Value)>();
        if (AddFields(mapping, depth, fields) is { } mistake)
            return mistake;
        json.WriteStartObject();
        foreach (var (key, value) in fields)
        {
            if (FileText.ProblemOf(key) is { } inName)
                return $"a field's name {inName}";
            json.WritePropertyName(key);
            if (Write(json, value, depth + 1, ref left) is { } inValue)
                return inValue;
        }
        json.WriteEndObject();
        return null;
    }

    /// <summary>
    /// Adds the fields of a mapping, and those of its merge keys that it does not set itself: https://yaml.org/type/merge.html. Returns
    /// what is wrong, or null.
    /// </summary>
    static string? AddFields(Node.Mapping mapping, int depth, List<(string Key, Node Value)> fields)
    {
        if (depth > Deepest || fields.Count > MostNodes)
            return TooLarge;
        var merged = new List<Node>();
        foreach (var (key, value) in mapping.Pairs)
            if (key is Node.Scalar { IsPlain: true, Value: "<<" })
                merged.AddRange(value is Node.Sequence several ? several.Items : [value]);
            else if (key is Node.Scalar name)
                fields.Add((name.Value, value));
            else
                return "a field's name must be one word.";
        foreach (var from in merged)
        {
            var theirs = new List<(string Key, Node Value)>();
            if ((from is Node.Mapping other ? AddFields(other, depth + 1, theirs) : "a merge key (<<) must name fields.") is { } mistake)
                return mistake;
            fields.AddRange(theirs.Where(each => !fields.Any(own => own.Key.Equals(each.Key, StringComparison.OrdinalIgnoreCase)))
                .ToList());
        }
        return null;
    }
}
