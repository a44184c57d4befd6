using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>How far the dispatch of an alert is, with all dispatches by which people replaced it.</summary>
internal enum AlertStage
{
    /// <summary>It is over: nobody is called, and nobody has the job.</summary>
    Over,

    /// <summary>It waits to be started, or people are being called.</summary>
    Open,

    /// <summary>Somebody has accepted the job, it is not done, and <c>Policy:AcceptedHold</c> has not passed.</summary>
    Accepted,
}

/// <summary>What became of the dispatches of alerts, also where somebody has re-dispatched them by hand.</summary>
internal sealed class AlertDispatches(Database database, [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock)
{
    const string OpenOfTicket = "SELECT id FROM dispatches WHERE is_open = 1 AND ticket = $1";
    static readonly string Successors = Succession.Successors("$1");
    static readonly string IsAnothers = $"""
        SELECT 1 FROM alert_groups WHERE resolved_at IS NULL AND dispatch IN ({Succession.Predecessors("$1")})
        UNION ALL
        SELECT 1 FROM alert_groups WHERE resolved_at IS NULL AND group_key = (SELECT group_key FROM alert_groups WHERE dispatch = $2)
        """;
    // A dispatch that is stopped may be closed already while its row is not settled, and the other way round.
    static readonly string IsEnding = $"""
        SELECT 1 FROM alert_groups WHERE dispatch IN ({Succession.Predecessors("$1")}) AND resolved_at IS NOT NULL
          AND (dispatch = $1 OR settled < wanted OR EXISTS (SELECT 1 FROM dispatches WHERE id = $1 AND is_open = 0))
        """;

    static readonly string IsOfAnother =
        $"SELECT 1 FROM alert_groups WHERE resolved_at IS NULL AND dispatch <> $2 AND dispatch IN ({Succession.Predecessors("$1")})";

    sealed record Life(string Dispatch, string GroupKey, bool IsCurrent, AlertStage Stage);

    /// <summary>
    /// How far these dispatches are, and those of the unresolved groups with these keys. A dispatch that is not in the answer is over, and
    /// a key that is not in the answer has no unresolved group.
    /// </summary>
    public async Task<(Dictionary<string, AlertStage> ByDispatch, Dictionary<string, string> ByKey)> StagesAsync(
        WriteSession session, IReadOnlyCollection<string> dispatches, IReadOnlyCollection<string> groupKeys)
    {
        var now = dispatchClock.GetUtcNow();
        var query = new Statement(
            $"""
            WITH RECURSIVE own(dispatch, group_key, is_current, settled) AS (
              SELECT dispatch, group_key, CAST(0 AS bigint), settled FROM alert_groups WHERE {database.AnyOf("dispatch", "$1")}
              UNION
              SELECT dispatch, group_key, CAST(1 AS bigint), settled FROM alert_groups
              WHERE resolved_at IS NULL AND {database.AnyOf("group_key", "$2")}),
            life(root, id) AS (
              SELECT dispatch, dispatch FROM own
              UNION
              SELECT life.root, d.replaced_by FROM life JOIN dispatches d ON d.id = life.id WHERE d.replaced_by IS NOT NULL)
            SELECT own.dispatch, own.group_key, own.is_current, own.settled, d.is_open, d.closed_at,
              CASE WHEN d.status = 'Accepted' THEN d.plan END
            FROM own JOIN life ON life.root = own.dispatch LEFT JOIN dispatches d ON d.id = life.id AND d.replaced_by IS NULL
            """, database.ListOf(dispatches), database.ListOf(groupKeys));
        var lives = await session.QueryAsync(query, row => new Life(row.GetString(0), row.GetString(1), row.GetInt64(2) == 1,
            row.GetInt64(3) == 0 || (!row.IsDBNull(4) && row.GetInt64(4) == 1) ? AlertStage.Open
            : row.TextAt(6) is { } plan && IsHeld(row.GetInt64(5), plan, now) ? AlertStage.Accepted
            : AlertStage.Over), CancellationToken.None);
        return (
            lives.GroupBy(life => life.Dispatch, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Max(life => life.Stage), StringComparer.Ordinal),
            lives.Where(life => life.IsCurrent).DistinctBy(life => life.GroupKey)
                .ToDictionary(life => life.GroupKey, life => life.Dispatch, StringComparer.Ordinal));
    }

    /// <summary>
    /// What must be stopped when the alerts of a group end: its dispatch, all that replaced it, and what else is open for the same alert,
    /// such as a re-dispatch that somebody made before the alert fired again. What another group that still fires has begun goes on.
    /// </summary>
    /// <param name="dispatch">The dispatch of the group.</param>
    /// <param name="ticket">The reference of the alert.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<IReadOnlyList<DispatchId>> ListToStopAsync(DispatchId dispatch, string ticket, CancellationToken ct)
    {
        var own = await database.ReadAsync(new(Successors, dispatch.Value), row => new DispatchId(row.GetString(0)), ct);
        var others = await database.ReadAsync(
            new(OpenOfTicket, DispatchStore.NormalTicket(ticket)), row => new DispatchId(row.GetString(0)), ct);
        return others is [var other] && !own.Contains(other)
            && await database.ReadAsync(new(IsAnothers, other.Value, dispatch.Value), _ => true, ct) is []
                ? [.. own, other]
                : own;
    }

    /// <summary>
    /// Whether this is a dispatch of alerts that have ended, or replaced one, and so is stopped or about to be. A re-dispatch that somebody
    /// made after the end goes on.
    /// </summary>
    public async Task<bool> IsEndingAsync(DispatchId dispatch, CancellationToken ct) =>
        await database.ReadAsync(new(IsEnding, dispatch.Value), _ => true, ct) is [_, ..];

    /// <summary>Whether this is a dispatch of alerts that fire, or replaced one, and of another group than this.</summary>
    public async Task<bool> IsOfAnotherAsync(DispatchId group, DispatchId dispatch, CancellationToken ct) =>
        await database.ReadAsync(new(IsOfAnother, dispatch.Value, group.Value), _ => true, ct) is [_, ..];

    static bool IsHeld(long closedAt, string plan, DateTimeOffset now) =>
        Moment.From(closedAt) + StoredJson.ReadPlan(plan).Policy.AcceptedHold > now;
}
