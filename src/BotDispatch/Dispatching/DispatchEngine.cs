using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// The only place that changes a dispatch. An input is decided and committed before its caller is answered.
/// An exception means that the commit is in doubt: every input may be applied again.
/// </summary>
internal sealed class DispatchEngine : IDispatchInputs, IAsyncDisposable
{
    readonly DispatchStore store;
    readonly CommittedStates committed;
    readonly Database database;
    readonly SeenStore seen;
    readonly DispatchWriter[] writers;

    public DispatchEngine(Database database, DispatchStore store, SeenStore seen, CommittedStates committed, IServiceProvider services)
    {
        (this.database, this.seen) = (database, seen);
        this.store = store;
        this.committed = committed;
        var newBatch = ActivatorUtilities.CreateFactory<CommitBatch>([]);
        Func<CommitBatch> forOneCommit = () => newBatch(services, []);
        DispatchWriter NewWriter() => ActivatorUtilities.CreateInstance<DispatchWriter>(services, forOneCommit);
        writers = [.. Enumerable.Range(0, database.Writers).Select(_ => NewWriter())];
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
        WriterOf(dispatch).Enqueue(work);
        return work.Answered.WaitAsync(ct);
    }

    /// <summary>Stores rows that no decision writes, with the next commit.</summary>
    public Task WriteAsync(DispatchId dispatch, IEnumerable<Statement> writes, CancellationToken ct) =>
        WriteAndCountAsync(dispatch, writes, ct);

    /// <summary>Stores rows that no decision writes, with the next commit. Returns how many rows each write changed.</summary>
    public Task<IReadOnlyList<int>> WriteAndCountAsync(DispatchId dispatch, IEnumerable<Statement> writes, CancellationToken ct)
    {
        var work = new WriteWork([.. writes]);
        WriterOf(dispatch).Enqueue(work);
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

    /// <summary>Claims lanes, between the commits.</summary>
    public Task<IReadOnlyList<ClaimedLane>> ClaimAsync(Func<WriteSession, Task<IReadOnlyList<ClaimedLane>>> claim, CancellationToken ct)
    {
        var work = new ClaimWork(claim);
        writers[0].Enqueue(work);
        return work.Answered.WaitAsync(ct);
    }

    /// <summary>The state as last committed; null if there is no such dispatch.</summary>
    public async Task<DispatchState?> FindAsync(DispatchId dispatch, CancellationToken ct) =>
        (committed.FindNewest(dispatch) ?? await store.FindAsync(dispatch, ct))?.State;

    /// <summary>A committed state that has at least the events up to <paramref name="seq"/>; null if there is no such dispatch.</summary>
    public async Task<StoredDispatch?> FindAsync(DispatchId dispatch, long seq, CancellationToken ct) =>
        committed.FindNewest(dispatch)
        ?? (committed.Find(dispatch) is { } known && known.Seq >= seq ? known : await store.FindAsync(dispatch, ct));

    /// <summary>The open dispatch of this ticket; null if nobody is working on it. References are compared without case.</summary>
    public async Task<DispatchState?> FindOpenByTicketAsync(string reference, CancellationToken ct) =>
        (await store.FindOpenByTicketAsync(reference, ct))?.State;

    /// <summary>The newest dispatch of this ticket, open or closed; null if it never had one.</summary>
    public async Task<DispatchState?> FindLatestByTicketAsync(string reference, CancellationToken ct) =>
        (await store.FindLatestByTicketAsync(reference, ct))?.State;

    /// <summary>Every open dispatch, the newest first.</summary>
    public async Task<IReadOnlyList<DispatchState>> ListOpenAsync(CancellationToken ct) =>
        [.. (await ReadAsync(await store.ListOpenAsync(ct), ct)).Where(state => !state.IsClosed)];

    /// <summary>
    /// Accepted jobs that are neither done nor re-dispatched, accepted after <paramref name="since"/>: at most <paramref name="most"/>, the
    /// newest first.
    /// </summary>
    public async Task<IReadOnlyList<DispatchState>> ListAcceptedAsync(DateTimeOffset since, int most, CancellationToken ct) =>
        [.. (await ReadAsync(await store.ListAcceptedAsync(since, most, ct), ct)).Where(CommitWrites.IsAcceptedJob)];

    /// <summary>The newest dispatches, open and closed: of one ticket, or of all where <paramref name="reference"/> is null.</summary>
    public async Task<IReadOnlyList<DispatchState>> ListNewestAsync(string? reference, int most, CancellationToken ct) =>
        [.. (await store.ListNewestAsync(reference, most, ct)).Select(stored => stored.State)];

    /// <summary>
    /// Which numbers of this dispatch's roster ring for another dispatch, or belong to somebody who holds an accepted job, at
    /// <paramref name="now"/>.
    /// </summary>
    public Task<IReadOnlySet<string>> BusyPhonesAsync(DispatchState state, DateTimeOffset now, CancellationToken ct) =>
        store.BusyPhonesAsync(state, now, ct);

    /// <summary>Every dispatch, open or closed, that one of these lanes waits for.</summary>
    public async Task<IReadOnlyList<DispatchState>> ListWaitingAsync(IReadOnlyCollection<string> lanes, CancellationToken ct) =>
        [.. (await store.ListWaitingAsync(lanes, ct)).Select(stored => stored.State)];

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in writers)
            await writer.DisposeAsync();
    }

    // A state may be newer than the list that names it.
    async Task<IEnumerable<DispatchState>> ReadAsync(IReadOnlyList<DispatchId> ids, CancellationToken ct)
    {
        var timesForgotten = committed.TimesForgotten;
        List<DispatchState> states = new(ids.Count);
        List<DispatchId> unknown = [];
        foreach (var id in ids)
            if (committed.FindNewest(id) is { } known)
                states.Add(known.State);
            else
                unknown.Add(id);
        if (unknown.Count == 0)
            return states;
        foreach (var stored in await store.FindManyAsync(unknown, ct))
        {
            states.Add(stored.State);
            committed.RememberRead(stored, timesForgotten);
        }
        var found = states.ToDictionary(state => state.Plan.Id);
        return ids.Select(found.GetValueOrDefault).OfType<DispatchState>();
    }

    static string CallbackOf(AttemptId attempt) => $"callback:{attempt}";

    DispatchWriter WriterOf(DispatchId dispatch) =>
        writers.Length == 1 ? writers[0] : writers[(uint)dispatch.GetHashCode() % (uint)writers.Length];
}
