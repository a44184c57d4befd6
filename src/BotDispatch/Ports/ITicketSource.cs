using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>A source of tickets.</summary>
internal interface ITicketSource
{
    /// <summary>
    /// Returns the reference that a whole text is, in the ticket system's own spelling, by its form alone: <c>OPS - 7</c>, <c># 7</c> or a
    /// link to the page of the ticket. Null if the text has no such form. Asks nobody and returns at once; the ticket may not exist.
    /// </summary>
    string? ReferenceIn(string text) => null;

    /// <summary>Returns the ticket with this reference, compared without case.</summary>
    Task<FoundTicket> FindAsync(string reference, CancellationToken ct);

    /// <summary>Returns tickets whose reference or title begins with, or contains, the typed text; the likeliest first.</summary>
    Task<IReadOnlyList<Ticket>> SuggestAsync(string typed, int most, CancellationToken ct);
}

/// <summary>The result of looking for a ticket.</summary>
internal abstract record FoundTicket
{
    private FoundTicket() { }

    /// <summary>The ticket was found.</summary>
    public sealed record Found(Ticket Ticket) : FoundTicket;

    /// <summary>No ticket has that reference.</summary>
    public sealed record Unknown : FoundTicket;

    /// <summary>The ticket system could not be asked.</summary>
    public sealed record Unavailable(string Because) : FoundTicket;
}
