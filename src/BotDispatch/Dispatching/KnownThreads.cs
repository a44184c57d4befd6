using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// The rows of threads that were begun or looked at last, so that a lane need not read its thread each time. Where other processes may
/// write, every row is read. Safe for concurrent use.
/// </summary>
/// <remarks>
/// The lane of a thread takes its row out and puts it back only once all that it wrote is committed, or will be with the end of the lane:
/// after work that failed, the row is read. A commit that fails, or changes rows of other threads, forgets all rows, also those that are
/// out.
/// </remarks>
internal sealed class KnownThreads(Database database, ThreadStore store)
{
    const int Most = 4096;

    readonly Lock gate = new();
    readonly Dictionary<(DispatchId Dispatch, int N), ThreadRow> rows = [];
    long timesForgotten;

    /// <summary>
    /// Takes one thread of a dispatch; the row is null if there is none. <c>AsOf</c> is for <see cref="PutBack"/>.
    /// </summary>
    public async Task<(ThreadRow? Row, long AsOf)> TakeAsync(DispatchId dispatch, int n, CancellationToken ct)
    {
        ThreadRow? known;
        long asOf;
        lock (gate)
            (_, asOf) = (rows.Remove((dispatch, n), out known), timesForgotten);
        return (known ?? await store.FindAsync(dispatch, n, ct), asOf);
    }

    /// <summary>Remembers a row that was taken and is stored like this, unless everything was forgotten meanwhile.</summary>
    public void PutBack(DispatchId dispatch, ThreadRow row, long asOf)
    {
        lock (gate)
            if (timesForgotten == asOf)
                Add(dispatch, row);
    }

    /// <summary>After the commit that began a dispatch: remembers its threads, of which nothing is shown yet.</summary>
    public void Begin(DispatchState started)
    {
        lock (gate)
            foreach (var (n, place) in started.Places.Index())
                Add(started.Plan.Id, ThreadRow.New(n, place));
    }

    /// <summary>Forgets everything: rows were changed by others than those who took them, or it is not known what was stored.</summary>
    public void Forget()
    {
        lock (gate)
        {
            timesForgotten++;
            rows.Clear();
        }
    }

    void Add(DispatchId dispatch, ThreadRow row)
    {
        if (database.IsShared)
            return;
        if (rows.Count >= Most)
            rows.Clear();
        rows[(dispatch, row.N)] = row;
    }
}
