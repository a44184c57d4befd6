using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// All lanes of a database that one process alone uses: which are due, and which run. Their rows are what a restart finds. A row stays
/// until its dispatch is closed and its work done, and may say an earlier moment than is known here, but never a later one: so what a row
/// covers is not written, and a claim never is. Where other processes write, nothing is known here. Safe for concurrent use.
/// </summary>
/// <remarks>
/// The one writer alone decides what is written about rows (<see cref="ToWrite"/>, <see cref="WritesOf"/>), and reports it once it is
/// committed (<see cref="Note"/>, <see cref="Wake"/>, <see cref="End"/>). Only what was reported can be claimed.
/// </remarks>
internal sealed partial class KnownLanes(Database database)
{
    readonly Lock gate = new();
    readonly SortedSet<KnownLane> waiting = new(KnownLane.SoonestFirst);
    // Outlives everything else, because what runs must not be begun a second time.
    readonly HashSet<(DispatchId, string)> running = [];
    // What they want is not noted yet, and their rows may say nothing of it.
    readonly HashSet<DispatchId> beingWritten = [];
    // What was known when it was forgotten, until the rows are read again.
    Dictionary<(DispatchId, string), KnownLane> before = [];
    Dictionary<DispatchId, List<KnownLane>>? lanes;
    bool mayBeClaimed;
    bool wereForgotten;
    long marks;

    /// <summary>
    /// What a commit must write: the marks that no row covers, and a withdrawal for each row of a closed dispatch that nobody needs.
    /// </summary>
    public ImmutableArray<LaneMark> ToWrite(DispatchId dispatch, ImmutableArray<LaneMark> wanted, bool isClosed)
    {
        if (database.IsShared)
            return wanted;
        lock (gate)
        {
            beingWritten.Add(dispatch);
            ImmutableArray<LaneMark> written = [];
            foreach (var mark in wanted)
                if (mark.DueAt is { } due && !(Find((dispatch, mark.Lane))?.RowDueAt <= due))
                    written = written.Add(mark);
            if (isClosed && lanes?.GetValueOrDefault(dispatch) is { } known)
                foreach (var lane in known)
                    if (!lane.IsRunning && WantedBy(wanted, lane) is null)
                        written = written.Add(new(lane.Key.Name, null));
            return written;
        }
    }

    static DateTimeOffset? WantedBy(ImmutableArray<LaneMark> wanted, KnownLane lane)
    {
        foreach (var mark in wanted)
            if (mark.Lane == lane.Key.Name)
                return mark.DueAt;
        return lane.WantedAt;
    }

    /// <summary>
    /// After the commit: follows what it wanted, and what it wrote of that. Returns whether a lane became due that it did not want.
    /// </summary>
    public bool Note(DispatchId dispatch, ImmutableArray<LaneMark> wanted, ImmutableArray<LaneMark> written, bool isClosed)
    {
        lock (gate)
        {
            beingWritten.Remove(dispatch);
            if (lanes is null)
                return false;
            foreach (var mark in written)
                if (mark.DueAt is { } due)
                    (Find((dispatch, mark.Lane)) ?? Add((dispatch, mark.Lane))).RowDueAt = due;
                else if (Find((dispatch, mark.Lane)) is { } gone)
                    Remove(gone);
            foreach (var mark in wanted)
                if (Find((dispatch, mark.Lane)) is { } lane
                    && !(mark.IsNoLaterThanBefore && !lane.IsRunning && lane.WantedAt <= mark.DueAt))
                    Want(lane, mark.DueAt);
            var isLeft = false;
            foreach (var lane in lanes.GetValueOrDefault(dispatch) ?? [])
            {
                lane.IsClosed = isClosed;
                isLeft |= Settle(lane);
            }
            return isLeft;
        }
    }

    /// <summary>After the commit: a statement has woken these.</summary>
    public void Wake(IReadOnlyList<LaneRow> woken)
    {
        lock (gate)
            foreach (var row in lanes is null ? [] : woken)
            {
                var lane = Find((row.Dispatch, row.Lane)) ?? Add((row.Dispatch, row.Lane));
                (lane.RowWakeCount, lane.RowDueAt, lane.IsClosed) = (row.WakeCount, row.DueAt, row.IsClosed);
                Want(lane, lane.WantedAt < row.DueAt && !lane.IsRunning ? lane.WantedAt : row.DueAt);
            }
    }

    /// <summary>Claims up to <paramref name="most"/> due lanes of these kinds.</summary>
    public IReadOnlyList<ClaimedLane> Claim(IReadOnlyCollection<string> kinds, DateTimeOffset dispatchNow, DateTimeOffset realNow, int most)
    {
        lock (gate)
        {
            if (!mayBeClaimed)
                return [];
            List<KnownLane> due = [];
            foreach (var lane in waiting)
            {
                if (due.Count == most || lane.WantedAt > dispatchNow)
                    break;
                if (lane.NotBefore <= realNow && kinds.Contains(lane.Key.Name))
                    due.Add(lane);
            }
            foreach (var lane in due)
            {
                waiting.Remove(lane);
                lane.IsRunning = running.Add(lane.Key);
            }
            return [.. due.Select(lane => lane.Claimed())];
        }
    }

    /// <summary>
    /// Lets a lane go if nothing has to be written for that. Returns whether it must be looked at again; null if the writer must end it.
    /// </summary>
    public bool? TryEnd(LaneEnd end)
    {
        lock (gate)
            return end.Result.Along.IsEmpty && Find(end.Key) is { } lane && lane.WriteOf(end, isWanted: false) is RowWrite.None
                ? End(end) : null;
    }

