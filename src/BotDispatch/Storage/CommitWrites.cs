using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>The statements that store a decided change. Their text is the same for both databases.</summary>
internal static class CommitWrites
{
    const string NewDispatch = """
        INSERT INTO dispatches (id, version, status, is_open, ticket, opened_at, closed_at, plan, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """;
    const string NoNewDispatch = "DELETE FROM dispatches WHERE id = $1";
    const string ChangedDispatch = """
        UPDATE dispatches SET version = $1, status = $2, is_open = $3, closed_at = $4, state = $5 WHERE id = $6
        """;
    // One row for the events of a commit, with the number of the first of them. The node that inserts it first has won this number.
    const string NewEvents = "INSERT INTO dispatch_events (opened_at, dispatch, seq, at, event) VALUES";
    const string UnlessTaken = " ON CONFLICT DO NOTHING";
    const string NewLanes = "INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, claimed_until, tries) VALUES";
    const string MarkLane = """
         ON CONFLICT (dispatch, lane) DO UPDATE SET due_at = excluded.due_at, wanted_seq = excluded.wanted_seq
        """;
    // A lane that is being worked on has been due: the new moment counts for it.
    const string MarkLaneNoLater = """
         ON CONFLICT (dispatch, lane) DO UPDATE SET wanted_seq = excluded.wanted_seq,
          due_at = CASE WHEN lanes.claimed_by IS NULL AND lanes.due_at < excluded.due_at THEN lanes.due_at ELSE excluded.due_at END
        """;
    // A thread that was given up and is wanted again goes on with the card and the replies that it has.
    const string NewThread = """
        INSERT INTO threads (dispatch, n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq)
        VALUES ($1, $2, $3, $4, NULL, 1, 0, 0, 0)
        ON CONFLICT (dispatch, n) DO UPDATE SET
          given_up = NULL, root_tries = 0, posting_tries = 0, asker = CASE WHEN threads.given_up IS NULL THEN threads.asker END
        """;
    const string TakenOverThreads = """
        INSERT INTO threads (dispatch, n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq, asker)
        SELECT $1, n, platform, address, root_message, 1, 0, 0, 0, asker FROM threads WHERE dispatch = $2
        """;
    // A predecessor whose card this dispatch took over waits for that card as long as it was never posted: its thread is given up too.
    static readonly string GivenUpThread = $"""
        UPDATE threads SET given_up = $1
        WHERE n = $3 AND (dispatch = $2 OR root_message IS NULL) AND dispatch IN ({Succession.Predecessors("$2")})
        """;
    const string LeaveCard = "UPDATE threads SET owns_card = 0 WHERE dispatch = $1";
    const string Replace = "UPDATE dispatches SET replaced_by = $1 WHERE id = $2 AND replaced_by IS NULL";
    const string SeenDelivery = "INSERT INTO seen (delivery, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    /// <summary>Stores that this delivery was decided, so that it is not decided again.</summary>
    public static Statement Seen(string delivery, DateTimeOffset at) => new(SeenDelivery, delivery, Moment.Of(at));

    /// <summary>Writes the events of the commit. Changes no row if another node was first.</summary>
    public static Statement Events(DispatchChange change) => Events([change]);

    /// <summary>
    /// Writes the events of several dispatches, a row for each. Changes fewer rows if another process was first with one of them.
    /// </summary>
    public static Statement Events(IReadOnlyList<DispatchChange> changes)
    {
        var values = new List<object?>(5 * changes.Count);
        foreach (var change in changes)
            values.AddRange([Moment.Of(change.Stored.OpenedAt), change.Id.Value, change.SeqBefore + 1, Moment.Of(change.At),
                StoredJson.Write(change.Events)]);
        return Statement.OfRows(NewEvents, "(?, ?, ?, ?, ?)", changes.Count, UnlessTaken, [.. values]);
    }

    /// <summary>
    /// Writes the dispatch's own row. Changes no row if another node was first with a new one, or with a new dispatch of the same ticket.
    /// </summary>
    public static Statement Snapshot(DispatchChange change)
    {
        var (after, plan) = (change.After, change.After.Plan);
        var status = StatusOf(after);
        var isOpen = after.IsClosed ? 0 : 1;
        var closedAt = after.Phase is Phase.Closed(_, var at) ? Moment.Of(at) : (long?)null;
        return change.Before is null
            ? new(NewDispatch, change.Id.Value, change.Stored.Seq, status, isOpen, DispatchStore.NormalTicket(plan.Ticket.Reference),
                Moment.Of(change.At), closedAt, StoredJson.Write(plan), StoredJson.Write(after))
            : new(ChangedDispatch, change.Stored.Seq, status, isOpen, closedAt, StoredJson.Write(after), change.Id.Value);
    }

