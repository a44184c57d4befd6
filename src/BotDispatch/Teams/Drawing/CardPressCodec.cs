using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>Writes and reads a <see cref="CardPress"/>: its name is the button's verb, the rest is the button's data.</summary>
internal static class CardPressCodec
{
    /// <summary>The button's data. It repeats the verb, because an old client sends the data only.</summary>
    public static JsonObject Data(DispatchId dispatch, CardButton button)
    {
        var data = new JsonObject { ["verb"] = CardPress.NameOf(button.Action), ["dispatch"] = dispatch.Value };
        if (button.Callee is { } callee)
            (data["callee"], data["round"]) = (callee, button.Round);
        return data;
    }

    /// <summary>Reads a press of a button with a verb; null if the button is not on a card, or its data is not ours.</summary>
    public static CardPress? Read(string? verb, IReadOnlyDictionary<string, string> data) =>
        CardPress.Read(verb, data.GetValueOrDefault("dispatch"), data.GetValueOrDefault("callee"), data.GetValueOrDefault("round"))
            is { } press and not { Action: CardAction.Skip, Callee: null } ? press : null;

    /// <summary>Reads a press of a plain button.</summary>
    public static CardPress? Read(IReadOnlyDictionary<string, string> data) => Read(data.GetValueOrDefault("verb"), data);
}
