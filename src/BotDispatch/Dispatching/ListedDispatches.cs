using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// The dispatches that are listed again and again, as they were last committed: the open ones, and the newest accepted jobs that are
/// neither done nor re-dispatched. They are read once and then follow the commits. Only where no other process writes. Safe for
/// concurrent use.
/// </summary>
internal sealed class ListedDispatches(Database database, DispatchStore store)
{
    /// <summary>As many accepted jobs are remembered.</summary>
    public const int MostAccepted = 512;

    // The order of the statements that read the same from the database.
    static readonly Comparer<(long At, string Id)> NewestFirst = Comparer<(long At, string Id)>.Create(static (one, other) =>
        one.At != other.At ? other.At.CompareTo(one.At) : string.CompareOrdinal(one.Id, other.Id));

    static readonly Comparer<Job> OldestFirst = Comparer<Job>.Create(static (one, other) =>
        NewestFirst.Compare((other.At, other.Id), (one.At, one.Id)));

    /// <summary>An accepted job: when it was accepted, and until when that holds its owner.</summary>
    readonly record struct Job(long At, string Id, DateTimeOffset HeldUntil, DispatchState State);

    sealed class Lists
    {
        public readonly SortedDictionary<(long At, string Id), StoredDispatch> Open = new(NewestFirst);
        public readonly Dictionary<DispatchId, long> OpenedAt = [];
        public readonly Dictionary<string, DispatchId> ByTicket = new(StringComparer.Ordinal);

        // All of the open ones that a dialog looks at: thousands may wait.
        public readonly Dictionary<DispatchId, (long At, DispatchState State)> Calling = [];

        // Side by side in memory, because a dialog looks at each. The newest is the last, where nearly all are added.
        public readonly List<Job> Accepted = [];
        public readonly Dictionary<DispatchId, long> AcceptedAt = [];

        /// <summary>
        /// From here on every accepted job is remembered. The database may have older ones; null if it has none.
        /// </summary>
        public (long At, string Id)? AcceptedFrom;

        public void Add(DispatchState state)
        {
            var id = state.Plan.Id;
            Remove(id);
            var job = new Job(Moment.Of(state.ClosedAt!.Value), id.Value, state.ClosedAt.Value + state.Plan.Policy.AcceptedHold, state);
            // Older ones are missing between it and those that are remembered.
            if (AcceptedFrom is { } from && NewestFirst.Compare((job.At, job.Id), from) > 0)
                return;
            Accepted.Insert(~Accepted.BinarySearch(job, OldestFirst), job);
            AcceptedAt[id] = job.At;
            if (Accepted.Count <= MostAccepted)
                return;
            Remove(new(Accepted[0].Id));
            AcceptedFrom = (Accepted[0].At, Accepted[0].Id);
        }

        public void Remove(DispatchId id)
        {
            if (AcceptedAt.Remove(id, out var at))
                Accepted.RemoveAt(Accepted.BinarySearch(new(at, id.Value, default, null!), OldestFirst));
        }
    }

    readonly Lock gate = new();
    Lists? lists;
    Task reading = Task.CompletedTask;
    // What was committed while the lists are read, because the statements may have missed it. Null while nothing is read.
    List<DispatchChange>? missed;

    /// <summary>Every open dispatch, the newest first; null where the database must be asked.</summary>
    public Task<IReadOnlyList<DispatchState>?> OpenAsync(CancellationToken ct) =>
        FromListsAsync<IReadOnlyList<DispatchState>>(static known => [.. known.Open.Values.Select(stored => stored.State)], ct);

    /// <summary>The open dispatches in which somebody is being called, the newest first; null where the database must be asked.</summary>
    public Task<IReadOnlyList<DispatchState>?> CallingAsync(CancellationToken ct) =>
        FromListsAsync<IReadOnlyList<DispatchState>>(static known =>
            [.. known.Calling.Values.OrderBy(each => (each.At, each.State.Plan.Id.Value), NewestFirst).Select(each => each.State)], ct);

    /// <summary>
    /// Accepted jobs that are neither done nor re-dispatched, accepted after <paramref name="since"/>: at most <paramref name="most"/>, the
    /// newest first. Null where the database must be asked.
    /// </summary>
    /// <param name="since">The moment of acceptance.</param>
    /// <param name="heldAt">Only jobs that hold their owner at this moment; null for all.</param>
    /// <param name="most">How many accepted jobs are looked at.</param>
    /// <param name="ct">Ends the waiting.</param>
    public Task<IReadOnlyList<DispatchState>?> AcceptedAsync(DateTimeOffset since, DateTimeOffset? heldAt, int most, CancellationToken ct)
    {
        var from = Moment.Of(since);
        return FromListsAsync<IReadOnlyList<DispatchState>>(known =>
        {
            var jobs = known.Accepted;
            if (known.AcceptedFrom is { } first && first.At > from && jobs.Count < most)
                return null;
            List<DispatchState> found = heldAt is null ? new(Math.Min(most, jobs.Count)) : [];
            for (var n = jobs.Count - 1; n >= 0 && jobs.Count - n <= most && jobs[n].At > from; n--)
                if (heldAt is not { } now || jobs[n].HeldUntil > now)
                    found.Add(jobs[n].State);
            return found;
        }, ct);
    }

