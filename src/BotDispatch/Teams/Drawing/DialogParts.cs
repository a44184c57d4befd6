using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Drawing;

/// <summary>Where something is drawn, which decides how its buttons answer.</summary>
internal enum Surface
{
    /// <summary>A dialog: it becomes what is answered.</summary>
    Dialog,
    /// <summary>A card in the conversation: it becomes what is answered, for whoever pressed alone.</summary>
    Card,
    /// <summary>Nothing stands there yet: it is posted.</summary>
    Message,
}

/// <summary>The parts that dialogs are made of. Foreign words stand in rich text blocks, which know no Markdown and no links.</summary>
/// <remarks>https://adaptivecards.io/explorer/RichTextBlock.html; Teams draws version 1.5: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference</remarks>
internal static class DialogParts
{
    /// <summary>What every button of ours that changes a dialog executes; what it wants stands in its data.</summary>
    public const string Verb = "dispatchDialog";

    const int MostMessage = 1000;

    /// <summary>A card with its buttons at the end.</summary>
    public static JsonObject Card(IEnumerable<JsonObject> body, IEnumerable<JsonObject> buttons)
    {
        var all = new JsonArray([.. body]);
        var last = new JsonArray([.. buttons]);
        // Older clients know Action.Execute inside of a set alone.
        if (last.Count > 0)
            all.Add(new JsonObject { ["type"] = "ActionSet", ["spacing"] = "Medium", ["actions"] = last });
        return new() { ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json", ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = all };
    }

    /// <summary>Words of anybody, each line by itself; those of a list close together.</summary>
    public static IEnumerable<JsonObject> Lines(string text, int most, string? colour = null, bool isBold = false, bool isSmall = false, bool isList = false)
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

    /// <summary>A button that brings its data and what is filled in.</summary>
    public static JsonObject Button(Surface surface, string title, JsonObject data, bool isMain = false, string? hint = null)
    {
        // What is posted anew is for clients that know no Action.Execute: others see it in the place of the card.
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

    /// <summary>A line, and at its end a button that belongs to it.</summary>
    public static JsonObject Beside(JsonObject line, JsonObject button) => new()
    {
        ["type"] = "ColumnSet",
        ["spacing"] = "Small",
        ["columns"] = new JsonArray(
            new JsonObject { ["type"] = "Column", ["width"] = "stretch", ["verticalContentAlignment"] = "Center", ["items"] = new JsonArray(line) },
            new JsonObject { ["type"] = "Column", ["width"] = "auto", ["items"] = new JsonArray(new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(button) }) }),
    };

    /// <summary>A button that opens a dialog.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots</remarks>
    public static JsonObject Opener(string title, JsonObject data)
    {
        data["msteams"] = new JsonObject { ["type"] = "task/fetch" };
        return new() { ["type"] = "Action.Submit", ["title"] = title, ["style"] = "positive", ["data"] = data };
    }

    /// <summary>Words of anybody in a text that a client may take for Markdown or not: links and mentions in it lead nowhere.</summary>
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
