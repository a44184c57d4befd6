using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>Turns what was decided into rows. The same text for both databases.</summary>
internal static class CommitWrites
{
    const string NewDispatch = """
        INSERT INTO dispatches (id, version, status, is_open, ticket, opened_at, closed_at, plan, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """;
    const string NoNewDispatch = "DELETE FROM dispatches WHERE id = $1";
    const string ChangedDispatch = "UPDATE dispatches SET version = $1, status = $2, is_open = $3, closed_at = $4, state = $5 WHERE id = $6 AND version = $7";
    const string NewEvent = "INSERT INTO events (dispatch, seq, at, event) VALUES ($1, $2, $3, $4)";
    const string MarkLane = """
        INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, claimed_until, tries) VALUES ($1, $2, $3, 0, $4, 0, 0)
        ON CONFLICT (dispatch, lane) DO UPDATE SET due_at = excluded.due_at, wanted_seq = excluded.wanted_seq
        """;
    const string DropLane = "DELETE FROM lanes WHERE dispatch = $1 AND lane = $2";
    // One that was given up begins again.
    const string NewThread = """
        INSERT INTO threads (dispatch, n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq) VALUES ($1, $2, $3, $4, NULL, 1, 0, 0, 0)
        ON CONFLICT (dispatch, n) DO UPDATE SET given_up = NULL, root_tries = 0, posting_tries = 0, asker = CASE WHEN threads.given_up IS NULL THEN threads.asker END
        """;
    const string TakenOverThreads = """
        INSERT INTO threads (dispatch, n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq, asker)
        SELECT $1, n, platform, address, root_message, 1, 0, 0, 0, asker FROM threads WHERE dispatch = $2
        """;
    // A predecessor whose card this dispatch took over waits for that card as long as it was never posted: its thread is given up too.
    static readonly string GivenUpThread = $"""
        UPDATE threads SET given_up = $1 WHERE n = $3 AND (dispatch = $2 OR root_message IS NULL) AND dispatch IN ({Succession.Predecessors("$2")})
        """;
    const string LeaveCard = "UPDATE threads SET owns_card = 0 WHERE dispatch = $1";
    const string Replace = "UPDATE dispatches SET replaced_by = $1 WHERE id = $2 AND replaced_by IS NULL";
    // A phone has one row for whoever may be ringing it, and one for each job that its owner accepted.
    const string TakeLine = """
        INSERT INTO lines (phone, holder, dispatch, attempt, held_until, is_accepted)
        SELECT $1, 'call', $2, $3, $4, 0 WHERE NOT EXISTS (SELECT 1 FROM lines WHERE phone = $1 AND is_accepted = 1 AND held_until > $5)
        ON CONFLICT (phone, holder) DO UPDATE SET dispatch = excluded.dispatch, attempt = excluded.attempt, held_until = excluded.held_until
        WHERE lines.held_until <= $5
        """;
    const string FreeLine = "DELETE FROM lines WHERE phone = $1 AND dispatch = $2 AND attempt = $3 AND is_accepted = 0";
    const string HoldLine = """
        INSERT INTO lines (phone, holder, dispatch, attempt, held_until, is_accepted) VALUES ($1, $2, $2, $3, $4, 1)
        ON CONFLICT (phone, holder) DO UPDATE SET attempt = excluded.attempt, held_until = excluded.held_until
        """;
    const string ReleaseHolds = "DELETE FROM lines WHERE dispatch = $1 AND is_accepted = 1";
    const string WaitForLine = "INSERT INTO line_waits (phone, dispatch) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    const string WakeWaiters = """
        INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
        SELECT dispatch, 'line', $2, 0, 0, 1, 0, 0 FROM line_waits WHERE phone = $1 AND NOT EXISTS (SELECT 1 FROM lines WHERE phone = $1 AND held_until > $2)
        ON CONFLICT (dispatch, lane) DO UPDATE SET due_at = excluded.due_at, wake_count = lanes.wake_count + 1
        """;
    const string WakeWaitersOfHolds = """
        INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
        SELECT DISTINCT w.dispatch, 'line', $2, 0, 0, 1, 0, 0 FROM line_waits w JOIN lines l ON l.phone = w.phone WHERE l.dispatch = $1 AND l.is_accepted = 1
        ON CONFLICT (dispatch, lane) DO UPDATE SET due_at = excluded.due_at, wake_count = lanes.wake_count + 1
        """;
    // Whoever accepted holds the line on: the others go on waiting for that.
    const string ForgetWaiters = "DELETE FROM line_waits WHERE phone = $1 AND NOT EXISTS (SELECT 1 FROM lines WHERE phone = $1 AND held_until > $2)";
    const string SeenDelivery = "INSERT INTO seen (delivery, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    const string ForgetWaitsOf = "DELETE FROM line_waits WHERE dispatch = $1";

    /// <summary>This delivery was decided.</summary>
    public static Statement Seen(string delivery, DateTimeOffset at) => new(SeenDelivery, delivery, Moment.Of(at));

    /// <summary>The line this change must win before anything else of it may be written; null if it takes none.</summary>
    public static Statement? Line(DispatchChange change) => change.Events.OfType<DispatchEvent.CallBegun>().FirstOrDefault() is { } begun
        ? new(TakeLine, Phone(change, begun.Attempt.Callee), change.Id.Value, begun.Attempt.ToString(), Moment.Of(begun.EndsBy), Moment.Of(change.At))
        : null;

    /// <summary>Gives a line back that was won by a change which then lost.</summary>
    public static Statement GiveBackLine(Statement won) => new(FreeLine, won.Values[0], won.Values[1], won.Values[2]);

    /// <summary>The dispatch's own row: changes nothing if another node was first.</summary>
    public static Statement Dispatch(DispatchChange change)
    {
        var (after, plan) = (change.After, change.After.Plan);
        var status = after.Phase switch { Phase.Closed closed => StatusOf(closed.Resolution), _ => "Open" };
        var isOpen = after.IsClosed ? 0 : 1;
        var closedAt = after.Phase is Phase.Closed(_, var at) ? Moment.Of(at) : (long?)null;
        return change.Before is null
            ? new(NewDispatch, change.Id.Value, change.Stored.Seq, status, isOpen, DispatchStore.NormalTicket(plan.Ticket.Reference),
                Moment.Of(change.At), closedAt, StoredJson.Write(plan), StoredJson.Write(after))
            : new(ChangedDispatch, change.Stored.Seq, status, isOpen, closedAt, StoredJson.Write(after), change.Id.Value, change.SeqBefore);
    }

    // Not every accepted job is done: those that are not are listed, so the row tells them apart.
    static string StatusOf(Resolution resolution) =>
        resolution is Resolution.Accepted { IsDone: true } or Resolution.Taken { IsDone: true } ? "Done" : Words.StatusOf(resolution).ToString();

    /// <summary>For a re-dispatch: changes nothing if the closed one has a successor already.</summary>
    public static Statement? MarkReplaced(DispatchChange change) => change is { Before: null, After.Plan.Replaces: { } old } ? new(Replace, change.Id.Value, old.Value) : null;

    /// <summary>Takes back the row of a new dispatch that came too late to be the successor.</summary>
    public static Statement TakeBackNew(DispatchId id) => new(NoNewDispatch, id.Value);

    /// <summary>Everything else of a change that has won.</summary>
    public static IEnumerable<Statement> Rest(DispatchChange change, bool oneCallPerPerson)
    {
        var seq = change.SeqBefore;
        foreach (var happened in change.Events)
            yield return new(NewEvent, change.Id.Value, ++seq, Moment.Of(change.At), StoredJson.Write(happened));
        foreach (var mark in change.Lanes)
            yield return mark.DueAt is { } due
                ? new(MarkLane, change.Id.Value, mark.Lane, due > change.At ? Moment.NotBefore(due) : Moment.Of(due), change.Stored.Seq)
                : new(DropLane, change.Id.Value, mark.Lane);
        foreach (var write in Threads(change))
            yield return write;
        if (oneCallPerPerson)
            foreach (var write in Lines(change))
                yield return write;
    }

    static IEnumerable<Statement> Threads(DispatchChange change)
    {
        var plan = change.After.Plan;
        if (change.Before is null && plan.Replaces is { } old)
        {
            yield return new(TakenOverThreads, change.Id.Value, old.Value);
            yield return new(LeaveCard, old.Value);
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
                    yield return new(GivenUpThread, lost.Detail.Length > 0 ? lost.Detail : lost.Because.ToString(), change.Id.Value, (long)lost.Thread);
                    break;
            }
    }

    static Statement Thread(DispatchChange change, ChatChannel place) =>
        new(NewThread, change.Id.Value, (long)change.After.ThreadIn(place)!.Value, place.Platform, place.Address);

    static IEnumerable<Statement> Lines(DispatchChange change)
    {
        foreach (var attempt in EndedLegs(change))
        {
            var phone = Phone(change, attempt.Callee);
            yield return new(FreeLine, phone, change.Id.Value, attempt.ToString());
            yield return new(WakeWaiters, phone, Moment.Of(change.At));
            yield return new(ForgetWaiters, phone, Moment.Of(change.At));
        }
        foreach (var happened in change.Events)
            switch (happened)
            {
                case DispatchEvent.Accepted accepted:
                    yield return new(HoldLine, Phone(change, accepted.Attempt.Callee), change.Id.Value, accepted.Attempt.ToString(), Moment.Of(accepted.HeldUntil));
                    break;
                case DispatchEvent.Taken { Phone: { } phone } taken:
                    yield return new(HoldLine, phone, change.Id.Value, "taken", Moment.Of(taken.HeldUntil));
                    break;
                case DispatchEvent.MarkedDone:
                    yield return new(WakeWaitersOfHolds, change.Id.Value, Moment.Of(change.At));
                    yield return new(ReleaseHolds, change.Id.Value);
                    break;
                case DispatchEvent.Started { Plan.Replaces: { } old }:
                    yield return new(WakeWaitersOfHolds, old.Value, Moment.Of(change.At));
                    yield return new(ReleaseHolds, old.Value);
                    break;
                case DispatchEvent.PassedOver { Reason: PassedOverReason.OnThePhone or PassedOverReason.HasAccepted } passed:
                    yield return new(WaitForLine, Phone(change, passed.Callee), change.Id.Value);
                    break;
            }
        if (change.After.IsClosed && change.Before is { State.IsClosed: false })
            yield return new(ForgetWaitsOf, change.Id.Value);
    }

    static IEnumerable<AttemptId> EndedLegs(DispatchChange change)
    {
        foreach (var leg in change.Before?.State.Legs ?? [])
            if (leg.IsLive && change.After.Leg(leg.Attempt) is not { IsLive: true })
                yield return leg.Attempt;
    }

    static string Phone(DispatchChange change, int callee) => change.After.Plan.Roster[callee].Phone;

}