    /// <summary>What a commit writes about the rows of lanes that end; what that is for each is noted there.</summary>
    /// <param name="ends">The ends.</param>
    /// <param name="isWanted">Whether the same commit wants the lane anew.</param>
    public IReadOnlyList<Statement> WritesOf(IReadOnlyList<LaneEnd> ends, Func<(DispatchId, string), bool> isWanted)
    {
        lock (gate)
            foreach (var end in ends)
                end.Write = Find(end.Key) is { } lane ? lane.WriteOf(end, isWanted(end.Key)) : RowWrite.None;
        return
        [
            .. ends.Where(end => end.Write is RowWrite.Postpone or RowWrite.Release)
                .Select(end => LaneStore.Postponed(end.Lane, end.NotBefore, end.Tries)),
            .. LaneStore.Gone(ends.Where(end => end.Write is RowWrite.Delete).Select(end => end.Key)),
        ];
    }

    /// <summary>After the commit, or where nothing was written: lets a lane go. Returns whether it must be looked at again.</summary>
    public bool End(LaneEnd end)
    {
        lock (gate)
        {
            running.Remove(end.Key);
            if (Find(end.Key) is not { } lane)
                return false;
            if (end.Write is RowWrite.Delete)
            {
                Remove(lane);
                return false;
            }
            var wanted = lane.WantedAfter(end);
            if (end.Result is not LaneResult.Stopped)
                (lane.NotBefore, lane.Tries) = (end.NotBefore, end.Tries);
            lane.RowIsPostponed = end.Write is RowWrite.Postpone || (lane.RowIsPostponed && end.Write is not RowWrite.Release);
            lane.IsRunning = false;
            lane.WantedAt = wanted;
            if (wanted is not null)
                waiting.Add(lane);
            return Settle(lane) || wanted is not null;
        }
    }

    /// <summary>
    /// Lets a lane go whose end could not be stored: it may be claimed again after that real time, and has failed once more.
    /// </summary>
    public void EndUnwritten(ClaimedLane claimed, DateTimeOffset notBefore)
    {
        lock (gate)
        {
            var key = (claimed.Dispatch, claimed.Lane);
            running.Remove(key);
            if ((Find(key) ?? before.GetValueOrDefault(key)) is not { } lane)
                return;
            (lane.IsRunning, lane.NotBefore, lane.Tries) = (false, notBefore, claimed.Tries + 1);
            if (lanes is not null)
                Want(lane, lane.WantedAt ?? claimed.DueAt);
        }
    }

    /// <summary>
    /// When the next lane is due after <paramref name="dispatchNow"/> by the dispatch clock, and when the next postponed one is due after
    /// <paramref name="realNow"/>; null where there is none.
    /// </summary>
    public (DateTimeOffset? Due, DateTimeOffset? Real) Next(DateTimeOffset dispatchNow, DateTimeOffset realNow)
    {
        lock (gate)
        {
            DateTimeOffset? postponed = null;
            foreach (var lane in waiting)
                if (lane.WantedAt > dispatchNow)
                    return (lane.WantedAt, postponed);
                else if (lane.NotBefore > realNow && !(postponed <= lane.NotBefore))
                    postponed = lane.NotBefore;
            return (null, postponed);
        }
    }

    /// <summary>For tests: every lane of which something is wanted, and when.</summary>
    public IReadOnlyList<((DispatchId Dispatch, string Lane) Lane, DateTimeOffset At)> Wanted()
    {
        lock (gate)
            return
            [
                .. from lane in (lanes ?? []).Values.SelectMany(all => all)
                   where lane.WantedAt is not null
                   select (lane.Key, lane.WantedAt!.Value),
            ];
    }

    KnownLane? Find((DispatchId Dispatch, string Name) key)
    {
        if (lanes?.TryGetValue(key.Dispatch, out var known) is true)
            foreach (var lane in known)
                if (lane.Key.Name == key.Name)
                    return lane;
        return null;
    }

    KnownLane Add((DispatchId Dispatch, string Name) key)
    {
        var lane = new KnownLane(key.Dispatch, key.Name) { IsRunning = running.Contains(key) };
        if (lanes!.TryGetValue(key.Dispatch, out var known))
            known.Add(lane);
        else
            lanes.Add(key.Dispatch, [lane]);
        return lane;
    }

    void Remove(KnownLane lane)
    {
        if (lane is { WantedAt: not null, IsRunning: false })
            waiting.Remove(lane);
        var known = lanes![lane.Key.Dispatch];
        known.Remove(lane);
        if (known.Count == 0)
            lanes.Remove(lane.Key.Dispatch);
    }

    void Want(KnownLane lane, DateTimeOffset? at)
    {
        if (lane.WantedAt is not null)
            waiting.Remove(lane);
        lane.WantedAt = at;
        if (at is null)
            return;
        lane.Mark = ++marks;
        if (!lane.IsRunning)
            waiting.Add(lane);
    }

    // It was open when its last work ended, and closed in the commit that was under way then: a last look deletes its row.
    bool Settle(KnownLane lane)
    {
        var isLeft = lane is { IsClosed: true, IsRunning: false, WantedAt: null };
        if (isLeft)
            Want(lane, DateTimeOffset.UnixEpoch);
        return isLeft;
    }
}
