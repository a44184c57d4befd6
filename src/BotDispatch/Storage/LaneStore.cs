using System.Data.Common;
using System.Globalization;
using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>
/// A lane that this node holds: until it lets the lane go, and where other nodes may claim it too, at most for
/// <see cref="LaneStore.Lease"/>.
/// </summary>
/// <param name="Dispatch">The dispatch to look at.</param>
/// <param name="Lane">The kind of work to look for.</param>
/// <param name="DueAt">The moment it was due, by the dispatch clock.</param>
/// <param name="WantedSeq">The number of events of the newest state that marked the lane; 0 if none did.</param>
/// <param name="WakeCount">How often the lane was woken by a redraw request or by another dispatch: neither knows this dispatch's number of
/// events.</param>
/// <param name="Tries">How often in a row its work failed.</param>
/// <param name="WasPostponed">Whether its last work failed or waited for its turn.</param>
internal sealed record ClaimedLane(
    DispatchId Dispatch, string Lane, DateTimeOffset DueAt, long WantedSeq, long WakeCount, int Tries, bool WasPostponed = false)
{
    /// <summary>For claims in memory: changes whenever the lane is wanted anew.</summary>
    public long Mark { get; init; }
}

/// <summary>A lane as it is stored.</summary>
/// <param name="Dispatch">The dispatch to look at.</param>
/// <param name="Lane">The kind of work to look for.</param>
/// <param name="DueAt">When it is due, by the dispatch clock.</param>
/// <param name="NotBefore">Until when it is postponed, in real time; 1970 if it is not.</param>
/// <param name="WakeCount">How often it was woken.</param>
/// <param name="Tries">How often in a row its work failed.</param>
/// <param name="IsClosed">Whether the dispatch is closed.</param>
internal sealed record LaneRow(
    DispatchId Dispatch, string Lane, DateTimeOffset DueAt, DateTimeOffset NotBefore, long WakeCount, int Tries, bool IsClosed);

/// <summary>
/// The rows of the lanes. Where several processes use the database, lanes are claimed here by compare-and-set with a lease, so that the
/// nodes share the work and a dead node's lanes become free. Where one process does, it claims them in memory, and rows say what a
/// restart has to look at.
/// </summary>
internal sealed class LaneStore(Database database, TimeProvider real)
{
    /// <summary>How long a claim in a row holds. Longer than anything a lane does in one go.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // A lane that was marked or woken since it was claimed differs in wanted_seq or wake_count, and is looked at once more.
    const string Unchanged = "wanted_seq = $1 AND wake_count = $2";

    const string Finish = $"DELETE FROM lanes WHERE {Unchanged} AND dispatch = $3 AND lane = $4 AND claimed_by = $5";
    const string Released = "claimed_until = 0, claimed_by = NULL, not_before = 0, tries = 0";
    const string LookAgain = $"""
        UPDATE lanes SET due_at = $6, {Released} WHERE {Unchanged} AND dispatch = $3 AND lane = $4 AND claimed_by = $5
        """;
    const string Release = $"UPDATE lanes SET {Released} WHERE dispatch = $1 AND lane = $2 AND claimed_by = $3";
    const string Free = "UPDATE lanes SET claimed_until = 0, claimed_by = NULL WHERE dispatch = $1 AND lane = $2 AND claimed_by = $3";
    const string Postpone = """
        UPDATE lanes SET claimed_until = 0, claimed_by = NULL, not_before = $1, tries = tries + 1
        WHERE dispatch = $2 AND lane = $3 AND claimed_by = $4
        """;
    const string Wait = """
        UPDATE lanes SET claimed_until = 0, claimed_by = NULL, not_before = $1 WHERE dispatch = $2 AND lane = $3 AND claimed_by = $4
        """;

    /// <summary>After an INSERT: what <see cref="Row"/> reads of each lane that it has changed.</summary>
    public const string Returning = """

        RETURNING dispatch, lane, due_at, not_before, wake_count, tries,
          COALESCE((SELECT is_open FROM dispatches WHERE id = lanes.dispatch), 0)
        """;

    const string AllRows = """
        SELECT dispatch, lane, due_at, not_before, wake_count, tries, COALESCE(is_open, 0)
        FROM lanes LEFT JOIN dispatches ON id = dispatch
        """;
    const string PostponeOwn = "UPDATE lanes SET not_before = $1, tries = $2 WHERE dispatch = $3 AND lane = $4";
    const string Delete = "DELETE FROM lanes WHERE (dispatch, lane) IN (VALUES";

