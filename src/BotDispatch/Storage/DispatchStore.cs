using System.Collections.Immutable;
using System.Data.Common;
using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>
/// A dispatch as it is stored. <paramref name="Seq"/> counts its events and is its version: each commit adds at least one.
/// </summary>
internal sealed record StoredDispatch(DispatchState State, long Seq, DispatchId? ReplacedBy = null)
{
    /// <summary>
    /// The number of events of the state that the dispatch's own row holds; the events after it are added when it is read.
    /// </summary>
    public long SnapshotSeq { get; init; }

    /// <summary>When it was opened, by the dispatch clock: the key of its events begins with it.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
}

/// <summary>What keeps one telephone number from being rung: a call that may ring it, or a job that its owner has accepted.</summary>
internal sealed record LineRow(string Phone, DispatchId Dispatch, string Attempt, DateTimeOffset HeldUntil, bool IsAccepted);

/// <summary>One event.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="At">The moment of its commit.</param>
/// <param name="Happened">What happened.</param>
/// <param name="CommitSeq">The number of the first event of the same commit.</param>
internal sealed record StoredEvent(long Seq, DateTimeOffset At, DispatchEvent Happened, long CommitSeq);

/// <summary>Reads dispatches. All writing goes through <see cref="CommitWrites"/>.</summary>
internal sealed class DispatchStore(Database database)
{
    sealed record DispatchRow(string Id, long Version, string? ReplacedBy, string Plan, string State, string? Later, long OpenedAt);

    // The row holds the state of some commit; what was committed after it is in the events. What versions before 16 stored of them is in
    // earlier_events, in rows with lower numbers.
    const string Columns = """
        SELECT d.id, d.version, d.replaced_by, d.plan, d.state,
          (SELECT string_agg(own.event, ',' ORDER BY own.seq) FROM (
            SELECT seq, event FROM earlier_events WHERE dispatch = d.id AND seq > d.version
            UNION ALL
            SELECT seq, event FROM dispatch_events WHERE opened_at = d.opened_at AND dispatch = d.id AND seq > d.version) own),
          d.opened_at, d.ticket
        FROM dispatches d
        """;

    const string Lines = "SELECT phone, dispatch, attempt, held_until, is_accepted FROM lines";

    /// <summary>
    /// The stored dispatches among <paramref name="ids"/>. What is remembered is read again only if another node has changed it.
    /// </summary>
    public async Task<Dictionary<DispatchId, StoredDispatch>> LoadAsync(
        WriteSession session, IReadOnlyCollection<DispatchId> ids, Func<DispatchId, StoredDispatch?> remembered)
    {
        var found = new Dictionary<DispatchId, StoredDispatch>();
        foreach (var id in ids)
            if (remembered(id) is { } known)
                found.Add(id, known);
        // An input that is ignored writes nothing: no version would be refused, and it would be ignored for what was true long ago.
        if (database.IsShared)
            await ForgetChangedAsync(session, found);
        var unknown = ids.Where(id => !found.ContainsKey(id)).Select(id => id.Value).ToArray();
        if (unknown.Length > 0)
        {
            var query = new Statement($"{Columns} WHERE {database.AnyOf("id", "$1")}", database.ListOf(unknown));
            foreach (var row in await session.QueryAsync(query, Row, CancellationToken.None))
                found.Add(new(row.Id), Read(row));
        }
        return found;
    }

    /// <summary>The open dispatches of these normalised ticket references.</summary>
    public async Task<Dictionary<string, DispatchId>> OpenByTicketAsync(WriteSession session, IReadOnlyCollection<string> tickets)
    {
        if (tickets.Count == 0)
            return [];
        var rows = await session.QueryAsync(
            new($"SELECT ticket, id FROM dispatches WHERE is_open = 1 AND {database.AnyOf("ticket", "$1")}", database.ListOf(tickets)),
            row => (Ticket: row.GetString(0), Id: row.GetString(1)), CancellationToken.None);
        return rows.ToDictionary(row => row.Ticket, row => new DispatchId(row.Id));
    }

