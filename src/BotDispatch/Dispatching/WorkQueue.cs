using BotDispatch.Core;

namespace BotDispatch.Dispatching;

/// <summary>
/// Work that waits for a commit. All that waits when a commit ends is handed to the next one, in the order it came, but keys first.
/// </summary>
/// <param name="commit">
/// Commits a batch and answers its callers. Never run twice at once. If it throws, those who were not answered get the exception, and the
/// next batch is committed as always.
/// </param>
internal sealed class WorkQueue(Func<List<Work>, Task> commit) : IAsyncDisposable
{
    const int MostAtOnce = 256;

    readonly Lock gate = new();
    // Keys go ahead of everything else, because the employee waits on the phone for the answer.
    readonly Queue<Work> keys = new();
    readonly Queue<Work> others = new();
    // Ends when nothing waits, and is begun anew by what comes next.
    Task running = Task.CompletedTask;
    bool isRunning;
    bool isStopped;

    /// <summary>Queues work for the next commit.</summary>
    public void Enqueue(Work work)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isStopped, this);
            (work is InputWork { Input: DispatchInput.KeysPressed } ? keys : others).Enqueue(work);
            if (isRunning)
                return;
            isRunning = true;
            // The commits of all tenants follow: they must not carry the trace and the log scope of the request that happened to be first.
            using (ExecutionContext.SuppressFlow())
                running = Task.Run(RunAsync);
        }
    }

    /// <summary>
    /// Stops after the commit that is under way. Work that still waits fails with <see cref="OperationCanceledException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
            isStopped = true;
        await running;
        foreach (var work in keys.Concat(others))
            work.Fail(new OperationCanceledException("the process is stopping"));
        keys.Clear();
        others.Clear();
    }

    async Task RunAsync()
    {
        while (true)
        {
            // What can already run goes first: under load it queues work for this commit, and at rest there is nothing to wait for. But
            // somebody on the phone waits for a key.
            if (!DoesKeyWait())
                await Task.Yield();
            var batch = Take();
            if (batch.Count == 0)
                return;
            await CommitAsync(batch);
        }
    }

    bool DoesKeyWait()
    {
        lock (gate)
            return keys.Count > 0;
    }

    /// <summary>
    /// Takes the work of the next commit. If there is none, the loop ends, and the next <see cref="Enqueue"/> starts it.
    /// </summary>
    List<Work> Take()
    {
        lock (gate)
        {
            if (isStopped)
            {
                isRunning = false;
                return [];
            }
            List<Work> batch = new(Math.Min(keys.Count + others.Count, MostAtOnce));
            while (batch.Count < MostAtOnce && (keys.TryDequeue(out var work) || others.TryDequeue(out work)))
                batch.Add(work);
            isRunning = batch.Count > 0;
            return batch;
        }
    }

    // A queue that ended here would keep every later key, button and lane waiting for ever.
    async Task CommitAsync(List<Work> batch)
    {
        try
        {
            await commit(batch);
        }
        catch (Exception broken)
        {
            foreach (var work in batch.Where(each => !each.IsAnswered))
                work.Fail(broken);
        }
    }
}