    /// <summary>Claims up to <paramref name="most"/> due lanes of these kinds for this node.</summary>
    public async Task<IReadOnlyList<ClaimedLane>> ClaimAsync(
        WriteSession session, string node, IReadOnlyCollection<string> lanes, DateTimeOffset dispatchNow, int most)
    {
        var now = real.GetUtcNow();
        // The same number of kinds gives the same text, so the statement is prepared once: it runs after every commit.
        var kinds = string.Join(", ", Enumerable.Range(6, lanes.Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"${n}")));
        var claim = $"""
            WITH due AS MATERIALIZED (
              SELECT dispatch, lane FROM lanes
              WHERE due_at <= $1 AND not_before <= $2 AND claimed_until <= $2 AND lane IN ({kinds})
              ORDER BY due_at LIMIT $3 {database.SkipLocked})
            UPDATE lanes SET claimed_by = $4, claimed_until = $5 WHERE (dispatch, lane) IN (SELECT dispatch, lane FROM due)
            RETURNING dispatch, lane, due_at, wanted_seq, wake_count, tries, not_before
            """;
        return await session.QueryAsync(
            new(claim, [Moment.Of(dispatchNow), Moment.Of(now), (long)most, node, Moment.Of(now + Lease), .. lanes]),
            row => new ClaimedLane(
                new(row.GetString(0)), row.GetString(1), Moment.From(row.GetInt64(2)), row.GetInt64(3), row.GetInt64(4),
                (int)row.GetInt64(5), row.GetInt64(6) > 0),
            CancellationToken.None);
    }

    /// <summary>
    /// Deletes a lane whose work is done. If the first statement changes no row, the lane was wanted again meanwhile and stays.
    /// </summary>
    public static IEnumerable<Statement> Done(ClaimedLane lane, string node) =>
    [
        new(Finish, lane.WantedSeq, lane.WakeCount, lane.Dispatch.Value, lane.Lane, node),
        new(Release, lane.Dispatch.Value, lane.Lane, node) { OnlyAfterNone = true },
    ];

    /// <summary>Lets a lane go that did not fail and must be looked at again at this moment of the dispatch clock.</summary>
    public static IEnumerable<Statement> Again(ClaimedLane lane, string node, DateTimeOffset at) =>
    [
        new(LookAgain, lane.WantedSeq, lane.WakeCount, lane.Dispatch.Value, lane.Lane, node, Moment.NotBefore(at)),
        new(Release, lane.Dispatch.Value, lane.Lane, node) { OnlyAfterNone = true },
    ];

    /// <summary>Lets a lane go that was not looked after: any node may claim it at once.</summary>
    public static IEnumerable<Statement> GiveBack(ClaimedLane lane, string node) => [new(Free, lane.Dispatch.Value, lane.Lane, node)];

    /// <summary>Postpones a lane whose work failed, and counts the try.</summary>
    public IEnumerable<Statement> Later(ClaimedLane lane, string node, TimeSpan after) =>
        [new(Postpone, Moment.Of(real.GetUtcNow() + after), lane.Dispatch.Value, lane.Lane, node)];

    /// <summary>Postpones a lane whose work did not fail.</summary>
    public IEnumerable<Statement> NotYet(ClaimedLane lane, string node, TimeSpan after) =>
        [new(Wait, Moment.Of(real.GetUtcNow() + after), lane.Dispatch.Value, lane.Lane, node)];

    /// <summary>Every lane. There are some for each open dispatch.</summary>
    public static Task<List<LaneRow>> AllAsync(WriteSession session) => session.QueryAsync(new(AllRows), Row, CancellationToken.None);

    /// <summary>Changes a row: if that is committed, the database can be written.</summary>
    // A value of its own each time, because SQLite leaves a row alone that stays as it is, and a commit without any page always succeeds.
    public static Statement ProofOfWriting() => NoteStore.Keep("lanes", Guid.NewGuid().ToString("N"));

    /// <summary>Postpones a lane that is claimed in memory, or says that it is postponed no longer.</summary>
    public static Statement Postponed(ClaimedLane lane, DateTimeOffset notBefore, int tries) =>
        new(PostponeOwn, notBefore == default ? 0 : Moment.Of(notBefore), (long)tries, lane.Dispatch.Value, lane.Lane);

    /// <summary>Deletes lanes that are claimed in memory.</summary>
    public static IEnumerable<Statement> Gone(IEnumerable<(DispatchId Dispatch, string Lane)> lanes) =>
        Statement.InRows(Delete, "(?, ?)", lanes.Select(each => (object?[])[each.Dispatch.Value, each.Lane]), ")");

    /// <summary>Frees every claim, because a process that has just started holds none. Only for a database that one process uses.</summary>
    public static Statement FreeAllClaims { get; } = new("UPDATE lanes SET claimed_until = 0, claimed_by = NULL WHERE claimed_until > 0");

    /// <summary>
    /// When the next lane is due after <paramref name="dispatchNow"/> by the dispatch clock, and when the next postponed one is due after
    /// <paramref name="realNow"/>; null where there is none.
    /// </summary>
    public async Task<(DateTimeOffset? Due, DateTimeOffset? Real)> NextAsync(
        DateTimeOffset dispatchNow, DateTimeOffset realNow, CancellationToken ct)
    {
        var due = await MinAsync(new("SELECT MIN(due_at) FROM lanes WHERE due_at > $1", Moment.Of(dispatchNow)), ct);
        var postponed = await MinAsync(
            new("SELECT MIN(not_before) FROM lanes WHERE due_at <= $1 AND not_before > $2",
                Moment.Of(dispatchNow), Moment.Of(realNow)),
            ct);
        return (due is { } moment ? Moment.From(moment) : null, postponed is { } later ? Moment.From(later) : null);
    }

    /// <summary>One lane, as its row says.</summary>
    public static LaneRow Row(DbDataReader row) => new(
        new(row.GetString(0)), row.GetString(1), Moment.From(row.GetInt64(2)), Moment.From(row.GetInt64(3)), row.GetInt64(4),
        (int)row.GetInt64(5), row.GetInt64(6) == 0);

    async Task<long?> MinAsync(Statement query, CancellationToken ct) =>
        (await database.ReadAsync(query, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), ct)).Single();
}
