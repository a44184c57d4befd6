using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Drawing;

/// <summary>Builds blocks and their parts within every limit of Slack, so that no text makes Slack refuse a message.</summary>
/// <remarks>https://docs.slack.dev/reference/block-kit/blocks</remarks>
internal static class Blocks
{
    const int MostSection = 3000;
    const int MostHeader = 150;
    const int MostButton = 75;
    const int MostOption = 75;

    /// <summary>The most choices in one list.</summary>
    public const int MostOptions = 100;

    /// <summary>A section of our own mrkdwn. Foreign text in it must be inert already.</summary>
    public static JsonObject Section(string mrkdwn, string? blockId = null) => Of(
        ("type", "section"), ("block_id", blockId), ("text", Mrkdwn(Cut(mrkdwn, MostSection))));

    /// <summary>Small grey text.</summary>
    public static JsonObject Context(string mrkdwn, string? blockId = null) => Of(
        ("type", "context"), ("block_id", blockId), ("elements", new JsonArray(Mrkdwn(Cut(mrkdwn, MostSection)))));

    /// <summary>Large literal text.</summary>
    public static JsonObject Header(string words) => Of(("type", "header"), ("text", Plain(words, MostHeader)));

    public static JsonObject Divider() => Of(("type", "divider"));

    public static JsonObject Actions(string blockId, IEnumerable<JsonObject> elements) => Of(
        ("type", "actions"), ("block_id", blockId), ("elements", new JsonArray([.. elements])));

    /// <summary>A button; <paramref name="style"/> is <c>primary</c>, <c>danger</c> or null.</summary>
    public static JsonObject Button(string actionId, string label, string value, string? style = null, JsonObject? confirm = null) => Of(
        ("type", "button"), ("action_id", actionId), ("text", Plain(label, MostButton)), ("value", value),
        ("style", style), ("confirm", confirm));

    /// <summary>The question that Slack shows before a button does anything.</summary>
    public static JsonObject Confirm(string title, string question, string yes, string no) => Of(
        ("title", Plain(title, 100)), ("text", Plain(question, 300)), ("confirm", Plain(yes, 30)), ("deny", Plain(no, 30)),
        ("style", "danger"));

    /// <summary>One choice. The value is our own id, which the caller keeps within Slack's limit.</summary>
    public static JsonObject Option(string words, string value, string? description = null) => Of(
        ("text", Plain(words, MostOption)), ("value", value),
        ("description", string.IsNullOrEmpty(description) ? null : Plain(description, MostOption)));

    /// <summary>Writes the same as <see cref="Option"/>.</summary>
    public static void WriteOption(Utf8JsonWriter json, string words, string value, string? description)
    {
        json.WriteStartObject();
        WritePlain(json, "text"u8, words);
        json.WriteString("value"u8, value);
        if (!string.IsNullOrEmpty(description))
            WritePlain(json, "description"u8, description);
        json.WriteEndObject();
    }

    static void WritePlain(Utf8JsonWriter json, ReadOnlySpan<byte> name, string words)
    {
        json.WriteStartObject(name);
        json.WriteString("type"u8, "plain_text"u8);
        json.WriteString("text"u8, SlackText.Plain(words.Length == 0 ? " " : words, MostOption));
        json.WriteBoolean("emoji"u8, true);
        json.WriteEndObject();
    }

    /// <summary>A field of a dialog. Errors are shown at its block id. Typed text survives an update as long as both ids stay.</summary>
    public static JsonObject Input(
        string blockId, string label, JsonObject element, string? hint = null, bool isOptional = false, bool sendsChanges = false) => Of(
        ("type", "input"), ("block_id", blockId), ("label", Plain(label, 2000)), ("element", element),
        ("hint", hint is null ? null : Plain(hint, 2000)),
        ("optional", isOptional ? true : null), ("dispatch_action", sendsChanges ? true : null));

    /// <summary>Literal text. Slack would only read emoji codes in it, and those are broken up.</summary>
    public static JsonObject Plain(string words, int most) => Of(
        ("type", "plain_text"), ("text", SlackText.Plain(words.Length == 0 ? " " : words, most)), ("emoji", true));

    /// <summary>Text with formatting. It is verbatim, so that no bare address and no channel name becomes a link.</summary>
    public static JsonObject Mrkdwn(string mrkdwn) => Of(
        ("type", "mrkdwn"), ("text", mrkdwn.Length == 0 ? " " : mrkdwn), ("verbatim", true));

    /// <summary>An object of the properties that are not null, because Slack refuses null values.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> properties)
    {
        var made = new JsonObject();
        foreach (var (name, value) in properties)
            if (value is not null)
                made.Add(name, value);
        return made;
    }

    // Cut between words, so that no entity and no mention is split. Foreign text is cut earlier, so this rarely happens.
    static string Cut(string mrkdwn, int most)
    {
        if (mrkdwn.Length <= most)
            return mrkdwn;
        var end = mrkdwn.LastIndexOfAny(['\n', ' '], most - 2);
        return mrkdwn[..(end > 0 ? end : most - 1)] + "…";
    }
}

/// <summary>Fits whole lines into Slack's limits and says how many were left out. Each line alone must be short enough.</summary>
internal static class Fitting
{
    /// <summary>As many of the first lines as fit.</summary>
    public static string First(IReadOnlyList<string> lines, int most)
    {
        var count = Count(lines, most);
        return count == lines.Count
            ? string.Join('\n', lines)
            : string.Join('\n', lines.Take(count).Append(Left(lines.Count - count)));
    }

    /// <summary>As many of the last lines as fit, because the newest lines matter most.</summary>
    public static string Last(IReadOnlyList<string> lines, int most)
    {
        var count = Count([.. lines.Reverse()], most);
        return count == lines.Count
            ? string.Join('\n', lines)
            : string.Join('\n', lines.TakeLast(count).Prepend(Left(lines.Count - count)));
    }

    /// <summary>The lines in up to <paramref name="mostParts"/> parts.</summary>
    public static IEnumerable<string> Parts(IReadOnlyList<string> lines, int most, int mostParts)
    {
        for (var part = 1; lines.Count > 0; part++)
        {
            if (part == mostParts)
            {
                yield return First(lines, most);
                yield break;
            }
            var count = Math.Max(1, Count(lines, most, isWhole: true));
            yield return string.Join('\n', lines.Take(count));
            lines = [.. lines.Skip(count)];
        }
    }

    // If lines are left out, reserve room for the words that say how many.
    static int Count(IReadOnlyList<string> lines, int most, bool isWhole = false)
    {
        if (!isWhole && lines.Sum(line => line.Length + 1) <= most + 1)
            return lines.Count;
        var rest = isWhole ? most + 1 : most - Left(lines.Count).Length;
        var count = 0;
        while (count < lines.Count && (rest -= lines[count].Length + 1) >= 0)
            count++;
        return count;
    }

    static string Left(int count) => $"… and {count} more";
}
