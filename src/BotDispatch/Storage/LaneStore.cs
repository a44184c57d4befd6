using System.Globalization;
using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>A lane that is ours until <see cref="LaneStore.Lease"/> runs out.</summary>
/// <param name="Dispatch">Which dispatch.</param>
/// <param name="Lane">Which of its lanes.</param>
/// <param name="DueAt">The moment it was due, in story time.</param>
/// <param name="WantedSeq">What it was wanted for when it was read; negative if another dispatch wants it, which does not know our version.</param>
/// <param name="Tries">How often in a row it came to nothing before.</param>
internal sealed record ClaimedLane(DispatchId Dispatch, string Lane, DateTimeOffset DueAt, long WantedSeq, int Tries);

/// <summary>Claims lanes by compare-and-set with a lease, so that any number of nodes share the work and a dead node's lanes come free.</summary>
internal sealed class LaneStore(Database database, TimeProvider real)
{
    /// <summary>Longer than anything a lane does in one go.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    const string Finish = "DELETE FROM lanes WHERE dispatch = $1 AND lane = $2 AND wanted_seq = $3 AND claimed_by = $4";
    const string Release = "UPDATE lanes SET claimed_until = 0, claimed_by = NULL, not_before = 0, tries = 0, last_error = NULL WHERE dispatch = $1 AND lane = $2 AND claimed_by = $3";
    const string Free = "UPDATE lanes SET claimed_until = 0, claimed_by = NULL WHERE dispatch = $1 AND lane = $2 AND claimed_by = $3";
    const string Postpone = """
        UPDATE lanes SET claimed_until = 0, claimed_by = NULL, not_before = $1, tries = tries + 1, last_error = $2 WHERE dispatch = $3 AND lane = $4 AND claimed_by = $5
        """;
    const string Wait = "UPDATE lanes SET claimed_until = 0, claimed_by = NULL, not_before = $1 WHERE dispatch = $2 AND lane = $3 AND claimed_by = $4";
    const string LookAgain = """
        UPDATE lanes SET due_at = $1 WHERE dispatch = $2 AND lane = $3 AND wanted_seq = $4 AND claimed_by = $5
        """;

    /// <summary>Takes up to <paramref name="most"/> lanes of these kinds that are due, for this node.</summary>
    public async Task<IReadOnlyList<ClaimedLane>> ClaimAsync(WriteSession session, string node, IReadOnlyCollection<string> lanes, DateTimeOffset story, int most)
    {
        var now = real.GetUtcNow();
        // One text for as many kinds, so that it is prepared once: this is asked after every commit.
        var kinds = string.Join(", ", Enumerable.Range(6, lanes.Count).Select(n => string.Create(CultureInfo.InvariantCulture, $"${n}")));
        var claim = $"""
            WITH due AS MATERIALIZED (
              SELECT dispatch, lane FROM lanes
              WHERE due_at <= $1 AND not_before <= $2 AND claimed_until <= $2 AND lane IN ({kinds})
              ORDER BY due_at LIMIT $3 {database.SkipLocked})
            UPDATE lanes SET claimed_by = $4, claimed_until = $5 WHERE (dispatch, lane) IN (SELECT dispatch, lane FROM due)
            RETURNING dispatch, lane, due_at, wanted_seq, tries
            """;
        return await session.QueryAsync(
            new(claim, [Moment.Of(story), Moment.Of(now), (long)most, node, Moment.Of(now + Lease), .. lanes]),
            row => new ClaimedLane(new(row.GetString(0)), row.GetString(1), Moment.From(row.GetInt64(2)), row.GetInt64(3), (int)row.GetInt64(4)), CancellationToken.None);
    }

    /// <summary>What was wanted is done. If the first of them changes no row, more was wanted meanwhile, and the lane stays.</summary>
    public static IEnumerable<Statement> Done(ClaimedLane lane, string node) =>
    [
        new(Finish, lane.Dispatch.Value, lane.Lane, lane.WantedSeq, node),
        new(Release, lane.Dispatch.Value, lane.Lane, node),
    ];

    /// <summary>Nothing failed, but it is worth another look at that moment of the story.</summary>
    public static IEnumerable<Statement> Again(ClaimedLane lane, string node, DateTimeOffset at) =>
    [
        new(LookAgain, Moment.NotBefore(at), lane.Dispatch.Value, lane.Lane, lane.WantedSeq, node),
        new(Release, lane.Dispatch.Value, lane.Lane, node),
    ];

    /// <summary>It was not looked after: whoever comes next may.</summary>
    public static IEnumerable<Statement> GiveBack(ClaimedLane lane, string node) => [new(Free, lane.Dispatch.Value, lane.Lane, node)];

    /// <summary>It could not be done now.</summary>
    public IEnumerable<Statement> Later(ClaimedLane lane, string node, string because, TimeSpan after) =>
        [new(Postpone, Moment.Of(real.GetUtcNow() + after), because, lane.Dispatch.Value, lane.Lane, node)];

    /// <summary>Nothing failed, but nobody need look at it before that time has passed.</summary>
    public IEnumerable<Statement> NotYet(ClaimedLane lane, string node, TimeSpan after) =>
        [new(Wait, Moment.Of(real.GetUtcNow() + after), lane.Dispatch.Value, lane.Lane, node)];

    /// <summary>A process that starts anew holds no claims; only for a database that one process uses.</summary>
    public static Statement FreeAllClaims { get; } = new("UPDATE lanes SET claimed_until = 0, claimed_by = NULL WHERE claimed_until > 0");

    /// <summary>When the next lane is due in the story, and the next postponed one in real time; null where there is none.</summary>
    public async Task<(DateTimeOffset? Story, DateTimeOffset? Real)> NextAsync(DateTimeOffset story, CancellationToken ct)
    {
        var due = await MinAsync(new("SELECT MIN(due_at) FROM lanes WHERE due_at > $1", Moment.Of(story)), ct);
        var postponed = await MinAsync(
            new("SELECT MIN(not_before) FROM lanes WHERE due_at <= $1 AND not_before > $2", Moment.Of(story), Moment.Of(real.GetUtcNow())), ct);
        return (due is { } moment ? Moment.From(moment) : null, postponed is { } later ? Moment.From(later) : null);
    }

    async Task<long?> MinAsync(Statement query, CancellationToken ct) =>
        (await database.ReadAsync(query, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), ct)).Single();
}
