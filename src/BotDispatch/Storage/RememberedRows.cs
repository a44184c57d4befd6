namespace BotDispatch.Storage;

/// <summary>
/// Rows that were read and have not been changed since, by the keys with which they were found. Where other processes may write, every row
/// is read each time.
/// </summary>
internal sealed class RememberedRows<TRow>(Database database) where TRow : class
{
    const int Most = 4096;

    readonly Lock gate = new();
    readonly Dictionary<(string Tenant, string Key), TRow> rows = [];
    long changes;

    /// <summary>Returns the row; reads it if it is not remembered. Null if there is none, which is not remembered.</summary>
    public async Task<TRow?> FindAsync(string tenant, string key, Func<Task<TRow?>> read)
    {
        if (database.IsShared)
            return await read();
        long before;
        lock (gate)
        {
            if (rows.TryGetValue((tenant, key), out var known))
                return known;
            before = changes;
        }
        var row = await read();
        lock (gate)
        {
            // What was read before a write may be older than that write.
            if (row is null || changes != before)
                return row;
            if (rows.Count >= Most)
                rows.Clear();
            rows[(tenant, key)] = row;
        }
        return row;
    }

    /// <summary>Writes, and forgets all rows, whether the write succeeds or not.</summary>
    public async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        finally
        {
            lock (gate)
            {
                changes++;
                rows.Clear();
            }
        }
    }
}
