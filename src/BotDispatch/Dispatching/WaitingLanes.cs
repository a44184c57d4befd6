using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// The lanes that this process has stored and that nobody has claimed since. Such a lane is looked at in any case, and with the newest
/// state; so a mark that asks for no earlier look is not written. It is kept here, and given to the worker that claims the lane: a stored
/// lane may be due too early, but never too late. Only where no other process writes; used by the one writer alone.
/// </summary>
internal sealed class WaitingLanes(Database database)
{
    /// <summary>When a lane is due.</summary>
    /// <param name="Stored">As its row says.</param>
    /// <param name="Wanted">As the newest state says, which is no earlier; null if that wants nothing any more.</param>
    readonly record struct Due(DateTimeOffset Stored, DateTimeOffset? Wanted);

    readonly Dictionary<(DispatchId Dispatch, string Lane), Due> lanes = [];

    /// <summary>Whether the mark need not be written.</summary>
    public bool Covers(DispatchId dispatch, LaneMark mark, bool isClosed) =>
        lanes.TryGetValue((dispatch, mark.Lane), out var due) && (mark.DueAt is { } wanted ? due.Stored <= wanted : !isClosed);

    /// <summary>After the commit: remembers the mark, whether it was written or not.</summary>
    public void Note(DispatchId dispatch, LaneMark mark, bool isClosed)
    {
        if (database.IsShared)
            return;
        var key = (dispatch, mark.Lane);
        if (!Covers(dispatch, mark, isClosed))
        {
            if (mark.DueAt is { } written)
                lanes[key] = new(written, written);
            else
                lanes.Remove(key);
        }
        else if (!mark.IsNoLaterThanBefore)
            lanes[key] = lanes[key] with { Wanted = mark.DueAt };
    }

    /// <summary>After the commit: these lanes were claimed. Returns them with the moment at which the newest state wants them.</summary>
    public IReadOnlyList<ClaimedLane> Claim(IReadOnlyList<ClaimedLane> claimed) => database.IsShared ? claimed :
    [
        .. claimed.Select(lane => lanes.Remove((lane.Dispatch, lane.Lane), out var due)
            ? lane with { WantedAt = due.Wanted ?? DateTimeOffset.MaxValue }
            : lane),
    ];

    /// <summary>Forgets everything: it is not known what was stored.</summary>
    public void Clear() => lanes.Clear();
}
