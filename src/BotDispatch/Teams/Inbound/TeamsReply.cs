using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;

namespace BotDispatch.Teams.Inbound;

/// <summary>What a delivery is answered with. A message or an event is answered with nothing, whatever the reply is.</summary>
internal abstract record TeamsReply : IWireReply
{
    private TeamsReply() { }

    /// <summary>It was taken.</summary>
    public sealed record Nothing : TeamsReply;

    /// <summary>A dialog opens, or the open one becomes this. For dialogs of cards and of message extensions alike.</summary>
    /// <param name="Title">Over it.</param>
    /// <param name="Card">An Adaptive Card, bare.</param>
    /// <param name="Height"><c>small</c>, <c>medium</c> or <c>large</c>.</param>
    /// <param name="Width">The same.</param>
    public sealed record Dialog(string Title, JsonObject Card, string Height = "medium", string Width = "medium") : TeamsReply;

    /// <summary>The dialog closes and a text is shown.</summary>
    public sealed record DialogMessage(string Text) : TeamsReply;

    /// <summary>The dialog closes; the text is for dialogs that do not close without one.</summary>
    public sealed record DialogClose(string Text) : TeamsReply;

    /// <summary>The card becomes this one for the person who pressed, and for nobody else.</summary>
    public sealed record CardAnswer(JsonObject Card) : TeamsReply;

    /// <summary>A text is shown under the card, to the person who pressed.</summary>
    public sealed record CardMessage(string Text) : TeamsReply;

    /// <summary>A text is shown under the card as an error, to the person who pressed.</summary>
    public sealed record CardError(string Code, string Text) : TeamsReply;

    /// <summary>What can be chosen, with the value of each.</summary>
    public sealed record SearchResults(ImmutableArray<(string Title, string Value)> Choices) : TeamsReply;

    /// <summary>We do not know what that asks for.</summary>
    public sealed record NotImplemented : TeamsReply;
}
