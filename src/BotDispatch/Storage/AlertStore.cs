using System.Data.Common;
using BotDispatch.Core;
using Npgsql;

namespace BotDispatch.Storage;

/// <summary>An alert that fires, with what its route makes of it.</summary>
/// <param name="Id">The alert.</param>
/// <param name="GroupKey">Open alerts with the same key are one dispatch.</param>
/// <param name="StartsAt">When it began; null if that is not known.</param>
/// <param name="Job">What is dispatched, if the alert is the first of its group.</param>
/// <param name="Earlier">The names that an earlier version stored for the alert and its group; null if they are the same.</param>
internal sealed record FiringAlert(
    string Id, string GroupKey, DateTimeOffset? StartsAt, string Job, EarlierNames? Earlier = null);

/// <summary>An alert that has ended.</summary>
/// <param name="Id">The alert.</param>
/// <param name="StartsAt">When it began; null if that is not known.</param>
/// <param name="EndsAt">When it ended; null if that is not known.</param>
/// <param name="Because">Why it ended, as a clause.</param>
/// <param name="Earlier">The names that an earlier version stored for the alert; null if they are the same.</param>
internal sealed record EndedAlert(
    string Id, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string Because, EarlierNames? Earlier = null)
{
    /// <summary>The row with the earlier name, if there is one. None is made.</summary>
    public bool IsEarlierName { get; init; }
}

/// <summary>A dispatch of alerts that must be started or stopped.</summary>
/// <param name="Dispatch">The dispatch.</param>
/// <param name="Job">What is dispatched.</param>
/// <param name="ResolvedAt">When its last alert ended; null while one fires.</param>
/// <param name="Because">Why it ended, as a clause.</param>
/// <param name="WasStarted">It was started before.</param>
/// <param name="Tries">How often in a row it could not be done.</param>
internal sealed record AlertGroup(
    DispatchId Dispatch, string Job, DateTimeOffset? ResolvedAt, string? Because, bool WasStarted, int Tries);

/// <summary>
/// Which alerts fire, and their dispatches. A message is stored in one transaction, and so answered before anything is started: a dispatch
/// that must be started or stopped is a row that is due until that was done.
/// </summary>
internal sealed class AlertStore(Database database, AlertDispatches dispatches)
{
    const int MostTries = 5;
    const long Started = 1;
    const long Stopped = 2;
    const string DeleteAlerts =
        "DELETE FROM alerts WHERE resolved_at < $1 AND id IN (SELECT id FROM alerts WHERE resolved_at < $1 ORDER BY resolved_at LIMIT $2)";
    const string DeleteGroups = """
        DELETE FROM alert_groups WHERE settled = wanted AND dispatch IN
          (SELECT dispatch FROM alert_groups WHERE resolved_at < $1 AND settled = wanted ORDER BY resolved_at LIMIT $2)
        """;
    const string NewGroup = """
        INSERT INTO alert_groups (dispatch, group_key, job, wanted, settled, tries, due_at) VALUES ($1, $2, $3, 1, 0, 0, $4)
        ON CONFLICT (group_key) WHERE resolved_at IS NULL DO NOTHING
        """;
    // The row of the group is locked: another node that ends the group's last alert would not see this one before our commit. An end that
    // another node has stored since the alert was read is of this start or of a later one, unless this start is later than that.
    readonly string newAlert = $"""
        INSERT INTO alerts (id, dispatch, starts_at)
        SELECT $1, dispatch, $3 FROM alert_groups WHERE group_key = $2 AND resolved_at IS NULL {database.ForUpdate}
        ON CONFLICT (id) DO UPDATE SET dispatch = excluded.dispatch, starts_at = excluded.starts_at, resolved_at = NULL
        WHERE (alerts.resolved_at IS NOT NULL OR alerts.dispatch = $4)
          AND (alerts.starts_at IS NULL OR excluded.starts_at IS NULL OR alerts.starts_at < excluded.starts_at)
        """;
    // Its dispatch is over, so there is nothing to stop.
    const string RetireGroup = """
        UPDATE alert_groups SET resolved_at = $2, resolved_because = $3, wanted = 2, settled = 2, tries = 0, due_at = $2
        WHERE dispatch = $1 AND resolved_at IS NULL
        """;
    const string LaterStart = "UPDATE alerts SET starts_at = $2 WHERE id = $1 AND (starts_at IS NULL OR starts_at < $2)";
    const string EndFirst =
        "INSERT INTO alerts (id, dispatch, starts_at, resolved_at) VALUES ($1, '', $2, $3) ON CONFLICT (id) DO NOTHING";
    const string EndAlert = "UPDATE alerts SET resolved_at = $2 WHERE id = $1 AND resolved_at IS NULL";
    const string EndGroup = """
        UPDATE alert_groups SET resolved_at = $2, resolved_because = $3, wanted = 2, tries = 0, due_at = $2
        WHERE dispatch = $1 AND resolved_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.dispatch = $1 AND a.resolved_at IS NULL)
        """;