    /// <summary>What holds these lines. No other node changes the rows before this transaction ends.</summary>
    public async Task<IReadOnlyList<LineRow>> LinesAsync(WriteSession session, IReadOnlyCollection<string> phones)
    {
        if (phones.Count == 0)
            return [];
        var query = new Statement(
            $"{Lines} WHERE {database.AnyOf("phone", "$1")} ORDER BY phone, holder {database.ForUpdate}", database.ListOf(phones));
        return await session.QueryAsync(query, Line, CancellationToken.None);
    }

    /// <summary>Every line: there are as many as calls and accepted jobs of the last days.</summary>
    public static Task<List<LineRow>> AllLinesAsync(WriteSession session) =>
        session.QueryAsync(new($"{Lines} WHERE held_until > 0"), Line, CancellationToken.None);

    /// <summary>Every dispatch that waits for a line.</summary>
    public static Task<List<(string Phone, DispatchId Dispatch)>> AllWaitsAsync(WriteSession session) => session.QueryAsync(
        new("SELECT phone, dispatch FROM line_waits"), row => (row.GetString(0), new DispatchId(row.GetString(1))), CancellationToken.None);

    /// <summary>Which of these deliveries were decided before.</summary>
    public async Task<HashSet<string>> SeenAsync(WriteSession session, IReadOnlyCollection<string> deliveries) => deliveries.Count == 0
        ? []
        : [.. await session.QueryAsync(
            new($"SELECT delivery FROM seen WHERE {database.AnyOf("delivery", "$1")}", database.ListOf(deliveries.Select(StoredText.Of))),
            row => row.GetString(0), CancellationToken.None)];

    /// <summary>One dispatch, as last committed; null if there is none.</summary>
    public Task<StoredDispatch?> FindAsync(DispatchId id, CancellationToken ct) =>
        OneAsync(new($"{Columns} WHERE id = $1", id.Value), ct);

    /// <summary>The open dispatch of this ticket; null if nobody works on it.</summary>
    public Task<StoredDispatch?> FindOpenByTicketAsync(string reference, CancellationToken ct) =>
        OneAsync(new($"{Columns} WHERE is_open = 1 AND ticket = $1", NormalTicket(reference)), ct);

    /// <summary>Every open dispatch, the newest first.</summary>
    public Task<IReadOnlyList<DispatchId>> ListOpenAsync(CancellationToken ct) =>
        IdsAsync(new("SELECT id FROM dispatches WHERE is_open = 1 ORDER BY opened_at DESC, id"), ct);

    /// <summary>
    /// Accepted jobs that are neither done nor re-dispatched, accepted after <paramref name="since"/>: at most <paramref name="most"/>, the
    /// newest first.
    /// </summary>
    public Task<IReadOnlyList<DispatchId>> ListAcceptedAsync(DateTimeOffset since, int most, CancellationToken ct) => IdsAsync(
        new("""
            SELECT id FROM dispatches WHERE status = 'Accepted' AND replaced_by IS NULL AND closed_at > $1
            ORDER BY closed_at DESC, id LIMIT $2
            """, Moment.Of(since), (long)most), ct);

