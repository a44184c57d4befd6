using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Http;

namespace BotDispatch.Alerts;

/// <summary>
/// Reads the file of routes. The first entry that matches counts, so a bad one cannot just be left out: its alerts would go to the wrong
/// people. A file with a mistake is not used at all, and the last good one stays.
/// </summary>
internal static partial class RouteReader
{
    const int LongestPattern = 500;

    static readonly ImmutableArray<string> Names =
        ["match", "to", "people", "ignore", "channel", "group by", "note", "title", "description", "priority", "place"];

    /// <summary>Returns the routes, or every mistake with its line.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="placeOf">Reads a place; null if it is none.</param>
    /// <param name="hasDefault">Whether there is a place for routes that name none.</param>
    public static FileContent<AlertRoute> Parse(string text, Func<string, ChatChannel?> placeOf, bool hasDefault)
    {
        var read = YamlRows.Read(text, "routes", "a route with fields");
        var (routes, problems) = (ImmutableArray.CreateBuilder<AlertRoute>(), read.Problems.ToBuilder());
        foreach (var row in read.Items)
        {
            if (routes.LastOrDefault() is { Matchers.Length: 0 } all)
                problems.Add(new(row.Line, $"no alert comes here, because the route on line {all.Line} matches every alert."));
            var mistakes = new List<string>();
            var route = RouteOf(row, placeOf, hasDefault, mistakes);
            problems.AddRange(mistakes.Select(mistake => new FileProblem(row.Line, mistake)));
            routes.Add(route);
        }
        if (problems.Count == 0 && routes.Count == 0)
            problems.Add(new(1, "there is no route in it."));
        return problems.Count > 0 ? new([], [.. problems.OrderBy(each => each.Line)]) : new(routes.ToImmutable(), []);
    }

    static AlertRoute RouteOf(FileRow row, Func<string, ChatChannel?> placeOf, bool hasDefault, List<string> mistakes)
    {
        foreach (var property in row.Object.EnumerateObject())
            if (!Names.Contains(NameOf(property)))
                mistakes.Add($"a field is unknown. The fields of a route are {string.Join(", ", Names)}.");
        ImmutableArray<LabelMatcher> matchers = [.. Matchers(Field("match"), mistakes)];
        var (to, people) = (Text("to"), Texts("people"));
        var isIgnored = Text("ignore") switch
        {
            null => false,
            "true" or "yes" => true,
            "false" or "no" => false,
            _ => Mistake("ignore must be true or false."),
        };
        if (isIgnored && (to is not null || people.Length > 0))
            mistakes.Add("ignore stands beside to or people: a route either calls people or ignores alerts.");
        else if (!isIgnored && to is null == (people.Length == 0))
            mistakes.Add("say with to (a list) or with people (ids or email addresses) who is called, or write ignore: true.");
        if (people.Length > ReplyText.MostPeople)
            mistakes.Add($"people has more than {ReplyText.MostPeople} entries.");
        var channel = Text("channel") is { } written ? placeOf(written) : null;
        if (Text("channel") is not null && channel is null)
            mistakes.Add("channel is not a channel: write its link in Teams, or slack:T…/C….");
        else if (channel is null && !isIgnored && !hasDefault)
            mistakes.Add("channel is missing, and there is no default (setting Api:Channel).");
        var note = Text("note");
        if (note?.Length > ReplyText.MostNote)
            mistakes.Add($"note has more than {ReplyText.MostNote} characters.");
        var groupBy = Field("group by") is null ? (ImmutableArray<string>?)null : Texts("group by");
        return new(row.Line, matchers, isIgnored, to, people, channel, groupBy, note, Text("title"), Text("description"),
            Text("priority"), Text("place"));

        JsonElement? Field(string name) => row.Object.EnumerateObject()
            .Where(each => NameOf(each) == name && each.Value.ValueKind is not JsonValueKind.Null)
            .Select(each => (JsonElement?)each.Value).LastOrDefault();

        string? Text(string name)
        {
            if (Field(name) is not { } field)
                return null;
            if (field.AsText()?.Trim() is { Length: > 0 } text)
                return text;
            mistakes.Add($"{name} must be one text.");
            return null;
        }

        ImmutableArray<string> Texts(string name) => Field(name) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(each => each.AsText()?.Trim()).OfType<string>()
                .Where(each => each.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            { } one => one.AsText() is { } text ? [text.Trim()] : [],
        };

        bool Mistake(string what)
        {
            mistakes.Add(what);
            return false;
        }
    }

    /// <summary>A mapping of labels to values, or a list of matchers as Alertmanager writes them.</summary>
    static IEnumerable<LabelMatcher> Matchers(JsonElement? match, List<string> mistakes)
    {
        if (match is { ValueKind: JsonValueKind.Object } equal)
            foreach (var each in equal.EnumerateObject())
                if (each.Value.AsText() is { } value)
                    yield return new(each.Name, value, false, null);
                else
                    mistakes.Add("match has a value that is not one text.");
        else if (match is { ValueKind: JsonValueKind.Array } list)
            foreach (var each in list.EnumerateArray())
                if (each.AsText() is { } written && Read(written, mistakes) is { } matcher)
                    yield return matcher;
                else
                    mistakes.Add("match has a condition that cannot be read: write label=\"value\", with =, !=, =~ or !~.");
        else if (match is { } single)
            if (single.AsText() is { } written && Read(written, mistakes) is { } matcher)
                yield return matcher;
            else
                mistakes.Add("match cannot be read: write label=\"value\", with =, !=, =~ or !~.");
    }

    static LabelMatcher? Read(string written, List<string> mistakes)
    {
        if (Condition().Match(written.Trim()) is not { Success: true } found)
            return null;
        var (label, sign, value) = (found.Groups["label"].Value, found.Groups["sign"].Value, found.Groups["value"].Value);
        if (value is ['"', .., '"'])
            value = value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        if (!sign.EndsWith('~'))
            return new(label, value, sign == "!=", null);
        if (value.Length > LongestPattern)
        {
            mistakes.Add($"match has a pattern of more than {LongestPattern} characters.");
            return new(label, "", false, null);
        }
        try
        {
            // Such a pattern takes a time that grows with the text alone, whatever the pattern is.
            return new(label, "", sign == "!~", new Regex($"^(?:{value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException)
        {
            mistakes.Add("match has a pattern that is not a regular expression without look-around and back-references.");
            return new(label, "", false, null);
        }
    }

    static string NameOf(JsonProperty property) =>
        (SafeJson.NameOf(property) ?? "").Trim().ToLowerInvariant().Replace('_', ' ').Replace('-', ' ') switch
        {
            "groupby" => "group by",
            var name => name,
        };

    [GeneratedRegex("""^(?<label>[A-Za-z_][A-Za-z0-9_.-]*)\s*(?<sign>=~|!~|!=|=)\s*(?<value>"(?:[^"\\]|\\.)*"|[^"]*)$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Condition();
}