    sealed record Known(string Id, string Dispatch, long? StartsAt, bool IsOpen)
    {
        /// <summary>How far its dispatch is, while it is not known to have ended.</summary>
        public AlertStage Stage { get; init; }
    }

    /// <summary>
    /// Stores what a sender announced, all of it or nothing. The same announcement again changes nothing. An alert that has ended begins
    /// again only with a later start, because a sender may repeat an old announcement after the end, or announce the end first. So does one
    /// whose end was never announced, once its dispatch is over: its sender does not announce every end. An end before the start that is
    /// known is the end of an earlier time, and ends nothing.
    /// </summary>
    /// <returns>The dispatches of alerts that still fire, because the end that was announced is of an earlier time.</returns>
    /// <exception cref="TimeoutException">Other nodes store the same alerts again and again. Nothing is stored.</exception>
    public async Task<IReadOnlyList<DispatchId>> StoreAsync(
        IReadOnlyList<FiringAlert> firing, IReadOnlyList<EndedAlert> ended, DateTimeOffset now, CancellationToken ct)
    {
        for (var tries = 1; tries <= MostTries; tries++)
            try
            {
                if (await database.WriteAsync(session => TryStoreAsync(session, firing, ended, now), ct) is { } goingOn)
                    return goingOn;
            }
            catch (PostgresException overtaken) when (tries < MostTries
                && overtaken.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation)
            {
                // Nothing of it was stored.
            }
        throw new TimeoutException("other nodes are storing the same alerts");
    }

    /// <summary>The dispatches that must be started or stopped and are due, the oldest first.</summary>
    public async Task<IReadOnlyList<AlertGroup>> ListDueAsync(DateTimeOffset now, int most, CancellationToken ct) =>
        await database.ReadAsync(
            new("""
                SELECT dispatch, job, resolved_at, resolved_because, settled, tries FROM alert_groups
                WHERE settled < wanted AND due_at <= $1 ORDER BY due_at, dispatch LIMIT $2
                """, Moment.Of(now), (long)most),
            row => new AlertGroup(new(row.GetString(0)), row.GetString(1), Number(row, 2) is { } at ? Moment.From(at) : null,
                row.TextAt(3), row.GetInt64(4) >= Started, (int)row.GetInt64(5)), ct);

    /// <summary>Whether this is a dispatch of alerts that have ended, or replaced one, so that it is stopped or about to be.</summary>
    public Task<bool> HasEndedAsync(DispatchId dispatch, CancellationToken ct) => dispatches.IsEndingAsync(dispatch, ct);

    /// <summary>Whether this is a dispatch of another group whose alerts still fire, or replaced one.</summary>
    public Task<bool> IsOfAnotherAsync(AlertGroup group, DispatchId dispatch, CancellationToken ct) =>
        dispatches.IsOfAnotherAsync(group.Dispatch, dispatch, ct);

    /// <summary>The dispatches that must be stopped when the alerts of a group have ended, that of the group first.</summary>
    public Task<IReadOnlyList<DispatchId>> ListToStopAsync(AlertGroup group, string ticket, CancellationToken ct) =>
        dispatches.ListToStopAsync(group.Dispatch, ticket, ct);

    /// <summary>Notes that dispatches were started. Returns which of them must be stopped already.</summary>
    public async Task<IReadOnlyList<bool>> NoteStartedAsync(IReadOnlyList<DispatchId> dispatches, CancellationToken ct)
    {
        var changed = await database.WriteAsync(
            [.. dispatches.Select(each => new Statement(
                "UPDATE alert_groups SET settled = 1, tries = 0 WHERE dispatch = $1 AND wanted = 1", each.Value))], ct);
        return [.. changed.Select(rows => rows == 0)];
    }

    /// <summary>Notes that a dispatch was stopped.</summary>
    public Task NoteStoppedAsync(DispatchId dispatch, CancellationToken ct) =>
        database.WriteAsync([new("UPDATE alert_groups SET settled = 2 WHERE dispatch = $1 AND wanted = 2", dispatch.Value)], ct);

