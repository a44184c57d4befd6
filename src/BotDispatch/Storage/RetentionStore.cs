using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>Deletes dispatches that were closed long ago, with everything that is stored of them.</summary>
/// <remarks>
/// Of dispatches that replaced one another the last one goes first: its card and its alerts are found through those before it. What an
/// alert has begun stays as long as the alert is remembered.
/// </remarks>
internal sealed class RetentionStore(Database database)
{
    /// <summary>How many dispatches one commit deletes.</summary>
    public const int MostAtOnce = 50;

    // Nothing is closed before it was opened, and the index is by the opening.
    static readonly string Old = $"""
        SELECT old.id FROM dispatches old
        WHERE old.opened_at < $1 AND old.closed_at < $1 AND old.is_open = 0
          AND NOT EXISTS (SELECT 1 FROM dispatches later WHERE later.id = old.replaced_by)
          AND NOT EXISTS (SELECT 1 FROM alert_groups WHERE dispatch IN ({Succession.Predecessors("old.id")}))
        ORDER BY old.opened_at LIMIT $2
        """;

    // The row of the dispatch last, because its events are found through it.
    static readonly string[] OfDispatches = ["earlier_events", "lanes", "threads", "ticket_notes", "webhook_progress", "lines"];

    /// <summary>
    /// Deletes up to <see cref="MostAtOnce"/> dispatches that were closed before <paramref name="moment"/>. Returns their ids.
    /// </summary>
    public async Task<IReadOnlyList<DispatchId>> DeleteAsync(WriteSession session, DateTimeOffset moment)
    {
        var ids = await session.QueryAsync(
            new(Old, Moment.Of(moment), (long)MostAtOnce), row => row.GetString(0), CancellationToken.None);
        if (ids.Count == 0)
            return [];
        var these = database.ListOf(ids);
        await session.RunAsync(
        [
            new($"""
                DELETE FROM dispatch_events WHERE (opened_at, dispatch) IN (
                  SELECT opened_at, id FROM dispatches WHERE {database.AnyOf("id", "$1")})
                """, these),
            .. OfDispatches.Select(table => new Statement($"DELETE FROM {table} WHERE {database.AnyOf("dispatch", "$1")}", these)),
            new($"DELETE FROM dispatches WHERE {database.AnyOf("id", "$1")}", these),
        ], CancellationToken.None);
        return [.. ids.Select(id => new DispatchId(id))];
    }
}
