using System.Diagnostics;
using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>
/// The statements that store what a commit changes about lines. Their text is the same for both databases.
/// </summary>
/// <remarks>
/// In this order: the rows of the numbers (<see cref="Call"/> and <see cref="Rows"/>, or <see cref="InOrder"/>), then
/// <see cref="Waits"/>, which wakes every dispatch that waits for a number that is free at the end of the commit, in whatever order the
/// inputs came.
/// </remarks>
internal static class LineWrites
{
    // A number has one row (holder 'call') for the call that may ring it, and one (holder: the dispatch) for each job that its owner has.
    // The call's row is written only where no hold lasts; one that has expired gives way.
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
    // The rows say whose waiters are to be woken, so they are deleted last. On PostgreSQL a commit that passes a number over has locked its
    // rows until it ends. A statement reads what was committed before it began: the one that wakes must begin after this one has waited.
    const string EndLinesOfJob = "UPDATE lines SET held_until = 0 WHERE dispatch = $1 AND is_accepted = 1";
    const string WakeWaitersOfJob = """
        INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
        SELECT DISTINCT w.dispatch, 'line', $2, 0, 0, 1, 0, 0 FROM line_waits w JOIN lines l ON l.phone = w.phone
        WHERE l.dispatch = $1 AND l.is_accepted = 1 AND l.held_until = 0
        ON CONFLICT (dispatch, lane) DO UPDATE SET due_at = excluded.due_at, wake_count = lanes.wake_count + 1
        """;
    const string DeleteLinesOfJob = "DELETE FROM lines WHERE dispatch = $1 AND is_accepted = 1 AND held_until = 0";
    const string AwaitLine = "INSERT INTO line_waits (phone, dispatch) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    const string WakeWaiters = """
        INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
        SELECT dispatch, 'line', $2, 0, 0, 1, 0, 0 FROM line_waits
        WHERE phone = $1 AND NOT EXISTS (SELECT 1 FROM lines WHERE phone = $1 AND held_until > $2)
        ON CONFLICT (dispatch, lane) DO UPDATE SET due_at = excluded.due_at, wake_count = lanes.wake_count + 1
        """;
    // One of the dispatches that are woken gets the line. The others, which may look only then, go on waiting.
    const string DeleteWait = "DELETE FROM line_waits WHERE phone = $1 AND dispatch = $2";
    const string DeleteWaitsOf = "DELETE FROM line_waits WHERE dispatch = $1";

    /// <summary>Takes the line of a call that begins. Changes no row if the number is held.</summary>
    public static Statement Call(LineChange.HoldForCall hold, DateTimeOffset now) => new(
        TakeLine, hold.Phone, hold.Attempt.Dispatch.Value, hold.Attempt.ToString(), Moment.Of(hold.Until), Moment.Of(now));

    /// <summary>Gives back the line that <see cref="Call"/> took for a change that was then lost to another node.</summary>
    public static Statement GiveBack(Statement call) => new(FreeLine, call.Values[0], call.Values[1], call.Values[2]);

    /// <summary>
    /// The rows of the numbers where no other process writes: exactly as it was decided, so that a call may begin on a number that the same
    /// commit frees. Each statement of a <see cref="LineChange.HoldForCall"/> must change a row.
    /// </summary>
    /// <param name="lines">What was decided, in order.</param>
    /// <param name="now">The moment of the decisions.</param>
    public static IEnumerable<(LineChange Change, Statement Write)> InOrder(IEnumerable<LineChange> lines, DateTimeOffset now) =>
        from line in lines
        let write = line is LineChange.HoldForCall hold ? Call(hold, now) : Row(line)
        where write is not null
        select (line, write.Value);

    /// <summary>
    /// The rows of the numbers where other processes write too, after <see cref="Call"/>: by dispatch, so that two nodes do not wait for
    /// each other in a circle, and for each dispatch in the order of the decisions.
    /// </summary>
    public static IEnumerable<Statement> Rows(IEnumerable<LineChange> lines) =>
        from line in lines.OrderBy(HolderOf, StringComparer.Ordinal)
        let write = Row(line)
        where write is not null
        select write.Value;

    /// <summary>Who begins and who ceases to wait for a number, and the wake-up of those who wait for one that became free.</summary>
    /// <param name="lines">What was decided, in order; its rows are written.</param>
    /// <param name="now">The moment of the decisions.</param>
    /// <param name="mayBeAwaited">Whether a dispatch may have waited for this number before.</param>
    /// <param name="notHeld">Numbers that a lost decision would have held: another one may have passed them over because of it.</param>
    public static IEnumerable<Statement> Waits(
        IReadOnlyCollection<LineChange> lines, DateTimeOffset now, Func<string, bool> mayBeAwaited, params IEnumerable<string> notHeld)
    {
        var at = Moment.Of(now);
        var begun = lines.OfType<LineChange.AwaitLine>().Distinct()
            .OrderBy(wait => wait.Phone, StringComparer.Ordinal).ThenBy(wait => wait.Dispatch.Value, StringComparer.Ordinal).ToList();
        foreach (var wait in begun)
            yield return new(AwaitLine, wait.Phone, wait.Dispatch.Value);
        foreach (var (phone, dispatch) in Got(lines).Where(got => mayBeAwaited(got.Phone))
            .OrderBy(got => got.Phone, StringComparer.Ordinal).ThenBy(got => got.Dispatch.Value, StringComparer.Ordinal))
            yield return new(DeleteWait, phone, dispatch.Value);
        foreach (var dispatch in InTurn(lines.OfType<LineChange.StopWaiting>().Select(stop => stop.Dispatch.Value)))
            yield return new(DeleteWaitsOf, dispatch);
        foreach (var phone in InTurn(lines.OfType<LineChange.FreeCall>().Select(free => free.Phone)))
            if (mayBeAwaited(phone) || begun.Exists(wait => wait.Phone == phone))
                yield return new(WakeWaiters, phone, at) { WakesLanes = true };
        foreach (var phone in InTurn(notHeld.Where(phone => begun.Exists(wait => wait.Phone == phone))))
            yield return new(WakeWaiters, phone, at) { WakesLanes = true };
        foreach (var dispatch in InTurn(lines.OfType<LineChange.FreeJob>().Select(free => free.Dispatch.Value)))
        {
            yield return new(WakeWaitersOfJob, dispatch, at) { WakesLanes = true };
            yield return new(DeleteLinesOfJob, dispatch);
        }
    }

    /// <summary>Who waits for a number no longer, because a call to it begins, unless the same commit passes it over as well.</summary>
    public static IEnumerable<(string Phone, DispatchId Dispatch)> Got(IReadOnlyCollection<LineChange> lines) => lines
        .OfType<LineChange.HoldForCall>().Select(hold => (hold.Phone, hold.Attempt.Dispatch))
        .Except(lines.OfType<LineChange.AwaitLine>().Select(wait => (wait.Phone, wait.Dispatch)));

    /// <summary>
    /// What the column <c>attempt</c> says of a job: the call that was accepted, or "taken" if somebody pressed "I take it" in the channel.
    /// </summary>
    public static string AttemptOf(LineChange.HoldForJob hold) => hold.Attempt?.ToString() ?? "taken";

    static Statement? Row(LineChange change) => change switch
    {
        LineChange.FreeCall free => new(FreeLine, free.Phone, free.Attempt.Dispatch.Value, free.Attempt.ToString()),
        LineChange.HoldForJob hold => new(HoldLine, hold.Phone, hold.Dispatch.Value, AttemptOf(hold), Moment.Of(hold.Until)),
        LineChange.FreeJob free => new(EndLinesOfJob, free.Dispatch.Value),
        LineChange.HoldForCall or LineChange.AwaitLine or LineChange.StopWaiting => null,
        _ => throw new UnreachableException(change.GetType().Name),
    };

    static string HolderOf(LineChange change) => change switch
    {
        LineChange.FreeCall free => free.Attempt.Dispatch.Value,
        LineChange.HoldForJob hold => hold.Dispatch.Value,
        LineChange.FreeJob free => free.Dispatch.Value,
        _ => "",
    };

    static IEnumerable<string> InTurn(IEnumerable<string> keys) => keys.Distinct().Order(StringComparer.Ordinal);
}
