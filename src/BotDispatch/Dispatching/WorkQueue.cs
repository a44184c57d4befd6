using System.Threading.Channels;
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

    // Keys go ahead of everything else, because the employee waits on the phone for the answer.
    readonly Channel<Work> keys = Channel.CreateUnbounded<Work>();
    readonly Channel<Work> others = Channel.CreateUnbounded<Work>();
    readonly SemaphoreSlim waiting = new(0);
    readonly CancellationTokenSource stop = new();
    readonly Lock starting = new();
    Task? running;

    /// <summary>Queues work for the next commit.</summary>
    public void Enqueue(Work work)
    {
        ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, this);
        var queue = work is InputWork { Input: DispatchInput.KeysPressed } ? keys : others;
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(work), this);
        waiting.Release();
        if (running is null)
            lock (starting)
                running ??= Task.Run(RunAsync);
    }

    /// <summary>
    /// Stops after the commit that is under way. Work that still waits fails with <see cref="OperationCanceledException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        keys.Writer.TryComplete();
        others.Writer.TryComplete();
        if (running is not null)
            await running;
        foreach (var work in Drain(int.MaxValue))
            work.Fail(new OperationCanceledException("the process is stopping"));
        waiting.Dispose();
        stop.Dispose();
    }

    async Task RunAsync()
    {
        while (true)
        {
            try
            {
                await waiting.WaitAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            // What can already run goes first: under load it queues work for this commit, and at rest there is nothing to wait for. But
            // somebody on the phone waits for a key.
            if (keys.Reader.Count == 0)
                await Task.Yield();
            var batch = Drain(MostAtOnce);
            // The first of them was waited for above.
            for (var n = 1; n < batch.Count; n++)
                await waiting.WaitAsync(CancellationToken.None);
            if (batch.Count > 0)
                await CommitAsync(batch);
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

    List<Work> Drain(int most)
    {
        var batch = new List<Work>();
        while (batch.Count < most && (keys.Reader.TryRead(out var work) || others.Reader.TryRead(out work)))
            batch.Add(work);
        return batch;
    }
}
