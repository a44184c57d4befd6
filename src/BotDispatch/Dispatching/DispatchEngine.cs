using System.Data.Common;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// The only place that changes a dispatch. It takes all inputs that wait, decides them in order, commits once and then answers every
/// caller: at rest an input is committed at once, and under load one write to the disk serves many. An exception means that the commit is
/// in doubt: every input may be applied again.
/// </summary>
internal sealed class DispatchEngine : DispatchReader, IDispatchInputs, IAsyncDisposable
{
    // Each lost try means that another node has stored something, so all of them together go on; three busy nodes on a fast disk
    // were seen to make one lose five times in a row.
    const int TriesAgainstOtherNodes = 25;

    readonly Database database;
    readonly SeenStore seen;
    readonly RetentionStore retention;
    readonly Wakeup wakeup;
    readonly ILogger<DispatchEngine> log;
    readonly CommitProbe? probe;
    readonly CommitBatchFactory batches;
    readonly WorkQueue[] queues;

    // Nine: what is stored, what is remembered of it, what begins a batch, what wakes the lanes, the log, and how tests watch commits.
    public DispatchEngine(
        Database database, DispatchStore store, SeenStore seen, RetentionStore retention, CommittedStates committed,
        CommitBatchFactory batches, Wakeup wakeup, ILogger<DispatchEngine> log, CommitProbe? probe = null) : base(store, committed)
    {
        (this.database, this.seen, this.retention) = (database, seen, retention);
        (this.batches, this.wakeup, this.log, this.probe) = (batches, wakeup, log, probe);
        queues = [.. Enumerable.Range(0, database.Writers).Select(_ => new WorkQueue(batch => CommitAsync(batch)))];
    }

    /// <summary>Decides <paramref name="input"/>. Cancelling ends the waiting, never the input.</summary>
    public Task<Applied> ApplyAsync(DispatchId dispatch, DispatchInput input, CancellationToken ct) =>
        ApplyOnceAsync(dispatch, input, null, ct);

    /// <summary>
    /// Decides <paramref name="input"/>, unless the same delivery was decided before: that is stored with what was decided.
    /// </summary>
    public Task<Applied> ApplyOnceAsync(DispatchId dispatch, DispatchInput input, string? delivery, CancellationToken ct)
    {
        var work = new InputWork(dispatch, input, delivery);
        QueueOf(dispatch).Enqueue(work);
        return work.Answered.WaitAsync(ct);
    }

    /// <summary>Stores rows that no decision writes, with the next commit.</summary>
    public Task WriteAsync(DispatchId dispatch, IEnumerable<Statement> writes, CancellationToken ct) =>
        WriteAndCountAsync(dispatch, writes, ct);

    /// <summary>Stores rows that no decision writes, with the next commit. Returns how many rows each write changed.</summary>
    public Task<IReadOnlyList<int>> WriteAndCountAsync(DispatchId dispatch, IEnumerable<Statement> writes, CancellationToken ct)
    {
        var work = new WriteWork([.. writes]);
        QueueOf(dispatch).Enqueue(work);
        return work.Answered.WaitAsync(ct);
    }

    /// <summary>
    /// Remembers, for the other processes on the same database, that the provider called back for this call. Where there can be no other
    /// process nothing is stored.
    /// </summary>
    public Task NoteCallbackAsync(AttemptId attempt) =>
        database.IsShared ? seen.TryAddAsync(CallbackOf(attempt), CancellationToken.None) : Task.CompletedTask;

    /// <summary>Whether the provider called back for this call and another process has noted it.</summary>
    public Task<bool> WasCalledBackAsync(AttemptId attempt, CancellationToken ct) =>
        database.IsShared ? seen.HasAsync(CallbackOf(attempt), ct) : Task.FromResult(false);

    /// <summary>
    /// Deletes some of the dispatches that were closed before <paramref name="moment"/>. Returns how many; 0 once there are none.
    /// </summary>
    public Task<int> DeleteClosedAsync(DateTimeOffset moment, CancellationToken ct)
    {
        var work = new DeleteWork(session => retention.DeleteAsync(session, moment));
        queues[0].Enqueue(work);
        return work.Answered.WaitAsync(ct);
    }

    /// <summary>Claims lanes, between the commits.</summary>
    public Task<IReadOnlyList<ClaimedLane>> ClaimAsync(Func<WriteSession, Task<IReadOnlyList<ClaimedLane>>> claim, CancellationToken ct)
    {
        var work = new ClaimWork(claim);
        queues[0].Enqueue(work);
        return work.Answered.WaitAsync(ct);
    }

