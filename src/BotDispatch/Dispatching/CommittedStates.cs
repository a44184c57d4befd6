using System.Collections.Concurrent;
using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// What this process last committed, so that it need not be read again. Where other processes write too, it may be outdated: its version is
/// compared before anything is decided upon it.
/// </summary>
internal sealed class CommittedStates(Database database, DispatchStore store, KnownThreads threads)
{
    const int MostClosed = 8192;

    // Events stay here until they are posted, within seconds. What is not remembered is read from the database.
    const int MostRecent = 4096;
    const int MostEvents = 64;

    /// <summary>What one commit added to a dispatch, and the commit before it, if that is remembered.</summary>
    sealed class RecentCommit(long first, DateTimeOffset at, ImmutableArray<DispatchEvent> events, RecentCommit? before)
    {
        public long First => first;
        public long Last => first + events.Length - 1;
        public DateTimeOffset At => at;
        public ImmutableArray<DispatchEvent> Events => events;
        public RecentCommit? Before => before;
        public int Count { get; } = (before?.Count ?? 0) + events.Length;
    }

    readonly ConcurrentDictionary<DispatchId, StoredDispatch> states = new();
    readonly ConcurrentDictionary<DispatchId, RecentCommit> recent = new();
    readonly Lock adding = new();
    long timesForgotten;
    // Counted here, because a ConcurrentDictionary takes all its locks to count. About right is enough.
    int closedSinceSweep;
    int recentCount;

    /// <summary>All lanes: which are due, and which run.</summary>
    public KnownLanes Lanes { get; } = new(database);

    /// <summary>The dispatches that are listed again and again.</summary>
    public ListedDispatches Listed { get; } = new(database, store);

    /// <summary>The lines, and who waits for them.</summary>
    public KnownLines Lines { get; } = new(database);

    /// <summary>What the threads of open dispatches have shown.</summary>
    public KnownThreads Threads => threads;

    /// <summary>Whether other processes may write too.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>What is remembered of a dispatch; null if nothing is.</summary>
    public StoredDispatch? Find(DispatchId id) => states.GetValueOrDefault(id);

    /// <summary>What is remembered of a dispatch and surely the newest: no other process may have changed it.</summary>
    public StoredDispatch? FindNewest(DispatchId id) => database.IsShared ? null : Find(id);

    /// <summary>Increases whenever something is forgotten.</summary>
    public long TimesForgotten => Volatile.Read(ref timesForgotten);

    /// <summary>Remembers what was committed. Only the one writer of a dispatch may call it.</summary>
    public void Remember(DispatchId id, StoredDispatch stored)
    {
        states[id] = stored;
        if (stored.State.IsClosed && Interlocked.Increment(ref closedSinceSweep) > MostClosed)
            Sweep();
    }

    /// <summary>Remembers what was committed, with its events, which are posted next.</summary>
    public void Remember(DispatchChange change)
    {
        Remember(change.Id, change.Stored);
        Listed.Note(change);
        if (Volatile.Read(ref recentCount) >= MostRecent)
        {
            recent.Clear();
            Volatile.Write(ref recentCount, 0);
        }
        var before = recent.GetValueOrDefault(change.Id);
        var commit = new RecentCommit(change.SeqBefore + 1, change.At, change.Events, before?.Count < MostEvents ? before : null);
        // What was known may have been posted and forgotten meanwhile, which has counted it off.
        if (before is not null && recent.TryUpdate(change.Id, commit, before))
            return;
        recent[change.Id] = commit;
        Interlocked.Increment(ref recentCount);
    }

    /// <summary>
    /// The events after <paramref name="seq"/> up to <paramref name="newest"/>, if this process remembers all of them; else null.
    /// </summary>
    public ImmutableArray<StoredEvent>? EventsAfter(DispatchId id, long seq, long newest)
    {
        var commits = new Stack<RecentCommit>();
        for (var commit = recent.GetValueOrDefault(id); commit is not null && commit.Last > seq; commit = commit.Before)
            if (commit.First <= newest)
                commits.Push(commit);
        List<StoredEvent> wanted = [];
        foreach (var commit in commits)
            for (var n = 0; n < commit.Events.Length; n++)
                if (commit.First + n is var number && number > seq && number <= newest)
                    wanted.Add(new(number, commit.At, commit.Events[n], commit.First));
        // Another node may have committed in between.
        return wanted.Count == newest - seq ? [.. wanted] : null;
    }

    /// <summary>Forgets the events up to that one, because they were posted.</summary>
    public void ForgetEvents(DispatchId id, long upTo)
    {
        if (recent.TryGetValue(id, out var known) && known.Last <= upTo && recent.TryRemove(new(id, known)))
            Interlocked.Decrement(ref recentCount);
    }

    /// <summary>
    /// Remembers what was read, unless something is remembered already or was forgotten since <paramref name="timesForgotten"/>: it may
    /// have been changed after it was read.
    /// </summary>
    public void RememberRead(StoredDispatch stored, long timesForgotten)
    {
        lock (adding)
            if (timesForgotten == this.timesForgotten)
                states.TryAdd(stored.State.Plan.Id, stored);
    }

    public void Forget(DispatchId id)
    {
        lock (adding)
        {
            timesForgotten++;
            states.TryRemove(id, out _);
        }
    }

    /// <summary>Forgets everything, because it is not known what was stored. Only the writer may call it.</summary>
    /// <param name="inDoubt">The dispatches that it was about.</param>
    public void ForgetAll(IEnumerable<DispatchId> inDoubt)
    {
        Lanes.Forget(inDoubt);
        Listed.Forget();
        Lines.Forget();
        Threads.Forget();
        lock (adding)
        {
            timesForgotten++;
            states.Clear();
        }
    }

    // Open dispatches are needed again soon, and so are accepted jobs, which are listed.
    void Sweep()
    {
        lock (adding)
        {
            timesForgotten++;
            foreach (var (id, stored) in states)
                if (stored.State is { IsClosed: true, HasLiveLeg: false })
                    states.TryRemove(id, out _);
            closedSinceSweep = 0;
        }
    }
}
