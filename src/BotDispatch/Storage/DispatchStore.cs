using System.Collections.Immutable;
using BotDispatch.Core;
using Dapper;

namespace BotDispatch.Storage;

/// <summary>A dispatch as it is stored. <paramref name="Seq"/> counts its events and is its version: each commit adds at least one.</summary>
internal sealed record StoredDispatch(DispatchState State, long Seq, DispatchId? ReplacedBy = null);

/// <summary>Who may be ringing, or may not be rung, at one telephone number.</summary>
internal sealed record LineRow(string Phone, DispatchId Dispatch, DateTimeOffset HeldUntil, bool IsAccepted);

/// <summary>One event with its number and its moment.</summary>
internal sealed record StoredEvent(long Seq, DateTimeOffset At, DispatchEvent Happened);

/// <summary>Reads dispatches. All writing goes through <see cref="CommitWrites"/>.</summary>
internal sealed class DispatchStore(Database database)
{
    sealed record DispatchRow(string Id, long Version, string? ReplacedBy, string Plan, string State);

    sealed record LineColumns(string Phone, string Dispatch, long HeldUntil, long IsAccepted);

    const string Columns = "id AS Id, version AS Version, replaced_by AS ReplacedBy, plan AS Plan, state AS State";

    /// <summary>The stored dispatches among <paramref name="ids"/>. What is remembered is read again only if another node has changed it.</summary>
    public async Task<Dictionary<DispatchId, StoredDispatch>> LoadAsync(WriteSession session, IReadOnlyCollection<DispatchId> ids, Func<DispatchId, StoredDispatch?> remembered)
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
            foreach (var row in await session.Connection.QueryAsync<DispatchRow>($"SELECT {Columns} FROM dispatches WHERE {database.AnyOf("id", "@unknown")}", new { unknown }, session.Transaction))
                found.Add(new(row.Id), Read(row));
        return found;
    }

    /// <summary>The open dispatches of these normalised ticket references.</summary>
    public async Task<Dictionary<string, DispatchId>> OpenByTicketAsync(WriteSession session, IReadOnlyCollection<string> tickets)
    {
        if (tickets.Count == 0)
            return [];
        var rows = await session.Connection.QueryAsync<(string Ticket, string Id)>(
            $"SELECT ticket, id FROM dispatches WHERE is_open = 1 AND {database.AnyOf("ticket", "@tickets")}", new { tickets = tickets.ToArray() }, session.Transaction);
        return rows.ToDictionary(row => row.Ticket, row => new DispatchId(row.Id));
    }

    /// <summary>Who holds these lines; nobody else changes that before our commit.</summary>
    public async Task<Dictionary<string, List<LineRow>>> LinesAsync(WriteSession session, IReadOnlyCollection<string> phones)
    {
        if (phones.Count == 0)
            return [];
        var rows = await session.Connection.QueryAsync<LineColumns>(
            $"""
            SELECT phone AS Phone, dispatch AS Dispatch, held_until AS HeldUntil, is_accepted AS IsAccepted FROM lines
            WHERE {database.AnyOf("phone", "@phones")} ORDER BY phone, holder {database.ForUpdate}
            """, new { phones = phones.ToArray() }, session.Transaction);
        return rows.GroupBy(row => row.Phone).ToDictionary(
            of => of.Key, of => of.Select(row => new LineRow(row.Phone, new(row.Dispatch), Moment.From(row.HeldUntil), row.IsAccepted != 0)).ToList());
    }

    /// <summary>Which of these deliveries were decided before.</summary>
    public async Task<HashSet<string>> SeenAsync(WriteSession session, IReadOnlyCollection<string> deliveries) => deliveries.Count == 0
        ? []
        : [.. await session.Connection.QueryAsync<string>(
            $"SELECT delivery FROM seen WHERE {database.AnyOf("delivery", "@deliveries")}", new { deliveries = deliveries.ToArray() }, session.Transaction)];

    /// <summary>One dispatch, as last committed; null if there is none.</summary>
    public Task<StoredDispatch?> FindAsync(DispatchId id, CancellationToken ct) =>
        OneAsync(new("SELECT id, version, replaced_by, plan, state FROM dispatches WHERE id = $1", id.Value), ct);

    /// <summary>The open dispatch of this ticket; null if nobody works on it.</summary>
    public Task<StoredDispatch?> FindOpenByTicketAsync(string reference, CancellationToken ct) =>
        OneAsync(new("SELECT id, version, replaced_by, plan, state FROM dispatches WHERE is_open = 1 AND ticket = $1", NormalTicket(reference)), ct);

    /// <summary>Every open dispatch, the newest first.</summary>
    public async Task<IReadOnlyList<StoredDispatch>> ListOpenAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return [.. (await connection.QueryAsync<DispatchRow>($"SELECT {Columns} FROM dispatches WHERE is_open = 1 ORDER BY opened_at DESC, id")).Select(Read)];
    }

    /// <summary>Accepted jobs that are neither done nor re-dispatched, accepted after <paramref name="since"/>: at most <paramref name="most"/>, the newest first.</summary>
    public async Task<IReadOnlyList<StoredDispatch>> ListAcceptedAsync(DateTimeOffset since, int most, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return [.. (await connection.QueryAsync<DispatchRow>(
            $"SELECT {Columns} FROM dispatches WHERE status = 'Accepted' AND replaced_by IS NULL AND closed_at > @since ORDER BY closed_at DESC LIMIT @most",
            new { since = Moment.Of(since), most })).Select(Read)];
    }

    /// <summary>The newest dispatches, open and closed: of one ticket, or of all where <paramref name="reference"/> is null.</summary>
    public async Task<IReadOnlyList<StoredDispatch>> ListNewestAsync(string? reference, int most, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = reference is null
            ? await connection.QueryAsync<DispatchRow>($"SELECT {Columns} FROM dispatches ORDER BY opened_at DESC LIMIT @most", new { most })
            : await connection.QueryAsync<DispatchRow>(
                $"SELECT {Columns} FROM dispatches WHERE ticket = @ticket ORDER BY opened_at DESC LIMIT @most", new { ticket = NormalTicket(reference), most });
        return [.. rows.Select(Read)];
    }

    /// <summary>Which numbers of this dispatch's roster ring for another dispatch, or belong to somebody who holds an accepted job, at <paramref name="now"/>.</summary>
    public async Task<IReadOnlySet<string>> BusyPhonesAsync(DispatchState state, DateTimeOffset now, CancellationToken ct)
    {
        if (state.IsClosed)
            return ImmutableHashSet<string>.Empty;
        await using var connection = await database.OpenAsync(ct);
        var phones = state.Plan.Roster.Select(each => each.Phone).Distinct().ToArray();
        return (await connection.QueryAsync<string>(
            $"SELECT phone FROM lines WHERE held_until > @now AND dispatch <> @id AND {database.AnyOf("phone", "@phones")}",
            new { now = Moment.Of(now), id = state.Plan.Id.Value, phones })).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Every dispatch, open or closed, that one of these lanes waits for.</summary>
    public async Task<IReadOnlyList<StoredDispatch>> ListWaitingAsync(IReadOnlyCollection<string> lanes, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return [.. (await connection.QueryAsync<DispatchRow>(
            $"SELECT {Columns} FROM dispatches WHERE id IN (SELECT dispatch FROM lanes WHERE {database.AnyOf("lane", "@lanes")})", new { lanes = lanes.ToArray() })).Select(Read)];
    }

    /// <summary>The newest dispatch of this ticket, open or closed; null if it never had one.</summary>
    public async Task<StoredDispatch?> FindLatestByTicketAsync(string reference, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var row = await connection.QueryFirstOrDefaultAsync<DispatchRow>(
            $"SELECT {Columns} FROM dispatches WHERE ticket = @ticket ORDER BY opened_at DESC, id LIMIT 1", new { ticket = NormalTicket(reference) });
        return row is null ? null : Read(row);
    }

    /// <summary>The events after <paramref name="seq"/>, in order.</summary>
    public async Task<ImmutableArray<StoredEvent>> EventsAfterAsync(DispatchId id, long seq, CancellationToken ct)
    {
        var query = new Statement("SELECT seq, at, event FROM events WHERE dispatch = $1 AND seq > $2 ORDER BY seq", id.Value, seq);
        return [.. await database.ReadAsync(query, row => new StoredEvent(row.GetInt64(0), Moment.From(row.GetInt64(1)), StoredJson.ReadEvent(row.GetString(2))), ct)];
    }

    /// <summary>Which of these lines nobody holds at <paramref name="now"/>.</summary>
    public async Task<IReadOnlyList<string>> FreeLinesAsync(IReadOnlyCollection<string> phones, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var held = await connection.QueryAsync<string>(
            $"SELECT phone FROM lines WHERE held_until > @now AND {database.AnyOf("phone", "@phones")}", new { now = Moment.Of(now), phones = phones.ToArray() });
        return [.. phones.Except(held)];
    }

    /// <summary>How a ticket reference is compared.</summary>
    public static string NormalTicket(string reference) => StoredText.Ticket(reference);

    async Task ForgetChangedAsync(WriteSession session, Dictionary<DispatchId, StoredDispatch> known)
    {
        if (known.Count == 0)
            return;
        var rows = await session.Connection.QueryAsync<(string Id, long Version, string? ReplacedBy)>(
            $"SELECT id, version, replaced_by FROM dispatches WHERE {database.AnyOf("id", "@ids")}", new { ids = known.Keys.Select(id => id.Value).ToArray() }, session.Transaction);
        var current = rows.ToDictionary(row => new DispatchId(row.Id), row => (row.Version, row.ReplacedBy));
        foreach (var (id, stored) in known.ToList())
            if (!current.TryGetValue(id, out var row) || row != (stored.Seq, stored.ReplacedBy?.Value))
                known.Remove(id);
    }

    async Task<StoredDispatch?> OneAsync(Statement query, CancellationToken ct) =>
        (await database.ReadAsync(query, row => Read(new(row.GetString(0), row.GetInt64(1), row.TextAt(2), row.GetString(3), row.GetString(4))), ct)).SingleOrDefault();

    static StoredDispatch Read(DispatchRow row) =>
        new(StoredJson.ReadState(row.State, row.Plan), row.Version, row.ReplacedBy is { } other ? new DispatchId(other) : null);
}
