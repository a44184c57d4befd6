using System.Collections.Concurrent;

namespace BotDispatch.Storage;

/// <summary>
/// Commits the writes of callers at the same moment together, one transaction at a time. A waiting caller holds no thread, and many small
/// writes do not keep the database from the commits that an employee on the telephone waits for.
/// </summary>
internal sealed class SharedCommits(Database database) : IDisposable
{
    const int MostAtOnce = 256;

    readonly ConcurrentQueue<Waiting> queue = new();
    readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Writes the row that <paramref name="row"/> names. Returns how many rows changed. Cannot be cancelled once begun.</summary>
    public Task<int> WriteRowAsync(string row, Statement write, CancellationToken ct) => WriteAsync(row, write, ct);

    /// <summary>Writes any number of rows, in a transaction of its own.</summary>
    public Task WriteAloneAsync(Statement write, CancellationToken ct) => WriteAsync(null, write, ct);

    public void Dispose() => gate.Dispose();

    async Task<int> WriteAsync(string? row, Statement write, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var mine = new Waiting(row, write, new(TaskCreationOptions.RunContinuationsAsynchronously));
        queue.Enqueue(mine);
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            while (!mine.Changed.Task.IsCompleted)
                await CommitAsync();
        }
        finally
        {
            gate.Release();
        }
        return await mine.Changed.Task;
    }

    async Task CommitAsync()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MostAtOnce && queue.TryPeek(out var next) && MayJoin(next) && queue.TryDequeue(out var waiting))
            batch.Add(waiting);
        try
        {
            // Every node writes rows in the same order, so that two never wait for each other's rows. The sort is stable: writes to one row
            // keep their order.
            List<Waiting> ordered = [.. batch.OrderBy(each => each.Row, StringComparer.Ordinal)];
            var changed = await database.WriteAsync([.. ordered.Select(each => each.Write)], CancellationToken.None);
            foreach (var (each, rows) in ordered.Zip(changed))
                each.Changed.SetResult(rows);
        }
        catch (Exception broken)
        {
            foreach (var each in batch)
                each.Changed.TrySetException(broken);
        }

        // A write of any number of rows has a transaction of its own.
        bool MayJoin(Waiting next) => batch.Count == 0 || next.Row is not null && batch[0].Row is not null;
    }

    sealed record Waiting(string? Row, Statement Write, TaskCompletionSource<int> Changed);
}
