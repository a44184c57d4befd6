using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// What this process last committed, so that it need not be read again. Where other processes write too, it may be outdated: its version is
/// compared before anything is decided upon it.
/// </summary>
internal sealed class CommittedStates(Database database)
{
    const int MostClosed = 8192;

    readonly ConcurrentDictionary<DispatchId, StoredDispatch> states = new();
    readonly Lock adding = new();
    long timesForgotten;
    int sweepAt = MostClosed;

    /// <summary>The lanes that are stored and unclaimed. Only the one writer may use them.</summary>
    public WaitingLanes Lanes { get; } = new(database);

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
        if (states.Count > sweepAt)
            Sweep();
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
    public void ForgetAll()
    {
        Lanes.Clear();
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
            sweepAt = states.Count + MostClosed;
        }
    }
}
