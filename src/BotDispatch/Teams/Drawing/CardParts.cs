using System.Text.Json.Nodes;
using BotDispatch.Http;

namespace BotDispatch.Teams.Drawing;

/// <summary>Builds the parts of cards. Foreign text stands in runs only, which read no Markdown; blocks hold our own text.</summary>
/// <remarks>https://adaptivecards.io/explorer/</remarks>
internal static class CardParts
{
    const int MostBytes = 24_000;

    /// <summary>Whether Teams shows the card: at most 28 KB, https://learn.microsoft.com/answers/questions/2152703</summary>
    public static bool IsSmallEnough(JsonObject card) => SafeJson.LengthOf(card) <= MostBytes;

    /// <summary>Returns the first of these cards that is small enough; the last one if none is.</summary>
    public static JsonObject Fitting(IEnumerable<JsonObject> largestFirst)
    {
        JsonObject? drawn = null;
        foreach (var card in largestFirst)
            if (IsSmallEnough(drawn = card))
                break;
        return drawn!;
    }

    /// <summary>A bare card without an attachment around it, as wide as the chat.</summary>
    /// <remarks>
    /// Teams supports version 1.5: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
    /// </remarks>
    public static JsonObject Card(JsonArray body, string fallbackText) => Of(
        ("type", "AdaptiveCard"), ("version", "1.5"), ("fallbackText", fallbackText), ("body", body),
        ("msteams", new JsonObject { ["width"] = "Full" }));

    /// <summary>Our own text, in which Teams reads Markdown and dates.</summary>
    public static JsonObject Own(
        string words, string? color = null, bool isHeading = false, bool isSubtle = false, bool isSmall = false) => Of(
        ("type", "TextBlock"), ("text", words), ("wrap", true), ("color", color),
        ("style", isHeading ? "heading" : null), ("spacing", isHeading ? null : "Small"),
        ("size", isSmall ? "Small" : null), ("isSubtle", isSubtle || isSmall ? true : null));

    /// <summary>A line of runs.</summary>
    public static JsonObject Line(string spacing, params ReadOnlySpan<JsonObject> runs) => Of(
        ("type", "RichTextBlock"), ("spacing", spacing), ("inlines", new JsonArray([.. runs])));

    /// <summary>A part of a line, shown as it is. Its text must be inert already.</summary>
    public static JsonObject Run(string inert, bool isStrong = false, bool isSmall = false) => Of(
        ("type", "TextRun"), ("text", inert.Length == 0 ? " " : inert), ("weight", isStrong ? "Bolder" : null),
        ("size", isSmall ? "Small" : null), ("isSubtle", isSmall ? true : null));

    /// <summary>Parts that belong together.</summary>
    public static JsonObject Container(IEnumerable<JsonNode> items) => Of(("type", "Container"), ("items", new JsonArray([.. items])));

    /// <summary>Parts that are hidden until a person shows them.</summary>
    public static JsonObject Hidden(string id, IEnumerable<JsonNode> items) => Of(
        ("type", "Container"), ("id", id), ("isVisible", false), ("spacing", "None"), ("items", new JsonArray([.. items])));

    /// <summary>A button that shows hidden parts, or hides them again.</summary>
    public static JsonObject Toggle(string title, params IEnumerable<JsonObject> hidden) => Of(
        ("type", "Action.ToggleVisibility"), ("title", title),
        ("targetElements", new JsonArray([.. hidden.Select(part => part["id"]!.DeepClone())])));

    /// <summary>A set of buttons.</summary>
    public static JsonObject Buttons(IEnumerable<JsonNode> actions) => Of(("type", "ActionSet"), ("actions", new JsonArray([.. actions])));

    /// <summary>A button that is answered at once. An old client shows a button instead that sends a message with the same data.</summary>
    /// <remarks>https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model, "Backward compatibility"</remarks>
    public static JsonObject Execute(string title, string verb, JsonObject data, string? style) => Of(
        ("type", "Action.Execute"), ("title", title), ("verb", verb), ("data", data), ("style", style),
        ("fallback", Of(("type", "Action.Submit"), ("title", title), ("data", data.DeepClone()), ("style", style))));

    /// <summary>A button that shows the parts in it.</summary>
    public static JsonObject Show(string title, string style, params ReadOnlySpan<JsonNode> body) => Of(
        ("type", "Action.ShowCard"), ("title", title), ("style", style),
        ("card", Of(("type", "AdaptiveCard"), ("body", new JsonArray([.. body])))));

    /// <summary>A button that opens a link.</summary>
    public static JsonObject Open(TicketLink link) => Of(("type", "Action.OpenUrl"), ("title", link.Title), ("url", link.Address));

    static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> properties)
    {
        var made = new JsonObject();
        foreach (var (name, value) in properties)
            if (value is not null)
                made.Add(name, value);
        return made;
    }
}
