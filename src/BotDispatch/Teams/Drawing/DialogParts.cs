using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Drawing;

/// <summary>The place where a dialog is drawn, which decides how its buttons answer.</summary>
internal enum Surface
{
    /// <summary>A dialog, which the answer replaces.</summary>
    Dialog,
    /// <summary>A card in the conversation, which the answer replaces for the person who pressed only.</summary>
    Card,
    /// <summary>A new message.</summary>
    Message,
}

/// <summary>Builds the parts of dialogs. Foreign text stands in rich text blocks, which read no Markdown and no links.</summary>
/// <remarks>
/// https://adaptivecards.io/explorer/RichTextBlock.html; Teams supports version 1.5:
/// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
/// </remarks>
internal static class DialogParts
{
    /// <summary>The verb of every button that changes a dialog. The button's data holds its intent.</summary>
    public const string Verb = "dispatchDialog";

    const int MostMessage = 1000;

    /// <summary>A card with its buttons at the end.</summary>
    public static JsonObject Card(IEnumerable<JsonObject> body, IEnumerable<JsonObject> buttons)
    {
        var all = new JsonArray([.. body]);
        var last = new JsonArray([.. buttons]);
        // Older clients support Action.Execute only inside a set.
        if (last.Count > 0)
            all.Add(new JsonObject { ["type"] = "ActionSet", ["spacing"] = "Medium", ["actions"] = last });
        return new()
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["body"] = all,
        };
    }

    /// <summary>Draws each line of a text, which may be foreign. The lines of a list stand close together.</summary>
    public static IEnumerable<JsonObject> Lines(
        string text, int most, string? colour = null, bool isBold = false, bool isSmall = false, bool isList = false)
    {
        var rest = most;
        foreach (var written in text.Split('\n'))
        {
            if (TeamsText.Inert(written, rest) is not { Length: > 0 } line)
                continue;
            yield return Line(line, colour, isBold, isSmall, rest == most ? isList ? "Small" : "Default" : isList ? "None" : "Small");
            rest -= line.Length;
        }
    }

    /// <summary>A button that sends its data and the values of the fields.</summary>
    public static JsonObject Button(Surface surface, string title, JsonObject data, bool isMain = false, string? hint = null)
    {
        // Only clients without Action.Execute see a new message; others see the answer in the place of the card.
        var button = surface is Surface.Card
            ? new JsonObject { ["type"] = "Action.Execute", ["verb"] = Verb }
            : new JsonObject { ["type"] = "Action.Submit" };
        button["title"] = title;
        button["data"] = data;
        if (isMain)
            button["style"] = "positive";
        if (hint is not null)
            button["tooltip"] = hint;
        return button;
    }

    /// <summary>A line with a button at its end.</summary>
    public static JsonObject Beside(JsonObject line, JsonObject button) => new()
    {
        ["type"] = "ColumnSet",
        ["spacing"] = "Small",
        ["columns"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "Column",
                ["width"] = "stretch",
                ["verticalContentAlignment"] = "Center",
                ["items"] = new JsonArray(line),
            },
            new JsonObject
            {
                ["type"] = "Column",
                ["width"] = "auto",
                ["items"] = new JsonArray(new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(button) }),
            }),
    };

    /// <summary>A button that opens a dialog.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots</remarks>
    public static JsonObject Opener(string title, JsonObject data)
    {
        data["msteams"] = new JsonObject { ["type"] = "task/fetch" };
        return new() { ["type"] = "Action.Submit", ["title"] = title, ["style"] = "positive", ["data"] = data };
    }

    /// <summary>Foreign text that some clients read as Markdown and others do not. Links and mentions in it do nothing.</summary>
    public static string Message(string text) => string.Join('\n', text.Split('\n').Select(line => TeamsText.Inert(line, MostMessage)))
        .Replace("](", "]\u200B(", StringComparison.Ordinal).Replace("://", ":\u200B//", StringComparison.Ordinal);

    static JsonObject Line(string line, string? colour, bool isBold, bool isSmall, string spacing)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = line };
        if (colour is not null)
            run["color"] = colour;
        if (isBold)
            run["weight"] = "Bolder";
        if (isSmall)
            (run["size"], run["isSubtle"]) = ("Small", true);
        return new() { ["type"] = "RichTextBlock", ["spacing"] = spacing, ["inlines"] = new JsonArray(run) };
    }
}
