using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>Up to which event of a dispatch each webhook has been called.</summary>
internal sealed class WebhookStore(Database database)
{
    const string Advance = """
        INSERT INTO webhook_progress (dispatch, webhook, sent_seq) VALUES ($1, $2, $3)
        ON CONFLICT (dispatch, webhook) DO UPDATE SET sent_seq = excluded.sent_seq WHERE webhook_progress.sent_seq < excluded.sent_seq
        """;

    /// <summary>The number of the last event that a webhook has got; 0 if it has got none.</summary>
    public async Task<long> SentAsync(DispatchId dispatch, string webhook, CancellationToken ct) =>
        (await database.ReadAsync(
            new("SELECT sent_seq FROM webhook_progress WHERE dispatch = $1 AND webhook = $2", dispatch.Value, webhook),
            row => row.GetInt64(0), ct)).SingleOrDefault();

    /// <summary>
    /// Makes all lanes of <paramref name="wanted"/> due for each dispatch that has any lane of <paramref name="old"/>, and deletes the
    /// other ones of <paramref name="old"/>.
    /// </summary>
    public Task ShareAsync(IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> old, CancellationToken ct) =>
        database.WriteAsync(
        [
            .. wanted.Select(lane => new Statement($"""
                INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
                SELECT DISTINCT dispatch, $1, 0, 0, 0, 1, 0, 0 FROM lanes WHERE {database.AnyOf("lane", "$2")} ORDER BY dispatch
                ON CONFLICT (dispatch, lane) DO UPDATE SET wake_count = lanes.wake_count + 1
                """, lane, database.ListOf(old))),
            .. old.Except(wanted).Select(lane => new Statement("DELETE FROM lanes WHERE lane = $1", lane)),
        ], ct);

    /// <summary>
    /// Deletes the lanes whose name begins with <paramref name="prefix"/>, that are not <paramref name="known"/>, and that were last due
    /// before <paramref name="moment"/> by the dispatch clock, unless their dispatch has an event since then.
    /// </summary>
    // A row alone does not say it: where one process claims lanes in memory, their next moment is not written.
    public Task DeleteRemovedAsync(string prefix, IReadOnlyCollection<string> known, DateTimeOffset moment, CancellationToken ct) =>
        database.WriteAsync(
            [new($"""
                DELETE FROM lanes WHERE due_at < $1 AND lane LIKE $2 AND NOT ({database.AnyOf("lane", "$3")})
                AND NOT EXISTS (
                  SELECT 1 FROM dispatches d JOIN dispatch_events e ON e.opened_at = d.opened_at AND e.dispatch = d.id
                  WHERE d.id = lanes.dispatch AND e.at >= $1)
                AND NOT EXISTS (SELECT 1 FROM earlier_events e WHERE e.dispatch = lanes.dispatch AND e.at >= $1)
                """, Moment.Of(moment), prefix + "%", database.ListOf(known))], ct);

    /// <summary>Notes that a webhook has got the events up to a number.</summary>
    public static Statement Save(DispatchId dispatch, string webhook, long seq) => new(Advance, dispatch.Value, webhook, seq);
}
