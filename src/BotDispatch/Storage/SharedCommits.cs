using System.Collections.Concurrent;

namespace BotDispatch.Storage;

/// <summary>
/// Commits together what is asked for at the same moment, one transaction at a time. Whoever waits holds no thread, and many who write a row each
/// do not keep the database from those whose commits somebody on the telephone waits for.
/// </summary>
internal sealed class SharedCommits(Database database) : IDisposable
{
    const int MostAtOnce = 256;

    readonly ConcurrentQueue<Waiting> queue = new();
    readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Writes one row, <paramref name="row"/> says which; how many it changed. Once begun it is not given up.</summary>
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
        while (batch.Count < MostAtOnce && queue.TryPeek(out var next) && (batch.Count == 0 || next.Row is not null && batch[0].Row is not null) && queue.TryDequeue(out var waiting))
            batch.Add(waiting);
        try
        {
            // In one order on every node: two who wait for each other's rows would wait for ever. The sort is stable: on one row the first word stays the first, and the last the last.
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
    }

    sealed record Waiting(string? Row, Statement Write, TaskCompletionSource<int> Changed);
}
