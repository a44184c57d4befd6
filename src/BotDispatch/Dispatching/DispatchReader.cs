using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Reads dispatches as they were last committed: from memory where no other process writes, otherwise from the database.</summary>
internal class DispatchReader(DispatchStore store, CommittedStates committed)
{
    /// <summary>What this process remembers of the database.</summary>
    protected CommittedStates Committed => committed;

    /// <summary>Whether other processes may write too, so that reading asks the database.</summary>
    public bool IsShared => committed.IsShared;

    /// <summary>The state as last committed; null if there is no such dispatch.</summary>
    public async Task<DispatchState?> FindAsync(DispatchId dispatch, CancellationToken ct) =>
        (committed.FindNewest(dispatch) ?? await store.FindAsync(dispatch, ct))?.State;

    /// <summary>A committed state that has at least the events up to <paramref name="seq"/>; null if there is no such dispatch.</summary>
    public async Task<StoredDispatch?> FindAsync(DispatchId dispatch, long seq, CancellationToken ct) =>
        committed.FindNewest(dispatch)
        ?? (committed.Find(dispatch) is { } known && known.Seq >= seq ? known : await store.FindAsync(dispatch, ct));

    /// <summary>The events of a committed dispatch after <paramref name="seq"/>, in order.</summary>
    public async Task<ImmutableArray<StoredEvent>> EventsAfterAsync(StoredDispatch stored, long seq, CancellationToken ct) =>
        committed.EventsAfter(stored.State.Plan.Id, seq, stored.Seq) ?? await store.EventsAfterAsync(stored.State.Plan.Id, seq, ct);

    /// <summary>Forgets the events up to that one in memory, because they were posted.</summary>
    public void ForgetEvents(DispatchId dispatch, long upTo) => committed.ForgetEvents(dispatch, upTo);

    /// <summary>The open dispatch of this ticket; null if nobody is working on it. References are compared without case.</summary>
    public async Task<DispatchState?> FindOpenByTicketAsync(string reference, CancellationToken ct) =>
        committed.Listed.OpenOfTicket(DispatchStore.NormalTicket(reference)) is (true, var open)
            ? open
            : (await store.FindOpenByTicketAsync(reference, ct))?.State;

    /// <summary>The newest dispatch of this ticket, open or closed; null if it never had one.</summary>
    public async Task<DispatchState?> FindLatestByTicketAsync(string reference, CancellationToken ct) =>
        (await store.FindLatestByTicketAsync(reference, ct))?.State;

    /// <summary>Every open dispatch, the newest first.</summary>
    public async Task<IReadOnlyList<DispatchState>> ListOpenAsync(CancellationToken ct) =>
        await committed.Listed.OpenAsync(ct)
        ?? [.. (await ReadAsync(await store.ListOpenAsync(ct), ct)).Where(state => !state.IsClosed)];

    /// <summary>The open dispatches in which somebody is being called, the newest first.</summary>
    public async Task<IReadOnlyList<DispatchState>> ListCallingAsync(CancellationToken ct) =>
        await committed.Listed.CallingAsync(ct) ?? [.. (await ListOpenAsync(ct)).Where(state => state.HasLiveLeg)];

    /// <summary>
    /// Accepted jobs that are neither done nor re-dispatched, accepted after <paramref name="since"/>: at most <paramref name="most"/>, the
    /// newest first.
    /// </summary>
    public async Task<IReadOnlyList<DispatchState>> ListAcceptedAsync(DateTimeOffset since, int most, CancellationToken ct) =>
        await committed.Listed.AcceptedAsync(since, null, most, ct)
        ?? [.. (await ReadAsync(await store.ListAcceptedAsync(since, most, ct), ct)).Where(state => state.IsHeld)];

    /// <summary>Those of <see cref="ListAcceptedAsync"/> that keep their owner from being called at <paramref name="now"/>.</summary>
    /// <param name="accepted">
    /// What that has returned for the same moment and number, so that the database is not asked again; null if it was not asked.
    /// </param>
    /// <param name="since">The moment of acceptance.</param>
    /// <param name="now">The moment of the call.</param>
    /// <param name="most">How many accepted jobs are looked at.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<IReadOnlyList<DispatchState>> ListHeldAsync(
        IReadOnlyList<DispatchState>? accepted, DateTimeOffset since, DateTimeOffset now, int most, CancellationToken ct) =>
        await committed.Listed.AcceptedAsync(since, now, most, ct)
        ?? [.. (accepted ?? await ListAcceptedAsync(since, most, ct))
            .Where(state => state.ClosedAt + state.Plan.Policy.AcceptedHold > now)];

    /// <summary>The newest dispatches, open and closed: of one ticket, or of all where <paramref name="reference"/> is null.</summary>
    public async Task<IReadOnlyList<DispatchState>> ListNewestAsync(string? reference, int most, CancellationToken ct) =>
        [.. (await store.ListNewestAsync(reference, most, ct)).Select(stored => stored.State)];

    /// <summary>
    /// Which numbers of this dispatch's roster ring for another dispatch, or belong to somebody who holds an accepted job, at
    /// <paramref name="now"/>.
    /// </summary>
    public async Task<IReadOnlySet<string>> BusyPhonesAsync(DispatchState state, DateTimeOffset now, CancellationToken ct) =>
        state.IsClosed ? ImmutableHashSet<string>.Empty
            : committed.Lines.Busy(state, now) ?? await store.BusyPhonesAsync(state, now, ct);

    /// <summary>
    /// Whether the number of one callee rings for another dispatch, or belongs to somebody who holds an accepted job, at
    /// <paramref name="now"/>. Looks at that number only, because a list may have thousands of people.
    /// </summary>
    public async Task<bool> IsBusyAsync(DispatchState state, int callee, DateTimeOffset now, CancellationToken ct)
    {
        string[] phone = [state.Plan.Roster[callee].Phone];
        return !state.IsClosed
            && (committed.Lines.Busy(state.Plan.Id, phone, now) ?? await store.BusyPhonesAsync(state.Plan.Id, phone, now, ct)).Count > 0;
    }

    /// <summary>Every dispatch, open or closed, that one of these lanes waits for.</summary>
    public async Task<IReadOnlyList<DispatchState>> ListWaitingAsync(IReadOnlyCollection<string> lanes, CancellationToken ct) =>
        [.. (await store.ListWaitingAsync(lanes, ct)).Select(stored => stored.State)];

    // A state may be newer than the list that names it.
    async Task<IEnumerable<DispatchState>> ReadAsync(IReadOnlyList<DispatchId> ids, CancellationToken ct)
    {
        var timesForgotten = committed.TimesForgotten;
        List<DispatchState> states = new(ids.Count);
        List<DispatchId> unknown = [];
        foreach (var id in ids)
            if (committed.FindNewest(id) is { } known)
                states.Add(known.State);
            else
                unknown.Add(id);
        if (unknown.Count == 0)
            return states;
        foreach (var stored in await store.FindManyAsync(unknown, ct))
        {
            states.Add(stored.State);
            committed.RememberRead(stored, timesForgotten);
        }
        var found = states.ToDictionary(state => state.Plan.Id);
        return ids.Select(found.GetValueOrDefault).OfType<DispatchState>();
    }
}
