using BotDispatch.Storage;

namespace BotDispatch.Employees.Remote;

/// <summary>
/// The stored copies of one kind of outside source. A process that starts while the source is down uses them. A database that fails costs
/// the copy and nothing else.
/// </summary>
/// <param name="store">Where they are stored; null if there is no database.</param>
/// <param name="kind">The kind of source, as <c>calendar</c>.</param>
/// <param name="realTime">The clock by which a copy has an age.</param>
/// <param name="log">The log for what fails.</param>
internal sealed class KeptCopies(Func<CopyStore?> store, string kind, TimeProvider realTime, ILogger log)
{
    /// <summary>The kind of sources of people.</summary>
    public const string OfPeople = "people";

    /// <summary>Returns the copy of a source with the moment at which it was read, as the reader understands it; otherwise null.</summary>
    public async Task<T?> ReadAsync<T>(string source, Func<string, DateTimeOffset, T?> read, CancellationToken ct) where T : class
    {
        try
        {
            return store() is { } copies && await copies.ReadAsync(kind, source, ct) is var (text, readAt) ? read(text, readAt) : null;
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.CopyNotRead(failed.GetType().Name);
            return null;
        }
    }

    /// <summary>Stores the copy of a source, as read now or at that moment. Returns whether that succeeded.</summary>
    public async Task<bool> KeepAsync(string source, string text, CancellationToken ct, DateTimeOffset? readAt = null)
    {
        try
        {
            if (store() is { } copies)
                await copies.KeepAsync(kind, source, text, readAt ?? realTime.GetUtcNow(), ct);
            return true;
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.CopyNotKept(failed.GetType().Name);
            return false;
        }
    }

    /// <summary>Says how old a copy is that stays in use.</summary>
    /// <param name="readAt">When it was read; the default if nothing was read yet.</param>
    /// <param name="realTime">The clock.</param>
    /// <param name="nothing">What is said if nothing was read yet.</param>
    public static string Age(DateTimeOffset readAt, TimeProvider realTime, string nothing = "nobody could be read from it yet") =>
        readAt == default ? nothing
            : $"the copy in use is {(int)Math.Max(0, (realTime.GetUtcNow() - readAt).TotalMinutes)} min old";
}
