using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;

namespace BotDispatch.Teams.Inbound;

/// <summary>The reply to a delivery. A message or an event has no answer, whatever the reply is.</summary>
internal abstract record TeamsReply : IWireReply
{
    private TeamsReply() { }

    /// <summary>The delivery was accepted.</summary>
    public sealed record Nothing : TeamsReply;

    /// <summary>A dialog opens, or replaces the open one. This serves dialogs of cards and of message extensions.</summary>
    /// <param name="Title">The title of the dialog.</param>
    /// <param name="Card">The bare Adaptive Card.</param>
    /// <param name="Height"><c>small</c>, <c>medium</c> or <c>large</c>.</param>
    /// <param name="Width"><c>small</c>, <c>medium</c> or <c>large</c>.</param>
    public sealed record Dialog(string Title, JsonObject Card, string Height = "medium", string Width = "medium") : TeamsReply;

    /// <summary>The dialog closes and a text is shown.</summary>
    public sealed record DialogMessage(string Text) : TeamsReply;

    /// <summary>The dialog closes; the text is for dialogs that do not close without one.</summary>
    public sealed record DialogClose(string Text) : TeamsReply;

    /// <summary>This card replaces the pressed one, for the person who pressed only.</summary>
    public sealed record CardAnswer(JsonObject Card) : TeamsReply;

    /// <summary>A text is shown under the card, to the person who pressed.</summary>
    public sealed record CardMessage(string Text) : TeamsReply;

    /// <summary>A text is shown under the card as an error, to the person who pressed.</summary>
    public sealed record CardError(string Code, string Text) : TeamsReply;

    /// <summary>The choices of a field, each with its value.</summary>
    public sealed record SearchResults(ImmutableArray<(string Title, string Value)> Choices) : TeamsReply;

    /// <summary>The kind of the request is unknown.</summary>
    public sealed record NotImplemented : TeamsReply;
}
