namespace BotDispatch.Storage;

/// <summary>Deletes lines whose hold has expired. While a hold lasts, only <see cref="LineWrites"/> writes it.</summary>
internal sealed class LineStore(Database database)
{
    const string DeleteExpired = """
        DELETE FROM lines WHERE (phone, holder) IN (SELECT phone, holder FROM lines WHERE held_until < $1 ORDER BY held_until LIMIT $2)
        """;

    /// <summary>
    /// An expired hold blocks nobody. It is kept for so long, so that its deletion does not race with work that still refers to it.
    /// </summary>
    public static readonly TimeSpan KeepExpired = TimeSpan.FromDays(1);

    /// <summary>
    /// Deletes every row that was held until before <paramref name="moment"/>, in as many commits as that takes; how many that were.
    /// </summary>
    public Task<int> DeleteExpiredAsync(DateTimeOffset moment, CancellationToken ct) =>
        database.DeleteAsync(new(DeleteExpired, Moment.Of(moment), (long)BoundedDelete.MostAtOnce), ct);
}
