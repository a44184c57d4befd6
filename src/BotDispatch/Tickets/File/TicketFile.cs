using System.Collections.Frozen;
using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.File;

/// <summary>The tickets in a file, as the file is now. If an edit leaves no usable ticket, the last good list stays.</summary>
internal sealed class TicketFile(IOptions<TicketsFileOptions> options, TimeProvider realTime, ILogger<TicketFile> log)
    : INoticeSource, IWatchedList
{
    // Without a file every ticket is in a ticket system.
    readonly WatchedFile<Ticket>? file = options.Value.File.Length == 0 ? null
        : new("Tickets:File", options.Value.File, TicketList.Parse, realTime, log);

    volatile ReferenceIndex index = new([], FrozenDictionary<string, Ticket>.Empty);

    /// <summary>Returns the reference of the file that this is, compared without case; null if the file has none.</summary>
    public string? ReferenceOf(string text) => ReadByReference().GetValueOrDefault(text)?.Reference;

    /// <summary>Returns the ticket with this reference, compared without case.</summary>
    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct) => Task.FromResult<FoundTicket>(
        ReadByReference().TryGetValue(reference.Trim(), out var ticket) ? new FoundTicket.Found(ticket) : new FoundTicket.Unknown());

    /// <summary>Returns tickets whose reference or title begins with, or contains, the typed text; the likeliest first.</summary>
    public Task<IReadOnlyList<Ticket>> SuggestAsync(string typed, int most, CancellationToken ct)
    {
        var part = typed.Trim();
        return Task.FromResult<IReadOnlyList<Ticket>>([.. Tickets
            .Select(ticket => (Ticket: ticket, Rank: RankOf(ticket, part)))
            .Where(each => each.Rank >= 0)
            .OrderBy(each => each.Rank)
            .Select(each => each.Ticket)
            .Take(most)]);
    }

    public IReadOnlyList<string> Notices() => file?.Notices() ?? [];

    public void Watch() => file?.Watch();

    ImmutableArray<Ticket> Tickets => file?.Read() ?? [];

    // A command or a sent dialog looks up to five times, and a list has thousands of tickets.
    FrozenDictionary<string, Ticket> ReadByReference()
    {
        var tickets = Tickets;
        if (index.Of != tickets)
            index = new(tickets, tickets.ToFrozenDictionary(each => each.Reference, StringComparer.OrdinalIgnoreCase));
        return index.Tickets;
    }

    sealed record ReferenceIndex(ImmutableArray<Ticket> Of, FrozenDictionary<string, Ticket> Tickets);

    /// <summary>Returns how well a ticket fits the typed text, 0 being best; negative if it does not.</summary>
    public static int RankOf(Ticket ticket, string part) => ticket switch
    {
        _ when ticket.Reference.StartsWith(part, StringComparison.OrdinalIgnoreCase) => 0,
        _ when ticket.Title.StartsWith(part, StringComparison.OrdinalIgnoreCase) => 1,
        _ when ticket.Reference.Contains(part, StringComparison.OrdinalIgnoreCase) => 2,
        _ when ticket.Title.Contains(part, StringComparison.OrdinalIgnoreCase) => 3,
        _ => -1,
    };
}
