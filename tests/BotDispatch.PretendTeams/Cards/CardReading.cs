using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BotDispatch.PretendTeams.Cards;

/// <summary>Reads a card as somebody does who looks at it.</summary>
internal static partial class CardReading
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    /// <summary>The Adaptive Card of a message; null if it has none.</summary>
    public static JsonObject? CardOf(JsonObject activity) =>
        activity.Objects("attachments").FirstOrDefault(each => each.Word("contentType") == ContentType)?["content"] as JsonObject;

    /// <summary>All words, a line for each block.</summary>
    public static string Words(JsonObject card) => string.Join('\n', Blocks(card).SelectMany(Lines).Where(line => line.Length > 0));

    /// <summary>The buttons that can be pressed as it stands, without what others unfold.</summary>
    public static IEnumerable<JsonObject> Actions(JsonObject card) => Blocks(card).Where(each => each.Word("type") == "ActionSet").SelectMany(each => each.Objects("actions")).Concat(card.Objects("actions"));

    /// <summary>The titles of those that do something here.</summary>
    public static IReadOnlyList<string> Titles(IEnumerable<JsonObject> actions) => [.. actions.Where(each => each.Word("type") is not ("Action.OpenUrl" or "Action.ToggleVisibility")).Select(each => each.Word("title") ?? "")];

    /// <summary>The fields.</summary>
    public static IEnumerable<JsonObject> Inputs(JsonObject card) => Blocks(card).Where(each => each.Word("type")?.StartsWith("Input.", StringComparison.Ordinal) == true);

    /// <summary>The elements in their order, those in containers too.</summary>
    public static IEnumerable<JsonObject> Blocks(JsonNode card) => card.Objects("body").Concat(card.Objects("items")).Concat(card.Objects("columns")).SelectMany(each => Blocks(each).Prepend(each));

    /// <summary>A message's text as it is shown: no marks, no entities, and names without their tags.</summary>
    public static string Plain(string text, bool isMarkup) =>
        (isMarkup ? WebUtility.HtmlDecode(Bold().Replace(Tag().Replace(text, ""), "$1")) : text).Replace("\u200B", "", StringComparison.Ordinal).Replace("\n\n", "\n", StringComparison.Ordinal);

    static IEnumerable<string> Lines(JsonObject block) => block.Word("type") switch
    {
        "TextBlock" => [Plain(block.Word("text") ?? "", isMarkup: true)],
        "RichTextBlock" => [string.Concat((block["inlines"] as JsonArray ?? []).Select(run => Bare(run.Word("text") ?? (run as JsonValue)?.ToString() ?? "")))],
        "FactSet" => block.Objects("facts").Select(fact => Bare($"{fact.Word("title")} {fact.Word("value")}")),
        ['I', 'n', 'p', 'u', 't', '.', ..] => [Bare(block.Word("label") ?? "")],
        _ => [],
    };

    static string Bare(string text) => text.Replace("\u200B", "", StringComparison.Ordinal);

    [GeneratedRegex("</?at[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\*\*(.+?)\*\*")]
    private static partial Regex Bold();
}