    /// <summary>The open dispatches of these normalised ticket references; null where the database must be asked.</summary>
    public Dictionary<string, DispatchId>? OpenOfTickets(IReadOnlyList<string> tickets)
    {
        lock (gate)
            return lists is not { } known ? null
                : tickets.Where(known.ByTicket.ContainsKey).ToDictionary(ticket => ticket, ticket => known.ByTicket[ticket]);
    }

    /// <summary>The open dispatch of this normalised ticket reference. The database must be asked where <c>IsKnown</c> is false.</summary>
    public (bool IsKnown, DispatchState? Found) OpenOfTicket(string ticket)
    {
        lock (gate)
            return lists is not { } known ? default
                : (true, known.ByTicket.TryGetValue(ticket, out var id) ? known.Open[(known.OpenedAt[id], id.Value)].State : null);
    }

    /// <summary>For tests: whether commits are kept for a reading that is under way.</summary>
    public bool IsBeingRead
    {
        get
        {
            lock (gate)
                return missed is not null;
        }
    }

    /// <summary>Follows what was committed. Only the one writer may call it.</summary>
    public void Note(DispatchChange change)
    {
        if (database.IsShared)
            return;
        lock (gate)
        {
            missed?.Add(change);
            if (lists is { } known)
                Apply(known, change);
        }
    }

    /// <summary>Forgets everything, because it is not known what was stored.</summary>
    public void Forget()
    {
        lock (gate)
        {
            lists = null;
            missed = null;
        }
    }

    async Task<T?> FromListsAsync<T>(Func<Lists, T?> read, CancellationToken ct) where T : class
    {
        if (database.IsShared)
            return null;
        Task underWay;
        lock (gate)
        {
            if (lists is { } known)
                return read(known);
            if (reading.IsCompleted)
                reading = Task.Run(ReadAsync, CancellationToken.None);
            underWay = reading;
        }
        await underWay.WaitAsync(ct);
        lock (gate)
            return lists is { } known ? read(known) : null;
    }

    async Task ReadAsync()
    {
        List<DispatchChange> meanwhile = [];
        lock (gate)
        {
            if (lists is not null)
                return;
            missed = meanwhile;
        }
        IReadOnlyList<(string Ticket, StoredDispatch Stored)> open;
        IReadOnlyList<StoredDispatch> accepted;
        try
        {
            open = await store.ListOpenRowsAsync(CancellationToken.None);
            accepted = await store.ListAcceptedRowsAsync(MostAccepted, CancellationToken.None);
        }
        catch
        {
            lock (gate)
                if (missed == meanwhile)
                    missed = null;
            throw;
        }
        Lists known = new();
        if (accepted.Count >= MostAccepted)
            known.AcceptedFrom = (Moment.Of(accepted[^1].State.ClosedAt!.Value), accepted[^1].State.Plan.Id.Value);
        foreach (var (ticket, stored) in open)
            Open(known, Moment.Of(stored.OpenedAt), ticket, stored);
        foreach (var stored in accepted.Where(each => each.State.IsHeld))
            known.Add(stored.State);
        lock (gate)
        {
            // Something was forgotten while this was read.
            if (missed != meanwhile)
                return;
            foreach (var change in meanwhile)
                Apply(known, change);
            (lists, missed) = (known, null);
        }
    }

    static void Apply(Lists known, DispatchChange change)
    {
        var (stored, ticket) = (change.Stored, DispatchStore.NormalTicket(change.After.Plan.Ticket.Reference));
        var isOpen = known.OpenedAt.TryGetValue(change.Id, out var openedAt);
        if (isOpen && known.Open[(openedAt, change.Id.Value)].Seq > stored.Seq)
            return;
        if (change.After.Plan.Replaces is { } old && change.Before is null)
            known.Remove(old);
        if (!change.After.IsClosed)
        {
            if (isOpen || change.Before is null)
                Open(known, isOpen ? openedAt : Moment.Of(change.At), ticket, stored);
            return;
        }
        if (isOpen)
        {
            known.Open.Remove((openedAt, change.Id.Value));
            known.OpenedAt.Remove(change.Id);
            known.Calling.Remove(change.Id);
            if (known.ByTicket.TryGetValue(ticket, out var id) && id == change.Id)
                known.ByTicket.Remove(ticket);
        }
        if (change.After.IsHeld && stored.ReplacedBy is null)
            known.Add(change.After);
        else
            known.Remove(change.Id);
    }

    static void Open(Lists known, long openedAt, string ticket, StoredDispatch stored)
    {
        var id = stored.State.Plan.Id;
        known.Open[(openedAt, id.Value)] = stored;
        known.OpenedAt[id] = openedAt;
        known.ByTicket[ticket] = id;
        if (stored.State.HasLiveLeg)
            known.Calling[id] = (openedAt, stored.State);
        else
            known.Calling.Remove(id);
    }
}
