using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>Up to which event of a dispatch each webhook has been called.</summary>
internal sealed class WebhookStore(Database database)
{
    const string Advance = """
        INSERT INTO webhook_progress (dispatch, webhook, sent_seq) VALUES ($1, $2, $3)
        ON CONFLICT (dispatch, webhook) DO UPDATE SET sent_seq = excluded.sent_seq WHERE webhook_progress.sent_seq < excluded.sent_seq
        """;

    /// <summary>The number of the last event that each webhook has got, by the webhook's name.</summary>
    public async Task<IReadOnlyDictionary<string, long>> SentAsync(DispatchId dispatch, CancellationToken ct) =>
        (await database.ReadAsync(new("SELECT webhook, sent_seq FROM webhook_progress WHERE dispatch = $1", dispatch.Value),
            row => (Name: row.GetString(0), Seq: row.GetInt64(1)), ct))
        .ToDictionary(row => row.Name, row => row.Seq, StringComparer.Ordinal);

    /// <summary>Notes that a webhook has got the events up to a number.</summary>
    public static Statement Save(DispatchId dispatch, string webhook, long seq) => new(Advance, dispatch.Value, webhook, seq);
}
