using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams.Cards;

/// <summary>Says what Teams would not show of a card, or not as it is meant.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference and https://adaptivecards.io/explorer/</remarks>
internal sealed class CardCheck
{
    /// <summary>As Microsoft's staff say it: https://learn.microsoft.com/answers/questions/2152703</summary>
    const int MostBytes = 28 * 1024;

    /// <summary>More in one row are not shown.</summary>
    const int MostActions = 6;

    readonly List<string> findings = [];
    readonly HashSet<string> ids = [];
    readonly bool isDialog;

    CardCheck(bool isDialog) => this.isDialog = isDialog;

    /// <summary>Everything that is wrong; none for a good card.</summary>
    public static IReadOnlyList<string> Of(JsonNode? card, bool isDialog = false)
    {
        var check = new CardCheck(isDialog);
        check.Look(card);
        return check.findings;
    }

    /// <summary>Older clients drop what can be answered at once, unless it stands in a row of its own with something in its place.</summary>
    /// <remarks>https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model, "Backward compatibility"</remarks>
    public static bool IsDroppedByOldClients(JsonObject card) => card.Objects("actions").Any(each => each.Word("type") == "Action.Execute");

    void Look(JsonNode? card)
    {
        if (card is not JsonObject made || made.Word("type") != "AdaptiveCard")
        {
            findings.Add("it is no Adaptive Card");
            return;
        }
        if (made.Word("version") is not ("1.0" or "1.1" or "1.2" or "1.3" or "1.4" or "1.5"))
            findings.Add($"version {made.Word("version")} is not shown");
        if (Encoding.UTF8.GetByteCount(made.Written()) is > MostBytes and var bytes)
            findings.Add($"{bytes} bytes are too many");
        Inside(made);
    }

    void Inside(JsonObject card)
    {
        foreach (var block in CardReading.Blocks(card))
            Block(block);
        foreach (var action in card.Objects("actions"))
            Action(action);
    }

    void Block(JsonObject block)
    {
        switch (block.Word("type"))
        {
            case "TextBlock" when block.Word("text") is not { Length: > 0 }:
                findings.Add("a TextBlock without text");
                break;
            case "RichTextBlock":
                if (block["inlines"] is not JsonArray { Count: > 0 } runs || runs.Any(run => run is JsonObject made && (made.Word("type") != "TextRun" || made.Word("text") is not { Length: > 0 })))
                    findings.Add("a RichTextBlock with a run that is empty or none");
                break;
            case "ActionSet":
                if (block.Objects("actions").Count() is 0 or > MostActions)
                    findings.Add($"{block.Objects("actions").Count()} buttons in one row");
                foreach (var action in block.Objects("actions"))
                    Action(action);
                break;
            case "Input.Text" or "Input.Number" or "Input.Date" or "Input.Time" or "Input.Toggle" or "Input.ChoiceSet":
                Input(block);
                break;
            case "TextBlock" or "Container" or "ColumnSet" or "Column" or "FactSet" or "Image":
                break;
            case var unknown:
                findings.Add($"an element of no known type: {unknown}");
                break;
        }
    }

    void Input(JsonObject input)
    {
        if (input.Word("id") is not { Length: > 0 } id || !ids.Add(id))
            findings.Add("an input without an id of its own");
        if (input.Flag("isRequired") && input.Word("errorMessage") is null)
            findings.Add("a required input without words for when it is empty");
        if (input.Word("type") != "Input.ChoiceSet")
            return;
        foreach (var choice in input.Objects("choices"))
            if (choice.Word("title") is not { Length: > 0 } || choice.Word("value") is not { Length: > 0 } value || value.Contains(',', StringComparison.Ordinal))
                findings.Add($"a choice without a title, without a value or with a comma in it: {choice.Written()}");
        if (input.Objects("choices").GroupBy(each => each.Word("value")).Any(same => same.Count() > 1))
            findings.Add("two choices with one value");
    }

    void Action(JsonObject action)
    {
        if (action.Word("title") is not { Length: > 0 })
            findings.Add("a button without a title");
        switch (action.Word("type"))
        {
            case "Action.Execute" when isDialog:
                findings.Add("Action.Execute in a dialog, where only Action.Submit does anything");
                break;
            case "Action.OpenUrl" when !(Uri.TryCreate(action.Word("url"), UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps):
                findings.Add("a button that leads nowhere");
                break;
            case "Action.ShowCard" when action["card"] is JsonObject inner:
                Inside(inner);
                break;
            case "Action.Execute" or "Action.Submit" or "Action.OpenUrl" or "Action.ToggleVisibility":
                break;
            case var unknown:
                findings.Add($"a button of no known type: {unknown}");
                break;
        }
    }
}
