using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>What is stored about the calls of one employee.</summary>
/// <param name="LastCalled">When they were last called; null if never.</param>
/// <param name="LastAccepted">When they last accepted a job; null if never.</param>
/// <param name="Counted">How many calls there were from the moment on that was asked for.</param>
internal readonly record struct CallHistory(DateTimeOffset? LastCalled, DateTimeOffset? LastAccepted, int Counted);

/// <summary>One thing that happened to an employee.</summary>
/// <param name="Employee">Who.</param>
/// <param name="Kind">One of the kinds of <see cref="CallStore"/>.</param>
/// <param name="At">When, by the dispatch clock.</param>
internal readonly record struct CallRow(EmployeeId Employee, string Kind, DateTimeOffset At);

/// <summary>
/// Who was called, accepted a job and had done it, when. <see cref="CommitWrites"/> writes a row in the commit of the event itself, so this
/// always agrees with the dispatches.
/// </summary>
internal sealed class CallStore(Database database)
{
    /// <summary>A call to the employee began.</summary>
    public const string Called = "called";
    /// <summary>The employee accepted a job, by phone or in a chat.</summary>
    public const string Accepted = "accepted";
    /// <summary>The employee's job was marked as done.</summary>
    public const string Done = "done";

    const string Insert = "INSERT INTO calls (employee, kind, at, dispatch) VALUES";
    const string UnlessStored = " ON CONFLICT DO NOTHING";
    const string Withdraw = "DELETE FROM calls WHERE employee = $1 AND kind = 'called' AND at = $2 AND dispatch = $3";
    const string DeleteOld = """
        DELETE FROM calls WHERE (employee, kind, at, dispatch) IN
          (SELECT employee, kind, at, dispatch FROM calls WHERE at < $1 ORDER BY at LIMIT $2)
        """;

    /// <summary>Returns the history of these employees; somebody who was never called is missing.</summary>
    /// <param name="employees">Whose history.</param>
    /// <param name="countFrom">From when on calls are counted.</param>
    /// <param name="ct">Stops the wait.</param>
    public async Task<IReadOnlyDictionary<EmployeeId, CallHistory>> ReadAsync(
        IReadOnlyCollection<EmployeeId> employees, DateTimeOffset countFrom, CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            new($"""
                SELECT employee, kind, MAX(at), COUNT(CASE WHEN at >= $2 THEN 1 END) FROM calls
                WHERE {database.AnyOf("employee", "$1")} GROUP BY employee, kind
                """, database.ListOf(employees.Select(NameOf)), Moment.Of(countFrom)),
            row => (Employee: row.GetString(0), Kind: row.GetString(1), Last: Moment.From(row.GetInt64(2)), Count: (int)row.GetInt64(3)),
            ct);
        return rows.GroupBy(row => new EmployeeId(row.Employee)).ToDictionary(own => own.Key, own => new CallHistory(
            own.Where(row => row.Kind == Called).Select(row => (DateTimeOffset?)row.Last).SingleOrDefault(),
            own.Where(row => row.Kind == Accepted).Select(row => (DateTimeOffset?)row.Last).SingleOrDefault(),
            own.Where(row => row.Kind == Called).Sum(row => row.Count)));
    }

    /// <summary>Returns what happened to these employees from a moment on, in any order.</summary>
    public async Task<IReadOnlyList<CallRow>> SinceAsync(
        IReadOnlyCollection<EmployeeId> employees, DateTimeOffset moment, CancellationToken ct) => await database.ReadAsync(
        new($"SELECT employee, kind, at FROM calls WHERE at >= $1 AND {database.AnyOf("employee", "$2")}",
            Moment.Of(moment), database.ListOf(employees.Select(NameOf))),
        Row, ct);

    /// <summary>Returns what happened to anybody from a moment on, in any order.</summary>
    public async Task<IReadOnlyList<CallRow>> SinceAsync(DateTimeOffset moment, CancellationToken ct) => await database.ReadAsync(
        new("SELECT employee, kind, at FROM calls WHERE at >= $1", Moment.Of(moment)), Row, ct);

    /// <summary>
    /// Deletes what happened before <paramref name="moment"/>, in as many commits as that takes; how many rows that were.
    /// </summary>
    public Task<int> DeleteBeforeAsync(DateTimeOffset moment, CancellationToken ct) =>
        database.DeleteAsync(new(DeleteOld, Moment.Of(moment), (long)BoundedDelete.MostAtOnce), ct);

    /// <summary>The writes that changes of dispatches need.</summary>
    public static IEnumerable<Statement> WritesOf(IReadOnlyList<DispatchChange> changes)
    {
        List<(EmployeeId Employee, string Kind, DateTimeOffset At, DispatchId Dispatch)> added = [];
        List<(EmployeeId Employee, DateTimeOffset At, DispatchId Dispatch)> withdrawn = [];
        foreach (var change in changes)
            Read(change, added, withdrawn);
        foreach (var write in Statement.InRows(Insert, "(?, ?, ?, ?)",
            added.Select(each => (object?[])[NameOf(each.Employee), each.Kind, Moment.Of(each.At), each.Dispatch.Value]), UnlessStored))
            yield return write;
        // A call may be withdrawn in the commit in which it began.
        foreach (var (employee, at, dispatch) in withdrawn)
            yield return new(Withdraw, NameOf(employee), Moment.Of(at), dispatch.Value);
    }

    static void Read(
        DispatchChange change, List<(EmployeeId Employee, string Kind, DateTimeOffset At, DispatchId Dispatch)> added,
        List<(EmployeeId Employee, DateTimeOffset At, DispatchId Dispatch)> withdrawn)
    {
        var (id, roster) = (change.Id, change.After.Plan.Roster);
        foreach (var happened in change.Events)
            switch (happened)
            {
                case DispatchEvent.CallBegun begun:
                    added.Add((roster[begun.Attempt.Callee].Id, Called, begun.At, id));
                    break;
                case DispatchEvent.CallWithdrawn gone when BegunAt(gone.Attempt) is { } at:
                    withdrawn.Add((roster[gone.Attempt.Callee].Id, at, id));
                    break;
                case DispatchEvent.Accepted accepted:
                    added.Add((roster[accepted.Attempt.Callee].Id, Accepted, accepted.At, id));
                    break;
                case DispatchEvent.Taken taken:
                    added.Add((taken.Employee, Accepted, taken.At, id));
                    break;
                case DispatchEvent.MarkedDone done when change.After.Holder is var (holder, _):
                    added.Add((holder, Done, done.At, id));
                    break;
                // A job that is over rests like one that somebody marked as done.
                case DispatchEvent.JobEnded ended when change.After.Holder is var (holder, _):
                    added.Add((holder, Done, ended.At, id));
                    break;
            }

        DateTimeOffset? BegunAt(AttemptId attempt) => change.Before?.State.Leg(attempt)?.BegunAt
            ?? change.Events.OfType<DispatchEvent.CallBegun>().FirstOrDefault(begun => begun.Attempt == attempt)?.At;
    }

    static CallRow Row(System.Data.Common.DbDataReader row) =>
        new(new(row.GetString(0)), row.GetString(1), Moment.From(row.GetInt64(2)));

    static string NameOf(EmployeeId employee) => StoredText.Of(employee.Value);
}
