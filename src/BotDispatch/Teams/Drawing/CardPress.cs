using System.Globalization;
using System.Text.Json.Nodes;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>What a button of the card says when it is pressed, however old the card is. A client can send anything: it says what is wished, never who may.</summary>
/// <param name="Dispatch">Which dispatch it was drawn for.</param>
/// <param name="Action">What it does.</param>
/// <param name="Callee">The callee that a Skip was drawn for; null for other buttons.</param>
/// <param name="Round">In which round.</param>
internal sealed record CardPress(DispatchId Dispatch, CardAction Action, int? Callee, int Round)
{
    const string Prefix = "dispatch_";

    /// <summary>The button's verb, as <c>dispatch_cancel</c>.</summary>
    public static string Verb(CardAction action) => Prefix + action switch
    {
        CardAction.Cancel => "cancel",
        CardAction.Skip => "skip",
        CardAction.TakeIt => "take",
        CardAction.Redispatch => "redispatch",
        _ => "done",
    };

    /// <summary>What the button carries. The verb is there, too: a client that knows only plain buttons sends nothing else.</summary>
    public static JsonObject Data(DispatchId dispatch, CardButton button)
    {
        var data = new JsonObject { ["verb"] = Verb(button.Action), ["dispatch"] = dispatch.Value };
        if (button.Callee is { } callee)
            (data["callee"], data["round"]) = (callee, button.Round);
        return data;
    }

    /// <summary>Reads a press of a button that has a verb; null if it is none of the card's, or its data is not ours.</summary>
    public static CardPress? Read(string? verb, IReadOnlyDictionary<string, string> data)
    {
        foreach (var action in Enum.GetValues<CardAction>())
            if (Verb(action) == verb && DispatchId.TryParse(data.GetValueOrDefault("dispatch"), null, out var dispatch))
                return (Number(data.GetValueOrDefault("callee")), Number(data.GetValueOrDefault("round"))) switch
                {
                    ({ } callee, { } round) => new(dispatch, action, callee, round),
                    _ when data.ContainsKey("callee") || data.ContainsKey("round") || action is CardAction.Skip => null,
                    _ => new(dispatch, action, null, 0),
                };
        return null;
    }

    /// <summary>Reads a press of a plain button.</summary>
    public static CardPress? Read(IReadOnlyDictionary<string, string> data) => Read(data.GetValueOrDefault("verb"), data);

    static int? Number(string? digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