    /// <summary>Lets a dispatch wait, because it can be neither started nor stopped now.</summary>
    public Task PostponeAsync(AlertGroup group, DateTimeOffset until, CancellationToken ct) =>
        database.WriteAsync([new("UPDATE alert_groups SET tries = tries + 1, due_at = $2 WHERE dispatch = $1 AND wanted = $3",
            group.Dispatch.Value, Moment.Of(until), group.ResolvedAt is null ? Started : Stopped)], ct);

    /// <summary>Lets a dispatch wait for another one: nothing has failed.</summary>
    public Task WaitAsync(AlertGroup group, DateTimeOffset until, CancellationToken ct) =>
        database.WriteAsync([new("UPDATE alert_groups SET due_at = $2 WHERE dispatch = $1 AND wanted = $3",
            group.Dispatch.Value, Moment.Of(until), group.ResolvedAt is null ? Started : Stopped)], ct);

    /// <summary>Deletes what ended before <paramref name="moment"/>. Returns how many alerts.</summary>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset moment, CancellationToken ct)
    {
        await database.DeleteAsync(new(DeleteGroups, Moment.Of(moment), (long)BoundedDelete.MostAtOnce), ct);
        return await database.DeleteAsync(new(DeleteAlerts, Moment.Of(moment), (long)BoundedDelete.MostAtOnce), ct);
    }

    /// <summary>Stores it; null if another node has stored the same alerts since they were read, so that they must be read again.</summary>
    async Task<IReadOnlyList<DispatchId>?> TryStoreAsync(
        WriteSession session, IReadOnlyList<FiringAlert> firing, IReadOnlyList<EndedAlert> ended, DateTimeOffset now)
    {
        await session.BeginAsync(CancellationToken.None);
        ended = await EarlierNames.ReplaceAsync(session, firing, ended);
        var ids = firing.Select(each => each.Id).Concat(ended.Select(each => each.Id)).Distinct().Order(StringComparer.Ordinal);
        var query = new Statement(
            $"""
            SELECT id, dispatch, starts_at, resolved_at FROM alerts
            WHERE {database.AnyOf("id", "$1")} ORDER BY id {database.ForUpdate}
            """, database.ListOf(ids));
        var rows = await session.QueryAsync(
            query, row => new Known(row.GetString(0), row.GetString(1), Number(row, 2), row.IsDBNull(3)), CancellationToken.None);
        await LockGroupsAsync(session, firing, rows.Where(row => row.IsOpen));
        // Read after the alerts and groups are locked: another node may have let one begin again meanwhile.
        var (stages, current) = firing.Count == 0 ? ([], []) : await dispatches.StagesAsync(session,
            [.. rows.Where(row => row.IsOpen).Select(row => row.Dispatch).Distinct()],
            [.. firing.Select(each => each.GroupKey).Distinct()]);
        var known = rows.Select(row => row with { Stage = stages.GetValueOrDefault(row.Dispatch) })
            .ToDictionary(row => row.Id, StringComparer.Ordinal);
        var over = current.Where(each => stages.GetValueOrDefault(each.Value) is AlertStage.Over)
            .ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        List<Statement> begins = [.. Begins(firing, known, over, now)];
        var changed = await session.RunAsync(begins, CancellationToken.None);
        // Another node has stored the alert or its end, or ended its group.
        if (begins.Zip(changed).Any(each => each.First.Sql == newAlert && each.Second == 0)
            || !await EndAsync(session, ended, known, now))
            return null;
        await session.CommitAsync(CancellationToken.None);
        return [.. ended.Select(each => (Ended: each, Row: known.GetValueOrDefault(each.Id)))
            .Where(each => each.Row is { IsOpen: true } row && IsOld(each.Ended, row))
            .Select(each => new DispatchId(each.Row!.Dispatch)).Distinct()];
    }

    /// <summary>
    /// Locks the open groups that these alerts join or belong to, where several nodes write. Every node takes what there is in the same
    /// order: alerts, then groups. Without the lock, two nodes that end the last two alerts of a group would each see the other one open.
    /// </summary>
    async Task LockGroupsAsync(WriteSession session, IEnumerable<FiringAlert> firing, IEnumerable<Known> open)
    {
        if (!database.IsShared)
            return;
        var (keys, groups) = (firing.Select(each => each.GroupKey).Distinct(), open.Select(each => each.Dispatch).Distinct());
        await session.QueryAsync(
            new(
                $"""
                SELECT dispatch FROM alert_groups
                WHERE resolved_at IS NULL AND ({database.AnyOf("group_key", "$1")} OR {database.AnyOf("dispatch", "$2")})
                ORDER BY dispatch {database.ForUpdate}
                """, database.ListOf(keys), database.ListOf(groups)),
            row => row.GetString(0), CancellationToken.None);
    }