    /// <summary>Lets a lane go with the next commit. Returns whether it must be looked at again.</summary>
    public Task<bool> EndLaneAsync(LaneEnd end)
    {
        queues[0].Enqueue(end);
        return end.Answered;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in queues)
            await queue.DisposeAsync();
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
            Committed.ForgetAll(batch.OfType<InputWork>().Select(work => work.Dispatch));
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
        DbException or OutdatedMemoryException => 1,
        _ => 0,
    };

    async Task CommitTogetherAsync(List<Work> batch)
    {
        var undecided = batch.OfType<InputWork>().ToList();
        var others = batch.Where(work => work is not InputWork).ToList();
        var ends = batch.OfType<LaneEnd>().ToList();
        IReadOnlyList<LaneRow> woken = [];
        var hasChangedThreads = false;
        for (var tries = 0; undecided.Count > 0 || others.Count > 0; tries++)
        {
            if (tries == TriesAgainstOtherNodes)
                throw new InvalidOperationException("other nodes kept changing the same dispatches");
            var decided = await database.WriteAsync(async session =>
            {
                await session.BeginAsync(CancellationToken.None);
                await Committed.Lanes.ReadAsync(session);
                var inputs = batches.Begin();
                if (undecided.Count > 0)
                    await DecideAsync(session, inputs, undecided);
                await WriteAsync(session, [.. others.OfType<WriteWork>()]);
                foreach (var deletion in others.OfType<DeleteWork>())
                    await deletion.RunAsync(session);
                foreach (var claim in others.OfType<ClaimWork>())
                    await claim.RunAsync(session);
                woken = await EndLanesAsync(session, inputs, ends);
                probe?.Before(batch);
                await session.CommitAsync(CancellationToken.None);
                hasChangedThreads = session.HasChangedThreads;
                probe?.After(batch);
                return inputs;
            }, CancellationToken.None);

            decided.Remember(hasChangedThreads);
            Committed.Lanes.Wake(woken);
            foreach (var end in ends)
                end.IsWanted = Committed.Lanes.End(end);
            Committed.Lanes.Committed();
            ForgetDeleted(others);
            if (woken.Count > 0)
                wakeup.Signal();
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
            ends.Clear();
            foreach (var work in undecided.Where(work => !work.RestsOn(decided.Lost)))
                work.Answer();
            undecided.RemoveAll(work => work.IsAnswered);
        }
    }

    // Nothing that is remembered may name what is gone: a press on its old card would be decided, and stored for nobody.
    void ForgetDeleted(List<Work> works)
    {
        List<DispatchId> deleted = [.. works.OfType<DeleteWork>().SelectMany(work => work.Deleted)];
        if (deleted.Count == 0)
            return;
        Committed.ForgetAll(deleted);
        wakeup.Signal();
    }

    async Task DecideAsync(WriteSession session, CommitBatch batch, List<InputWork> inputs)
    {
        await batch.LoadAsync(session, inputs);
        foreach (var work in inputs)
            work.Applied = Decide(work, batch);
        await batch.WriteAsync(session);
    }

    Applied Decide(InputWork work, CommitBatch batch)
    {
        if (batch.AnswerWithoutDeciding(work) is { } answer)
            return answer;
        var (state, input) = batch.Read(work);
        var decision = Decider.Decide(state, input, batch.Now);
        if (decision.IsIgnored)
            log.InputIgnored(work.Dispatch, input.GetType().Name, decision.Because!);
        batch.Add(work.Dispatch, decision);
        return new Applied.Decided(decision);
    }

    /// <summary>Writes what the ends of lanes need. Returns the lanes that statements of this commit have woken.</summary>
    async Task<IReadOnlyList<LaneRow>> EndLanesAsync(WriteSession session, CommitBatch inputs, List<LaneEnd> ends)
    {
        if (Committed.IsShared)
            return [];
        await session.RunAsync([.. ends.SelectMany(end => end.Result.Along)], CancellationToken.None);
        var woken = session.Woken;
        var writes = Committed.Lanes.WritesOf(
            ends, lane => inputs.Wants(lane) || woken.Any(row => (row.Dispatch, row.Lane) == lane));
        await session.RunAsync(writes, CancellationToken.None);
        return woken;
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

    static string CallbackOf(AttemptId attempt) => $"callback:{attempt}";

    WorkQueue QueueOf(DispatchId dispatch) =>
        queues.Length == 1 ? queues[0] : queues[(uint)dispatch.GetHashCode() % (uint)queues.Length];
}

/// <summary>
/// For tests: called just before and just after every commit, where one is registered. If it throws, the process dies at that moment.
/// </summary>
internal sealed record CommitProbe(Action<IReadOnlyList<Work>> Before, Action<IReadOnlyList<Work>> After);