    /// <summary>
    /// What the column <c>status</c> says. Accepted jobs that are not done are listed, so the column tells them from those that are.
    /// </summary>
    public static string StatusOf(DispatchState state) => state.Resolution switch
    {
        null => "Open",
        Resolution.Accepted { IsDone: true } or Resolution.Taken { IsDone: true } => "Done",
        var resolution => Words.StatusOf(resolution).ToString(),
    };

    /// <summary>
    /// Makes a re-dispatch the successor of the dispatch that it replaces. Changes no row if that has a successor already.
    /// </summary>
    public static Statement MarkReplaced(DispatchChange successor) =>
        new(Replace, successor.Id.Value, successor.After.Plan.Replaces!.Value.Value);

    /// <summary>Deletes the row of a new dispatch that came too late to be the successor.</summary>
    public static Statement TakeBackNew(DispatchId id) => new(NoNewDispatch, id.Value);

    /// <summary>Everything else of changes that no other node was faster with, but for the lines: see <see cref="LineWrites"/>.</summary>
    public static IEnumerable<Statement> Rest(IReadOnlyList<DispatchChange> changes)
    {
        foreach (var started in changes.Where(change => change.Before is null).Chunk(Statement.MostRows))
            yield return Events(started);
        foreach (var write in Marks(changes))
            yield return write;
        foreach (var write in Threads(changes))
            yield return write;
        foreach (var write in CallStore.WritesOf(changes))
            yield return write;
    }

    static IEnumerable<Statement> Marks(IReadOnlyList<DispatchChange> changes)
    {
        List<(DispatchChange Change, LaneMark Mark)> marks = [];
        foreach (var change in changes)
            foreach (var mark in change.Lanes)
                marks.Add((change, mark));
        if (marks.Count == 0)
            yield break;
        foreach (var write in LaneStore.Gone(from each in marks where each.Mark.DueAt is null select (each.Change.Id, each.Mark.Lane)))
            yield return write;
        foreach (var isNoLater in (bool[])[false, true])
        {
            var rows = from each in marks
                       where each.Mark.DueAt is not null && each.Mark.IsNoLaterThanBefore == isNoLater
                       select (object?[])
                           [each.Change.Id.Value, each.Mark.Lane, DueAt(each.Change, each.Mark.DueAt!.Value), each.Change.Stored.Seq];
            foreach (var write in Statement.InRows(NewLanes, "(?, ?, ?, 0, ?, 0, 0)", rows, isNoLater ? MarkLaneNoLater : MarkLane))
                yield return write;
        }
    }

    static long DueAt(DispatchChange change, DateTimeOffset due) => due > change.At ? Moment.NotBefore(due) : Moment.Of(due);

    static IEnumerable<Statement> Threads(IReadOnlyList<DispatchChange> changes)
    {
        foreach (var change in changes)
        {
            var (id, plan) = (change.Id.Value, change.After.Plan);
            if (change.Before is null && plan.Replaces is { } old)
            {
                yield return new(TakenOverThreads, id, old.Value) { ChangesOtherThreads = true };
                yield return new(LeaveCard, old.Value) { ChangesOtherThreads = true };
            }
            else if (change.Before is null)
            {
                yield return Thread(change, plan.Channel);
            }
            foreach (var happened in change.Events)
                switch (happened)
                {
                    case DispatchEvent.MirrorAdded added:
                        yield return Thread(change, added.Mirror.Channel);
                        break;
                    case DispatchEvent.ThreadGivenUp lost:
                        var because = lost.Detail.Length > 0 ? lost.Detail : lost.Because.ToString();
                        yield return new(GivenUpThread, because, id, (long)lost.Thread) { ChangesOtherThreads = true };
                        break;
                }
        }
    }

    static Statement Thread(DispatchChange change, ChatChannel place) =>
        new(NewThread, change.Id.Value, (long)change.After.ThreadIn(place)!.Value, place.Platform, place.Address);
}
