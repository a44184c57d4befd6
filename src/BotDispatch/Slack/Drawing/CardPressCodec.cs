using System.Globalization;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Slack.Drawing;

/// <summary>Writes and reads a <see cref="CardPress"/>: its name is the element's action id, the rest is the element's value.</summary>
internal static class CardPressCodec
{
    /// <summary>The button's value: <c>dispatch</c>, and for a Skip <c>dispatch-callee-round</c>.</summary>
    public static string Value(DispatchId dispatch, CardButton button) =>
        button.Callee is { } callee ? string.Create(CultureInfo.InvariantCulture, $"{dispatch}-{callee}-{button.Round}") : dispatch.Value;

    /// <summary>Reads a press; null if the button is not on a card, or the value is not ours.</summary>
    public static CardPress? Read(string actionId, string? value) => value?.Split('-') switch
    {
        [var dispatch] => CardPress.Read(actionId, dispatch),
        [var dispatch, var callee, var round] => CardPress.Read(actionId, dispatch, callee, round),
        _ => null,
    };
}
