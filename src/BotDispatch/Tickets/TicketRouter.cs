using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Tickets.File;

namespace BotDispatch.Tickets;

/// <summary>
/// All ticket systems as one. The form of a reference says which system is asked; the file is asked first, because it knows its references.
/// Who answered is noted with the ticket, because several may have references of one form, and settings change while a dispatch is open.
/// A ticket that was read stays known for <see cref="Memory"/>: a dialog that shows it can be sent although the system went down meanwhile.
/// </summary>
internal sealed class TicketRouter(TicketFile file, TicketSystems systems, TimeProvider realTime) : ITicketSource
{
    /// <summary>How long a ticket stays known after it was read; a dialog stays open as long.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    // A chat waits 2 s for the answer to a dialog.
    static readonly TimeSpan WaitIfKnown = TimeSpan.FromSeconds(1.2);
    static readonly TimeSpan SearchTimeout = TimeSpan.FromSeconds(1.5);
    const int MostKnown = 1000;
    const int ShortestSearch = 3;

    readonly ExpiringCache<(string System, string Reference), Ticket> known = new(MostKnown, Memory, realTime);
    // Somebody who types asks at every letter.
    readonly TurnQueue searches = new((1, TimeSpan.FromSeconds(1)));

    public string? ReferenceIn(string text)
    {
        var clean = TypedText.Clean(text);
        return clean.Length == 0 ? null
            : file.ReferenceOf(clean) ?? systems.CandidatesFor(clean).Select(each => each.Reference).FirstOrDefault();
    }

    public async Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
    {
        if (await file.FindAsync(reference, ct) is FoundTicket.Found ofFile)
            return new FoundTicket.Found(ofFile.Ticket with { System = "" });
        FoundTicket result = new FoundTicket.Unknown();
        foreach (var (system, own) in systems.CandidatesFor(TypedText.Clean(reference)))
            switch (await FindAsync(system, own, ct))
            {
                case FoundTicket.Found found:
                    return new FoundTicket.Found(found.Ticket with { System = system.System.Name });
                case FoundTicket.Unavailable unavailable:
                    result = unavailable;
                    break;
            }
        return result;
    }

    public async Task<IReadOnlyList<Ticket>> SuggestAsync(string typed, int most, CancellationToken ct)
    {
        var part = typed.Trim();
        var known = (await file.SuggestAsync(part, most, ct)).Concat(systems.All.SelectMany(each => each.Recent.Now)
            .Select(ticket => (Ticket: ticket, Rank: TicketFile.RankOf(ticket, part))).Where(each => each.Rank >= 0).OrderBy(each =>
                each.Rank)
            .Select(each => each.Ticket)).ToList();
        if (part.Length >= ShortestSearch && known.Count < most && systems.All.Count > 0
            && searches.Ask(part, realTime.GetUtcNow()) is null)
            known.AddRange(await SearchAsync(part, most, ct));
        return [.. known.DistinctBy(each => each.Reference, StringComparer.OrdinalIgnoreCase).Take(most)];
    }

    async Task<FoundTicket> FindAsync(TicketSystem system, string reference, CancellationToken ct)
    {
        var asking = system.System.FindAsync(reference, ct);
        var isKnown = known.TryGet(Key(system, reference), out var before);
        if (isKnown && await Task.WhenAny(asking, Task.Delay(WaitIfKnown, realTime, ct)) != asking)
        {
            ct.ThrowIfCancellationRequested();
            return new FoundTicket.Found(before);
        }
        switch (await asking)
        {
            case FoundTicket.Found found:
                known.Set(Key(system, reference), found.Ticket);
                known.Set(Key(system, found.Ticket.Reference), found.Ticket);
                return found;
            case FoundTicket.Unavailable when isKnown:
                return new FoundTicket.Found(before);
            case var other:
                return other;
        }
    }

    async Task<IEnumerable<Ticket>> SearchAsync(string words, int most, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(SearchTimeout, realTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var searching = systems.All.Select(each => ListAsync(each.System, words, most, either.Token)).ToList();
        return (await Task.WhenAll(searching)).SelectMany(each => each);
    }

    static async Task<IReadOnlyList<Ticket>> ListAsync(ITicketSystem system, string words, int most, CancellationToken ct)
    {
        try
        {
            return await system.ListAsync(words, Math.Min(most, RecentTickets.Most), ct) ?? [];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    static (string System, string Reference) Key(TicketSystem system, string reference) =>
        (system.System.Name, reference.ToUpperInvariant());
}
