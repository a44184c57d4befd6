using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.File;

/// <summary>The tickets in a file, as the file is now. If an edit leaves no usable ticket, the last good list stays.</summary>
internal sealed class TicketFile(IOptions<TicketsFileOptions> options, TimeProvider realTime, ILogger<TicketFile> log)
    : ITicketSource, INoticeSource, IWatchedList
{
    readonly WatchedFile<Ticket> file = new("Tickets:File", options.Value.File, TicketList.Parse, realTime, log);

    public Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
    {
        var wanted = reference.Trim();
        return Task.FromResult<FoundTicket>(file.Read()
            .FirstOrDefault(each => each.Reference.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } ticket
            ? new FoundTicket.Found(ticket)
            : new FoundTicket.Unknown());
    }

    public Task<IReadOnlyList<Ticket>> SuggestAsync(string typed, int most, CancellationToken ct)
    {
        var part = typed.Trim();
        return Task.FromResult<IReadOnlyList<Ticket>>([.. file.Read()
            .Select(ticket => (Ticket: ticket, Rank: RankOf(ticket, part)))
            .Where(each => each.Rank >= 0)
            .OrderBy(each => each.Rank)
            .Select(each => each.Ticket)
            .Take(most)]);
    }

    public IReadOnlyList<string> Notices() => file.Notices();

    public void Watch() => file.Watch();

    static int RankOf(Ticket ticket, string part) => ticket switch
    {
        _ when ticket.Reference.StartsWith(part, StringComparison.OrdinalIgnoreCase) => 0,
        _ when ticket.Title.StartsWith(part, StringComparison.OrdinalIgnoreCase) => 1,
        _ when ticket.Reference.Contains(part, StringComparison.OrdinalIgnoreCase) => 2,
        _ when ticket.Title.Contains(part, StringComparison.OrdinalIgnoreCase) => 3,
        _ => -1,
    };
}