    IEnumerable<Statement> Begins(
        IReadOnlyList<FiringAlert> firing, Dictionary<string, Known> known, Dictionary<string, string> over, DateTimeOffset now)
    {
        List<FiringAlert> begun = [.. firing.Where(each => IsNew(each, known.GetValueOrDefault(each.Id)))];
        foreach (var group in begun.GroupBy(each => each.GroupKey).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            // Nobody would be called for an alert that joined it.
            if (over.TryGetValue(group.Key, out var retired))
                yield return new(RetireGroup, retired, Moment.Of(now), "the alert fires again");
            yield return new(NewGroup, DispatchId.From("alerts", Guid.NewGuid().ToString("N")).Value, group.Key, group.First().Job,
                Moment.Of(now));
        }
        // A group that another node has made meanwhile is locked here.
        foreach (var alert in begun.OrderBy(each => each.GroupKey, StringComparer.Ordinal).ThenBy(each => each.Id, StringComparer.Ordinal))
            yield return new(newAlert, alert.Id, alert.GroupKey, alert.StartsAt is { } at ? Moment.Of(at) : null,
                known.GetValueOrDefault(alert.Id)?.Dispatch ?? "");
        // Where somebody has the job, the earlier start stays: should that end, and the alert still fire, it begins again.
        foreach (var again in firing.Except(begun).OrderBy(each => each.Id, StringComparer.Ordinal))
            if (again.StartsAt is { } at && known[again.Id] is { IsOpen: true, Stage: not AlertStage.Accepted })
                yield return new(LaterStart, again.Id, Moment.Of(at));
    }

    static bool IsNew(FiringAlert alert, Known? before) => before switch
    {
        null => true,
        { IsOpen: true, Stage: not AlertStage.Over } => false,
        { StartsAt: { } known } when alert.StartsAt is { } starts => Moment.Of(starts) > known,
        // Without a start, an announcement that is repeated looks like a new one.
        { IsOpen: true } => false,
        _ => true,
    };

    /// <summary>Returns whether it could: another node may have stored a beginning since the alerts were read.</summary>
    static async Task<bool> EndAsync(
        WriteSession session, IReadOnlyList<EndedAlert> ended, Dictionary<string, Known> known, DateTimeOffset now)
    {
        List<EndedAlert> all = [.. ended.DistinctBy(each => each.Id).OrderBy(each => each.Id, StringComparer.Ordinal)];
        List<EndedAlert> open = [.. all.Where(each => known.TryGetValue(each.Id, out var row) && row.IsOpen && !IsOld(each, row))];
        var notOpen = all.Where(each => known.GetValueOrDefault(each.Id)?.IsOpen != true);
        var late = notOpen.Where(each => each.StartsAt is not null && !each.IsEarlierName).Select(each =>
            known.ContainsKey(each.Id) ? new Statement(LaterStart, each.Id, Moment.Of(each.StartsAt!.Value))
                : new(EndFirst, each.Id, Moment.Of(each.StartsAt!.Value), Moment.Of(now))).ToList();
        var changed = await session.RunAsync(late, CancellationToken.None);
        if (late.Zip(changed).Any(each => each.First.Sql == EndFirst && each.Second == 0))
            return false;
        if (open.Count == 0)
            return true;
        var groups = open.GroupBy(each => known[each.Id].Dispatch).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var starts = open.Where(each => each.StartsAt is not null)
            .Select(each => new Statement(LaterStart, each.Id, Moment.Of(each.StartsAt!.Value)));
        var ends = open.Select(each => new Statement(EndAlert, each.Id, Moment.Of(now)));
        var stops = groups.Select(group => new Statement(EndGroup, group.Key, Moment.Of(now), group.First().Because));
        await session.RunAsync([.. starts, .. ends, .. stops], CancellationToken.None);
        return true;
    }

    static bool IsOld(EndedAlert ended, Known open) =>
        ended.EndsAt is { } end && open.StartsAt is { } start && Moment.Of(end) < start;

    static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
