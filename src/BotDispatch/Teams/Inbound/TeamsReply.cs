using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Inbound;

/// <summary>What a delivery is answered with. Messages and events are answered with nothing, whatever it is.</summary>
internal abstract record TeamsReply
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

    /// <summary>The card becomes this one for whoever pressed, and for nobody else.</summary>
    public sealed record CardAnswer(JsonObject Card) : TeamsReply;

    /// <summary>A text is shown under the card, to whoever pressed.</summary>
    public sealed record CardMessage(string Text) : TeamsReply;

    /// <summary>A text is shown under the card as an error, to whoever pressed.</summary>
    public sealed record CardError(string Code, string Text) : TeamsReply;

    /// <summary>What can be chosen, with the value of each.</summary>
    public sealed record SearchResults(ImmutableArray<(string Title, string Value)> Choices) : TeamsReply;

    /// <summary>We do not know what that asks for.</summary>
    public sealed record NotImplemented : TeamsReply;
}

/// <summary>Takes an activity, verified and read. What is answered is decided within 2.5 seconds; what takes longer goes on after it.</summary>
internal delegate Task<TeamsReply> HandleActivity(TeamsDelivery delivery, CancellationToken ct);
