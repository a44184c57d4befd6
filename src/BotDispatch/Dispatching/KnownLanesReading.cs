using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Reads the lanes, and forgets them where a commit failed.</summary>
internal sealed partial class KnownLanes
{
    /// <summary>Whether the lanes have been read since everything was forgotten, and the database took a write since then.</summary>
    public bool MayBeClaimed
    {
        get
        {
            lock (gate)
                return mayBeClaimed;
        }
    }

    /// <summary>
    /// Reads them if they are not known. If they were forgotten, the same transaction changes a row: <see cref="Committed"/> must be called
    /// once that is stored. Only the one writer may call it, because nothing may change meanwhile.
    /// </summary>
    public async Task ReadAsync(WriteSession session)
    {
        lock (gate)
            if (database.IsShared || lanes is not null)
                return;
        var rows = await LaneStore.AllAsync(session);
        // At the start nothing has failed yet, and the start itself has written.
        if (wereForgotten)
            await session.RunAsync([LaneStore.ProofOfWriting()], CancellationToken.None);
        lock (gate)
        {
            lanes = [];
            waiting.Clear();
            foreach (var row in rows)
            {
                var lane = Add((row.Dispatch, row.Lane));
                var known = before.GetValueOrDefault(lane.Key);
                lane.Read(row, known);
                Want(lane, lane.IsAsIn(known) ? known.WantedAt : row.DueAt);
                if (lane.IsAsIn(known))
                    lane.Mark = known.Mark;
                Settle(lane);
            }
            before = [];
        }
    }

    /// <summary>After each commit: what was read with it may be claimed now.</summary>
    public void Committed()
    {
        lock (gate)
            mayBeClaimed = lanes is not null;
    }

    /// <summary>
    /// Forgets what the rows say, because it is not known what was stored. What is wanted is looked up in the rows again for those that
    /// differ when they are read, for <paramref name="inDoubt"/>, and for what is being committed at this moment; the others go on as they
    /// are.
    /// </summary>
    public void Forget(IEnumerable<DispatchId> inDoubt)
    {
        lock (gate)
        {
            if (lanes is not null)
                before = lanes.Values.SelectMany(all => all).ToDictionary(lane => lane.Key);
            var doubted = beingWritten.Union(inDoubt).ToHashSet();
            beingWritten.Clear();
            foreach (var lane in before.Values)
                lane.IsInDoubt |= doubted.Contains(lane.Key.Dispatch);
            (lanes, mayBeClaimed, wereForgotten) = (null, false, true);
            waiting.Clear();
        }
    }
}
