using System.Text;
using System.Text.Json;
using BotDispatch.Tickets.Markup;

namespace BotDispatch.Tickets;

/// <summary>
/// A text with places for fields of JSON: <c>{fields.summary}</c>. A place names a path, other paths for the case that it has no value
/// (<c>{a ?? b.c}</c>), and the markup of the value (<c>{description|html}</c>). A line that has places, all of them without a value, is
/// left out.
/// </summary>
internal sealed class TicketTemplate
{
    readonly List<List<Part>> lines;

    TicketTemplate(List<List<Part>> lines) => this.lines = lines;

    /// <summary>Returns what is wrong with a template, as the end of a sentence; null if it is right.</summary>
    public static string? MistakeIn(string text) => Read(text, out var mistake) is null ? mistake : null;

    /// <summary>Returns a template that is known to be right.</summary>
    public static TicketTemplate Of(string text) => Read(text, out var mistake) ?? throw new FormatException(mistake);

    /// <summary>Returns the text with the fields of this JSON; empty if there is nothing to say.</summary>
    /// <param name="root">What paths begin at.</param>
    /// <param name="extra">Values that are not in the JSON, by the names that stand in a template instead of a path.</param>
    public string Fill(JsonElement root, IReadOnlyDictionary<string, string>? extra = null)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var values = line.Select(part => part.Of(root, extra)).ToList();
            if (line.Exists(part => part.IsPlace) && !line.Index().Any(each => each.Item.IsPlace && values[each.Index].Length > 0))
                continue;
            text.AppendJoin("", values).Append('\n');
        }
        return text.ToString().Trim();
    }

    static TicketTemplate? Read(string text, out string? mistake)
    {
        mistake = null;
        var lines = new List<List<Part>>();
        foreach (var line in text.Split('\n'))
        {
            var parts = new List<Part>();
            for (var at = 0; at < line.Length;)
            {
                var open = line.IndexOfAny(['{', '}'], at);
                if (open < 0 || line[open] == '}')
                {
                    if (open >= 0)
                        mistake = "has a } without a { before it.";
                    parts.Add(new(line[at..], [], TextFormat.Plain));
                    break;
                }
                var close = line.IndexOf('}', open);
                if (close < 0)
                {
                    mistake = "has a { without a } after it.";
                    break;
                }
                if (open > at)
                    parts.Add(new(line[at..open], [], TextFormat.Plain));
                if (PlaceIn(line[(open + 1)..close], out mistake) is not { } place)
                    return null;
                parts.Add(place);
                at = close + 1;
            }
            lines.Add(parts);
        }
        return mistake is null ? new(lines) : null;
    }

    static Part? PlaceIn(string written, out string? mistake)
    {
        mistake = null;
        var format = TextFormat.Plain;
        var halves = written.Split('|');
        if (halves.Length > 2 || (halves.Length == 2 && !Enum.TryParse(halves[1].Trim(), ignoreCase: true, out format)))
        {
            mistake = $"has {{{written}}}, which names no markup after its |: write {string.Join(", ", Enum.GetNames<TextFormat>())}.";
            return null;
        }
        var paths = new List<JsonPath>();
        foreach (var each in halves[0].Split("??"))
        {
            if (JsonPath.Read(each.Trim()) is not { } path)
            {
                mistake = $"has {{{written}}}, which is no path: write one like {{fields.summary}}, {{labels[0]}} or "
                    + "{fields[name=Place].value}.";
                return null;
            }
            paths.Add(path);
        }
        return new("", paths, format);
    }

    sealed record Part(string Text, IReadOnlyList<JsonPath> Paths, TextFormat Format)
    {
        public bool IsPlace => Paths.Count > 0;

        public string Of(JsonElement root, IReadOnlyDictionary<string, string>? extra)
        {
            if (!IsPlace)
                return Text;
            foreach (var path in Paths)
            {
                var value = extra?.GetValueOrDefault(path.Written) ?? path.TextIn(root);
                if (PlainMarkup.Of(value, Format) is { Length: > 0 } words)
                    return words;
            }
            return "";
        }
    }
}
