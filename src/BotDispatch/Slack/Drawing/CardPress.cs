using System.Globalization;
using BotDispatch.Core;

namespace BotDispatch.Slack.Drawing;

/// <summary>What a button of the card says when it is pressed, however old the card is.</summary>
/// <param name="Dispatch">Which dispatch it was drawn for.</param>
/// <param name="Action">What it does.</param>
/// <param name="Callee">The callee that a Skip was drawn for; null for other buttons.</param>
/// <param name="Round">In which round.</param>
internal sealed record CardPress(DispatchId Dispatch, CardAction Action, int? Callee, int Round)
{
    const string Prefix = "dispatch_";

    /// <summary>The element's id for what a button does, as <c>dispatch_cancel</c>.</summary>
    public static string ActionId(CardAction action) => Prefix + action switch
    {
        CardAction.Cancel => "cancel",
        CardAction.Skip => "skip",
        CardAction.TakeIt => "take",
        CardAction.Redispatch => "redispatch",
        _ => "done",
    };

    /// <summary>What the button carries: <c>dispatch</c>, and for a Skip <c>dispatch-callee-round</c>.</summary>
    public static string Value(DispatchId dispatch, CardButton button) =>
        button.Callee is { } callee ? string.Create(CultureInfo.InvariantCulture, $"{dispatch}-{callee}-{button.Round}") : dispatch.Value;

    /// <summary>Reads a press; null if it is none of the card's, or its value is not ours.</summary>
    public static CardPress? Read(string actionId, string? value)
    {
        foreach (var action in Enum.GetValues<CardAction>())
            if (ActionId(action) == actionId)
                return value?.Split('-') switch
                {
                    [var id] when DispatchId.TryParse(id, null, out var dispatch) => new(dispatch, action, null, 0),
                    [var id, var callee, var round] when DispatchId.TryParse(id, null, out var dispatch) && Number(callee) is { } who && Number(round) is { } which =>
                        new(dispatch, action, who, which),
                    _ => null,
                };
        return null;
    }

    static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