    /// <summary>Every open dispatch, the newest first, with its normalised ticket reference.</summary>
    public async Task<IReadOnlyList<(string Ticket, StoredDispatch Stored)>> ListOpenRowsAsync(CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            new($"{Columns} WHERE is_open = 1 ORDER BY opened_at DESC, id"),
            row => (Ticket: row.GetString(7), Row: Row(row)), ct);
        return [.. rows.Select(each => (each.Ticket, Read(each.Row)))];
    }

    /// <summary>The newest accepted jobs that are neither done nor re-dispatched, the newest first.</summary>
    public async Task<IReadOnlyList<StoredDispatch>> ListAcceptedRowsAsync(int most, CancellationToken ct)
    {
        // Each has a closed_at; the condition makes the planner search in the index.
        var query = $"{Columns} WHERE status = 'Accepted' AND replaced_by IS NULL AND closed_at > 0 ORDER BY closed_at DESC, id LIMIT $1";
        return [.. (await database.ReadAsync(new(query, (long)most), Row, ct)).Select(Read)];
    }

    /// <summary>The dispatches with these ids that are stored, in any order.</summary>
    public async Task<IReadOnlyList<StoredDispatch>> FindManyAsync(IReadOnlyCollection<DispatchId> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        var query = new Statement($"{Columns} WHERE {database.AnyOf("id", "$1")}", database.ListOf(ids.Select(id => id.Value)));
        return [.. (await database.ReadAsync(query, Row, ct)).Select(Read)];
    }

    /// <summary>The newest dispatches, open and closed: of one ticket, or of all where <paramref name="reference"/> is null.</summary>
    public async Task<IReadOnlyList<StoredDispatch>> ListNewestAsync(string? reference, int most, CancellationToken ct)
    {
        var query = reference is null
            ? new Statement($"{Columns} ORDER BY opened_at DESC, id LIMIT $1", (long)most)
            : new Statement($"{Columns} WHERE ticket = $1 ORDER BY opened_at DESC, id LIMIT $2", NormalTicket(reference), (long)most);
        return [.. (await database.ReadAsync(query, Row, ct)).Select(Read)];
    }

    /// <summary>
    /// Which numbers of this dispatch's roster ring for another dispatch, or belong to somebody who holds an accepted job, at
    /// <paramref name="now"/>.
    /// </summary>
    public async Task<IReadOnlySet<string>> BusyPhonesAsync(DispatchState state, DateTimeOffset now, CancellationToken ct)
    {
        return state.IsClosed ? ImmutableHashSet<string>.Empty
            : await BusyPhonesAsync(state.Plan.Id, [.. state.Plan.Roster.Select(each => each.Phone).Distinct()], now, ct);
    }

    /// <summary>Which of these numbers ring for another dispatch, or belong to somebody who holds an accepted job.</summary>
    public async Task<IReadOnlySet<string>> BusyPhonesAsync(
        DispatchId dispatch, IReadOnlyCollection<string> phones, DateTimeOffset now, CancellationToken ct)
    {
        var query = new Statement(
            $"SELECT phone FROM lines WHERE held_until > $1 AND dispatch <> $2 AND {database.AnyOf("phone", "$3")}",
            Moment.Of(now), dispatch.Value, database.ListOf(phones));
        return (await database.ReadAsync(query, row => row.GetString(0), ct)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Every dispatch, open or closed, that one of these lanes waits for.</summary>
    public async Task<IReadOnlyList<StoredDispatch>> ListWaitingAsync(IReadOnlyCollection<string> lanes, CancellationToken ct)
    {
        var query = new Statement(
            $"{Columns} WHERE id IN (SELECT dispatch FROM lanes WHERE {database.AnyOf("lane", "$1")})",
            database.ListOf(lanes));
        return [.. (await database.ReadAsync(query, Row, ct)).Select(Read)];
    }

    /// <summary>The newest dispatch of this ticket, open or closed; null if it never had one.</summary>
    public Task<StoredDispatch?> FindLatestByTicketAsync(string reference, CancellationToken ct) =>
        OneAsync(new($"{Columns} WHERE ticket = $1 ORDER BY opened_at DESC, id LIMIT 1", NormalTicket(reference)), ct);

    /// <summary>The events after <paramref name="seq"/>, in order.</summary>
    public async Task<ImmutableArray<StoredEvent>> EventsAfterAsync(DispatchId id, long seq, CancellationToken ct)
    {
        // A row has the number of its first event, so the last row that begins no later may hold events that are wanted, too.
        var query = new Statement(
            """
            SELECT seq, at, event FROM earlier_events
            WHERE dispatch = $1
              AND seq >= COALESCE((SELECT MAX(seq) FROM earlier_events WHERE dispatch = $1 AND seq <= $2), 0)
            UNION ALL
            SELECT e.seq, e.at, e.event
            FROM dispatches d JOIN dispatch_events e ON e.opened_at = d.opened_at AND e.dispatch = d.id
            WHERE d.id = $1
              AND e.seq >= COALESCE(
                (SELECT MAX(seq) FROM dispatch_events WHERE opened_at = d.opened_at AND dispatch = $1 AND seq <= $2), 0)
            ORDER BY seq
            """, id.Value, seq);
        var rows = await database.ReadAsync(
            query, row => (First: row.GetInt64(0), At: Moment.From(row.GetInt64(1)), Events: StoredJson.ReadEvents(row.GetString(2))), ct);
        return
        [
            .. from row in rows
               from happened in row.Events.Index()
               where row.First + happened.Index > seq
               select new StoredEvent(row.First + happened.Index, row.At, happened.Item, row.First),
        ];
    }

    /// <summary>Which of these lines nobody holds at <paramref name="now"/>.</summary>
    public async Task<IReadOnlyList<string>> FreeLinesAsync(IReadOnlyCollection<string> phones, DateTimeOffset now, CancellationToken ct)
    {
        var held = await database.ReadAsync(
            new($"SELECT phone FROM lines WHERE held_until > $1 AND {database.AnyOf("phone", "$2")}", Moment.Of(now),
                database.ListOf(phones)),
            row => row.GetString(0), ct);
        return [.. phones.Except(held)];
    }

    /// <summary>How a ticket reference is compared.</summary>
    public static string NormalTicket(string reference) => StoredText.Ticket(reference);

    async Task ForgetChangedAsync(WriteSession session, Dictionary<DispatchId, StoredDispatch> known)
    {
        if (known.Count == 0)
            return;
        var rows = await session.QueryAsync(
            new($"""
                SELECT d.id, d.replaced_by, COALESCE(
                  (SELECT MAX(seq) FROM dispatch_events WHERE opened_at = d.opened_at AND dispatch = d.id),
                  (SELECT MAX(seq) FROM earlier_events WHERE dispatch = d.id))
                FROM dispatches d WHERE {database.AnyOf("d.id", "$1")}
                """,
                database.ListOf(known.Keys.Select(id => id.Value))),
            row => (Id: row.GetString(0), ReplacedBy: row.TextAt(1), NewestRow: row.GetInt64(2)), CancellationToken.None);
        var current = rows.ToDictionary(row => new DispatchId(row.Id));
        foreach (var (id, stored) in known.ToList())
            if (!current.TryGetValue(id, out var row) || row.NewestRow > stored.Seq || row.ReplacedBy != stored.ReplacedBy?.Value)
                known.Remove(id);
    }

    async Task<IReadOnlyList<DispatchId>> IdsAsync(Statement query, CancellationToken ct) =>
        await database.ReadAsync(query, row => new DispatchId(row.GetString(0)), ct);

    async Task<StoredDispatch?> OneAsync(Statement query, CancellationToken ct) =>
        (await database.ReadAsync(query, Row, ct)).SingleOrDefault() is { } row ? Read(row) : null;

    static LineRow Line(DbDataReader row) => new(
        row.GetString(0), new(row.GetString(1)), row.GetString(2), Moment.From(row.GetInt64(3)), row.GetInt64(4) != 0);

    static DispatchRow Row(DbDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.TextAt(2), row.GetString(3), row.GetString(4), row.TextAt(5), row.GetInt64(6));

    static StoredDispatch Read(DispatchRow row)
    {
        var (state, seq) = (StoredJson.ReadState(row.State, row.Plan), row.Version);
        if (row.Later is { } later)
            foreach (var happened in StoredJson.ReadRows(later))
                (state, seq) = (Evolution.Evolve(state, happened), seq + 1);
        return new(state, seq, row.ReplacedBy is { } other ? new DispatchId(other) : null)
        {
            SnapshotSeq = row.Version,
            OpenedAt = Moment.From(row.OpenedAt),
        };
    }
}
