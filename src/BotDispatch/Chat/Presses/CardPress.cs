using System.Globalization;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>
/// What a button of the card says when it is pressed, however old the card is. A client can send anything: it says what is wished, never
/// who may.
/// </summary>
/// <param name="Dispatch">Which dispatch it was drawn for.</param>
/// <param name="Action">What it does.</param>
/// <param name="Callee">The callee that a Skip was drawn for; null for other buttons.</param>
/// <param name="Round">In which round.</param>
internal sealed record CardPress(DispatchId Dispatch, CardAction Action, int? Callee, int Round)
{
    /// <summary>
    /// The name under which a chat keeps what a button does, as <c>dispatch_cancel</c>. Old cards carry it, so it never changes.
    /// </summary>
    public static string NameOf(CardAction action) => action switch
    {
        CardAction.Cancel => "dispatch_cancel",
        CardAction.Skip => "dispatch_skip",
        CardAction.TakeIt => "dispatch_take",
        CardAction.Redispatch => "dispatch_redispatch",
        _ => "dispatch_done",
    };

    /// <summary>Reads what a button carried; null if it is not one of the card's, or if its values are not ours.</summary>
    /// <param name="name">What it does, as <see cref="NameOf"/> wrote it.</param>
    /// <param name="dispatch">Which dispatch.</param>
    /// <param name="callee">Whom a Skip was drawn for; null where the button did not say it.</param>
    /// <param name="round">In which round; null where the button did not say it.</param>
    public static CardPress? Read(string? name, string? dispatch, string? callee = null, string? round = null)
    {
        foreach (var action in Enum.GetValues<CardAction>())
            if (NameOf(action) == name && DispatchId.TryParse(dispatch, null, out var id))
                return (Number(callee), Number(round)) switch
                {
                    ({ } who, { } which) => new(id, action, who, which),
                    _ when callee is not null || round is not null => null,
                    _ => new(id, action, null, 0),
                };
        return null;
    }

    static int? Number(string? digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
