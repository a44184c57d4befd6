using System.Threading.Channels;
using BotDispatch.Core;

namespace BotDispatch.Dispatching;

/// <summary>
/// Work that waits for a commit. All that waits when a commit ends is handed to the next one, in the order it came, but keys first.
/// </summary>
/// <param name="commit">Commits a batch and answers its callers. Never throws, and is never run twice at once.</param>
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
            var batch = Drain(MostAtOnce);
            // The first of them was waited for above.
            for (var n = 1; n < batch.Count; n++)
                await waiting.WaitAsync(CancellationToken.None);
            if (batch.Count > 0)
                await commit(batch);
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
