using System.Data.Common;
using System.Threading.Channels;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// One writer: takes all work that waits, decides it in order, commits once, then answers every caller.
/// At rest an input is committed at once; under load one write to the disk serves many inputs.
/// </summary>
internal sealed class DispatchWriter(
    Database database, Func<CommitBatch> newBatch, CommittedStates committed, WaitingLanes waitingLanes, Wakeup wakeup,
    ILogger<DispatchWriter> log, CommitProbe? probe = null) : IAsyncDisposable
{
    const int MostAtOnce = 256;
    // Each lost try means that another node has stored something, so all of them together go on; three busy nodes on a fast disk
    // were seen to make one lose five times in a row.
    const int TriesAgainstOtherNodes = 25;

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
                await CommitAsync(batch);
        }
    }

    List<Work> Drain(int most)
    {
        var batch = new List<Work>();
        while (batch.Count < most && (keys.Reader.TryRead(out var work) || others.Reader.TryRead(out work)))
            batch.Add(work);
        return batch;
    }

    async Task CommitAsync(List<Work> batch, int failures = 0)
    {
        try
        {
            await CommitTogetherAsync(batch);
        }
        catch (Exception exception)
        {
            // Nothing that was decided is known to be stored.
            committed.ForgetAll();
            waitingLanes.Clear();
            if (batch.Count == 1 && failures >= MostFailures(exception))
            {
                batch[0].Fail(exception);
                return;
            }
            // One bad input must not fail the others, and the connection may have been lost: each is tried once more alone, on a new
            // connection.
            log.CommitFailed(exception, batch.Count);
            foreach (var work in batch.Where(work => !work.IsAnswered))
                await CommitAsync([work], failures + 1);
        }
    }

    // 40P01 and 40001: PostgreSQL ended this transaction to resolve a deadlock. It has written nothing, and may be ended again.
    static int MostFailures(Exception exception) => exception switch
    {
        DbException { SqlState: "40P01" or "40001" } => TriesAgainstOtherNodes,
        DbException => 1,
        _ => 0,
    };

    async Task CommitTogetherAsync(List<Work> batch)
    {
        var undecided = batch.OfType<InputWork>().ToList();
        var others = batch.Where(work => work is not InputWork).ToList();
        for (var tries = 0; undecided.Count > 0 || others.Count > 0; tries++)
        {
            if (tries == TriesAgainstOtherNodes)
                throw new InvalidOperationException("other nodes kept changing the same dispatches");
            var decided = await database.WriteAsync(async session =>
            {
                await session.BeginAsync(CancellationToken.None);
                var inputs = newBatch();
                await inputs.RunAsync(session, undecided);
                await WriteAsync(session, [.. others.OfType<WriteWork>()]);
                foreach (var claim in others.OfType<ClaimWork>())
                    await claim.RunAsync(session);
                probe?.Before(batch);
                await session.CommitAsync(CancellationToken.None);
                probe?.After(batch);
                return inputs;
            }, CancellationToken.None);

            decided.Remember();
            foreach (var claim in others.OfType<ClaimWork>())
                claim.Claimed = waitingLanes.Claim(claim.Claimed);
            if (decided.EarliestLook is { } due)
            {
                if (decided.IsDueNow)
                    wakeup.Signal();
                else
                    wakeup.Plan(due);
            }
            foreach (var work in others)
                work.Answer();
            others.Clear();
            foreach (var work in undecided.Where(work => !work.RestsOn(decided.Lost)))
                work.Answer();
            undecided.RemoveAll(work => work.IsAnswered);
        }
    }

    static async Task WriteAsync(WriteSession session, List<WriteWork> works)
    {
        var changed = await session.RunAsync([.. works.SelectMany(work => work.Writes)], CancellationToken.None);
        var from = 0;
        foreach (var work in works)
        {
            work.Changed = new ArraySegment<int>(changed, from, work.Writes.Length);
            from += work.Writes.Length;
        }
    }
}

/// <summary>
/// For tests: called just before and just after every commit, where one is registered. If it throws, the process dies at that moment.
/// </summary>
internal sealed record CommitProbe(Action<IReadOnlyList<Work>> Before, Action<IReadOnlyList<Work>> After);
