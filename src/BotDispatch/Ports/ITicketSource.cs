using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>Where tickets come from.</summary>
internal interface ITicketSource
{
    /// <summary>The ticket with this reference, compared without case.</summary>
    Task<FoundTicket> FindAsync(string reference, CancellationToken ct);

    /// <summary>Tickets whose reference or title begins with, or holds, what was typed so far; the likeliest first.</summary>
    Task<IReadOnlyList<Ticket>> SuggestAsync(string typed, int most, CancellationToken ct);
}

/// <summary>What looking for a ticket came to.</summary>
internal abstract record FoundTicket
{
    private FoundTicket() { }

    /// <summary>Here it is.</summary>
    public sealed record Found(Ticket Ticket) : FoundTicket;

    /// <summary>There is none with that reference.</summary>
    public sealed record Unknown : FoundTicket;

    /// <summary>The ticket system could not be asked.</summary>
    public sealed record Unavailable(string Because) : FoundTicket;
}
