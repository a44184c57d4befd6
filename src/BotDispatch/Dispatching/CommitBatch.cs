using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// What one transaction stores: the dispatches that its inputs are for, each as the inputs before left it, what was decided of them, and
/// the rows of that. Used for one transaction only.
/// </summary>
internal sealed class CommitBatch(
    DispatchStore store, CommittedStates committed, LaneMarks laneMarks, bool oneCallPerPerson, ILogger<CommitBatch> log,
    TimeProvider real, DateTimeOffset now)
{
    sealed class Entry(StoredDispatch? before)
    {
        public StoredDispatch? Before => before;
        public DispatchState State { get; set; } = before?.State ?? DispatchState.Initial;
        // Nearly always those of one decision, which are not copied.
        public ImmutableArray<DispatchEvent> Events { get; set; } = [];
        public DispatchId? ReplacedBy { get; set; } = before?.ReplacedBy;
        public ImmutableArray<LaneMark> WantedLanes { get; set; } = [];
        public bool Exists => before is not null || !Events.IsEmpty;
    }

    readonly Dictionary<DispatchId, Entry> entries = [];
    readonly List<(DispatchId Dispatch, string Delivery)> decidedDeliveries = [];
    Dictionary<string, DispatchId> openTickets = [];
    HashSet<string> seenDeliveries = [];
    PhoneLines lines = new([]);
    // Of all dispatches, in the order of the decisions.
    readonly List<(DispatchId Dispatch, LineChange Line)> lineChanges = [];
    ImmutableArray<DispatchChange> changes = [];

    /// <summary>The time at which everything in this transaction is decided.</summary>
    public DateTimeOffset Now => now;

    /// <summary>
    /// The dispatches that another node changed first: nothing of theirs was written, and their inputs must be decided again.
    /// </summary>
    public HashSet<DispatchId> Lost { get; } = [];

    /// <summary>The earliest moment for which this commit marked a lane; null if it marked none.</summary>
    public DateTimeOffset? EarliestLook { get; private set; }

    /// <summary>Whether a lane may be due now.</summary>
    public bool IsDueNow => EarliestLook <= Now;

    /// <summary>Whether this commit wants that lane looked at.</summary>
    public bool Wants((DispatchId Dispatch, string Lane) lane) =>
        entries.TryGetValue(lane.Dispatch, out var entry)
            && entry.WantedLanes.Any(mark => mark.Lane == lane.Lane && mark.DueAt is not null);

    /// <summary>After the commit: keeps the new states in memory, so that the next inputs need not load them.</summary>
    /// <param name="hasChangedThreads">Whether the commit has changed what is remembered of threads.</param>
    public void Remember(bool hasChangedThreads)
    {
        if (hasChangedThreads)
            committed.Threads.Forget();
        foreach (var change in changes)
        {
            if (!hasChangedThreads && change.Before is null)
                committed.Threads.Begin(change.After);
            if (Lost.Contains(change.Id))
            {
                committed.Forget(change.Id);
                continue;
            }
            committed.Remember(change);
            foreach (var mark in entries[change.Id].WantedLanes)
                if (mark.DueAt is { } due && !(EarliestLook <= due))
                    EarliestLook = due;
        }
        var written = LinesWon();
        committed.Lines.Note(written, Now);
        // Other dispatches wait for a number, and their lanes are marked by the database.
        if (written.Exists(line => line is LineChange.FreeCall or LineChange.FreeJob))
            EarliestLook = Now;
        // A re-dispatch also changes the row of its predecessor, and what was remembered of that row does not have the change.
        foreach (var change in changes)
            if (change is { Before: null, After.Plan.Replaces: { } old })
                committed.Forget(old);
        // Last, because a lane that is noted may be claimed at once, and finds all the rest.
        foreach (var change in changes.Where(IsWon))
            if (committed.Lanes.Note(change.Id, entries[change.Id].WantedLanes, change.Lanes, change.After.IsClosed))
                EarliestLook = Now;
    }

    /// <summary>Loads the dispatches that the inputs are for, and those that they depend on.</summary>
    public async Task LoadAsync(WriteSession session, IReadOnlyList<InputWork> inputs)
    {
        var ids = inputs.Select(work => work.Dispatch).ToHashSet();
        var plans = inputs.Select(work => work.Input).OfType<DispatchInput.Start>().Select(start => start.Plan).ToList();
        var tickets = plans.Select(plan => DispatchStore.NormalTicket(plan.Ticket.Reference)).Distinct().ToList();
        openTickets = committed.Listed.OpenOfTickets(tickets) ?? await store.OpenByTicketAsync(session, tickets);
        ids.UnionWith(openTickets.Values);
        ids.UnionWith(plans.Select(plan => plan.Replaces).OfType<DispatchId>());
        var loaded = await store.LoadAsync(session, ids, committed.Find);
        foreach (var id in ids)
            entries.Add(id, new(loaded.GetValueOrDefault(id)));

        await committed.Lines.ReadAsync(session);
        if (oneCallPerPerson)
        {
            var phones = from work in inputs
                         where work.Input is DispatchInput.BeginCall && loaded.ContainsKey(work.Dispatch)
                         select Phone(loaded[work.Dispatch].State, ((DispatchInput.BeginCall)work.Input).Attempt);
            List<string> wanted = [.. phones.Distinct().Order(StringComparer.Ordinal)];
            lines = new(committed.Lines.Of(wanted) ?? await store.LinesAsync(session, wanted));
        }
        seenDeliveries = await store.SeenAsync(session, [.. inputs.Select(work => work.Delivery).OfType<string>().Distinct()]);
    }

    /// <summary>The answer if there is nothing to decide, because the delivery came before or nothing can start; otherwise null.</summary>
    public Applied? AnswerWithoutDeciding(InputWork work)
    {
        var entry = entries[work.Dispatch];
        if (work.Delivery is { } delivery)
        {
            if (!seenDeliveries.Add(delivery))
                return new Applied.SeenBefore(entry.State);
            decidedDeliveries.Add((work.Dispatch, delivery));
        }
        return work.Input is DispatchInput.Start start ? Refuse(work.Dispatch, start)
            : entry.Exists ? null
            : new Applied.NoSuchDispatch();
    }

    /// <summary>The dispatch as the inputs before left it, and the input with what is known of the phone that it wants to ring.</summary>
    public (DispatchState State, DispatchInput Input) Read(InputWork work)
    {
        var state = entries[work.Dispatch].State;
        return (state, work.Input is DispatchInput.BeginCall begin
            ? begin with { Line = LineOf(begin, Phone(state, begin.Attempt)) }
            : work.Input);
    }

    /// <summary>Adds what was decided: the next input sees it, and <see cref="WriteAsync"/> writes it.</summary>
    public void Add(DispatchId dispatch, Decision decision)
    {
        var entry = entries[dispatch];
        if (oneCallPerPerson)
            foreach (var change in LineChanges.Of(entry.State, decision))
            {
                lines.Apply(change);
                lineChanges.Add((dispatch, change));
            }
        entry.State = decision.State;
        entry.Events = entry.Events.AddRange(decision.Events);
    }

    // Somebody who is off duty stays so, whether their line is free or not.
    LineStatus LineOf(DispatchInput.BeginCall begin, string phone) => begin.Line.Because is not null ? begin.Line
        : lines.StatusOf(phone, Now) is { Because: not null } held ? held : begin.Line;

    Applied? Refuse(DispatchId dispatch, DispatchInput.Start start)
    {
        if (entries[dispatch].Exists)
            return null;
        var ticket = DispatchStore.NormalTicket(start.Plan.Ticket.Reference);
        if (openTickets.TryGetValue(ticket, out var other) && other != dispatch && entries[other].State is { IsClosed: false } state)
            return new Applied.TicketIsOpen(state);
        if (start.Plan.Replaces is { } id)
        {
            var old = entries[id];
            if (!old.Exists)
                return new Applied.NoSuchDispatch();
            if (!old.State.IsClosed)
                return new Applied.TicketIsOpen(old.State);
            if (old.ReplacedBy is { } by)
                return new Applied.WasReplaced(by);
            old.ReplacedBy = dispatch;
        }
        openTickets[ticket] = dispatch;
        return null;
    }

    DispatchChange ChangeOf(DispatchId id, Entry entry)
    {
        entry.WantedLanes = laneMarks.Of(entry.Before?.State, entry.State, entry.Events, Now);
        var written = committed.Lanes.ToWrite(id, entry.WantedLanes, entry.State.IsClosed);
        return new(id, entry.Before, entry.State, entry.Events, written, Now) { ReplacedBy = entry.ReplacedBy };
    }

    /// <summary>Writes what was decided. Nothing of it is stored before the transaction commits.</summary>
    public async Task WriteAsync(WriteSession session)
    {
        changes = [.. entries.Where(entry => !entry.Value.Events.IsEmpty).Select(entry => ChangeOf(entry.Key, entry.Value))];
        // Every node takes rows in the same order (numbers, then ids, then deliveries), so that two nodes never wait for each other in a
        // circle.
        var ordered = changes.OrderBy(change => change.Id.Value, StringComparer.Ordinal).ToList();
        var (calls, held) = await TakeLinesAsync(session);
        // The events decide who was first. A dispatch that closes lets go of its ticket before a new one takes it.
        await InsertEventsAsync(session, [.. ordered.Where(IsWon).Where(IsKnown)]);
        await RunAsync(session, [.. ordered.Where(IsWon).Where(change => IsKnown(change) && change.WritesSnapshot).Select(Snapshot)]);
        await RunAsync(session, [.. ordered.Where(IsWon).Where(change => !IsKnown(change)).Select(Snapshot)]);
        var successors = ordered.Where(IsWon).Where(change => change is { Before: null, After.Plan.Replaces: not null }).ToList();
        await RunAsync(session, [.. successors.Select(change => (change.Id, CommitWrites.MarkReplaced(change)))]);

        if (Lost.Count > 0 && !committed.IsShared)
            throw new OutdatedMemoryException();
        foreach (var id in Lost)
            log.LostToAnotherNode(id);
        // Only a line that this commit took is given back: one that it did not win may be another node's, for the same call.
        var givenBack = calls.Where((each, n) => held[n] > 0 && Lost.Contains(each.Id));
        List<Statement> rest = [.. givenBack.Select(each => LineWrites.GiveBack(each.Call))];
        rest.AddRange(CommitWrites.Rest([.. ordered.Where(IsWon)]));
        var written = LinesWon();
        if (committed.IsShared)
            rest.AddRange(LineWrites.Rows(written));
        rest.AddRange(LineWrites.Waits(written, Now, committed.Lines.MayBeAwaited, HeldByLost()));
        rest.AddRange(successors.Where(change => !IsWon(change)).Select(change => CommitWrites.TakeBackNew(change.Id)));
        var deliveries = decidedDeliveries.Where(each => !Lost.Contains(each.Dispatch)).Select(each => each.Delivery);
        rest.AddRange(deliveries.Order(StringComparer.Ordinal).Select(delivery => CommitWrites.Seen(delivery, real.GetUtcNow())));
        await session.RunAsync(rest, CancellationToken.None);
    }

    /// <summary>
    /// Takes the lines of the calls that begin, before anything else is written: a number that is held is lost to another node. Nobody
    /// else writes to a file, so there all rows of the lines are written at once.
    /// </summary>
    async Task<(List<(DispatchId Id, Statement Call)> Calls, int[] Held)> TakeLinesAsync(WriteSession session)
    {
        if (committed.IsShared)
        {
            var calls = (from each in lineChanges
                         let hold = each.Line as LineChange.HoldForCall
                         where hold is not null
                         select (each.Dispatch, Call: LineWrites.Call(hold, Now)))
                .OrderBy(each => (string)each.Call.Values[0]!, StringComparer.Ordinal).ToList();
            return (calls, await RunAsync(session, calls));
        }
        var writes = LineWrites.InOrder(lineChanges.Select(each => each.Line), Now).ToList();
        var rows = await session.RunAsync([.. writes.Select(each => each.Write)], CancellationToken.None);
        if (writes.Index().Any(each => each.Item.Change is LineChange.HoldForCall && rows[each.Index] == 0))
            throw new OutdatedMemoryException();
        return ([], []);
    }

    /// <summary>Writes the events of dispatches that are stored already. Another node may have been first with some of them.</summary>
    async Task InsertEventsAsync(WriteSession session, List<DispatchChange> known)
    {
        if (committed.IsShared)
        {
            await RunAsync(session, [.. known.Select(change => (change.Id, CommitWrites.Events(change)))]);
            return;
        }
        // Nobody else writes, so nobody is first.
        foreach (var together in known.Chunk(Statement.MostRows))
            if ((await session.RunAsync([CommitWrites.Events(together)], CancellationToken.None)).Single() != together.Length)
                throw new OutdatedMemoryException();
    }

    List<LineChange> LinesWon() => [.. lineChanges.Where(each => !Lost.Contains(each.Dispatch)).Select(each => each.Line)];

    IEnumerable<string> HeldByLost() =>
        from each in lineChanges
        where Lost.Contains(each.Dispatch)
        let phone = each.Line switch
        {
            LineChange.HoldForCall hold => hold.Phone,
            LineChange.HoldForJob hold => hold.Phone,
            _ => null,
        }
        where phone is not null
        select phone;

    bool IsWon(DispatchChange change) => !Lost.Contains(change.Id);

    static bool IsKnown(DispatchChange change) => change.Before is not null;

    static (DispatchId Id, Statement Write) Snapshot(DispatchChange change) => (change.Id, CommitWrites.Snapshot(change));

    /// <summary>Runs writes of which each must change a row. A dispatch of which one changes none is lost to another node.</summary>
    async Task<int[]> RunAsync(WriteSession session, List<(DispatchId Id, Statement Write)> writes)
    {
        var rows = await session.RunAsync([.. writes.Select(each => each.Write)], CancellationToken.None);
        foreach (var (n, row) in rows.Index())
            if (row == 0)
                Lost.Add(writes[n].Id);
        return rows;
    }

    static string Phone(DispatchState state, AttemptId attempt) => state.Plan.Roster[attempt.Callee].Phone;
}

/// <summary>
/// The only process that writes to a database finds rows there that it does not remember. Nothing may be stored: it must forget everything,
/// and try each input alone, on what is stored.
/// </summary>
internal sealed class OutdatedMemoryException() : Exception("rows are stored that this process has not written or does not remember");
