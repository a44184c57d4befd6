using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.Cards;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams.Driver;

/// <summary>A dialog that is open before somebody.</summary>
public sealed class TeamsDialog
{
    internal TeamsDialog(string title, JsonObject card, DialogOrigin origin) => (Title, Form, Origin) = (title, new(card), origin);

    public string Title { get; }

    /// <summary>The card in it, with what is filled in.</summary>
    public CardForm Form { get; }

    public string Words => Form.Words;

    public IReadOnlyList<string> Buttons => Form.Buttons;

    internal DialogOrigin Origin { get; }
}

/// <summary>Where a dialog was begun, which is where it is sent to.</summary>
/// <param name="Place">The conversation.</param>
/// <param name="ThreadId">Its id with the thread.</param>
/// <param name="Card">The message whose button opened it; null for a message extension.</param>
/// <param name="Command">The message extension's fields; null for a card's.</param>
internal sealed record DialogOrigin(Place Place, string ThreadId, string? Card, JsonObject? Command)
{
    public string FetchName => Command is null ? "task/fetch" : "composeExtension/fetchTask";

    public string SubmitName => Command is null ? "task/submit" : "composeExtension/submitAction";

    /// <summary>The value of an invoke: data of a card's button, or the command with it.</summary>
    public JsonObject Value(JsonObject? data)
    {
        var made = Command is null ? [] : Command.DeepClone().AsObject();
        made["context"] = new JsonObject { ["theme"] = "default" };
        if (data is not null)
            made["data"] = data;
        return made;
    }
}
