using System.Diagnostics.CodeAnalysis;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>One lane of <see cref="KnownLanes"/>, which alone may change it.</summary>
internal sealed class KnownLane(DispatchId dispatch, string name)
{
    /// <summary>By the moment that is wanted: only for lanes of which one is.</summary>
    public static readonly Comparer<KnownLane> SoonestFirst = Comparer<KnownLane>.Create(static (one, other) =>
        one.WantedAt!.Value.CompareTo(other.WantedAt!.Value) is not 0 and var due ? due
        : string.CompareOrdinal(one.Key.Dispatch.Value, other.Key.Dispatch.Value) is not 0 and var id ? id
        : string.CompareOrdinal(one.Key.Name, other.Key.Name));

    public (DispatchId Dispatch, string Name) Key { get; } = (dispatch, name);

    /// <summary>When its row says that it is due.</summary>
    public DateTimeOffset RowDueAt { get; set; }

    /// <summary>Whether its row says that its work failed or waits for its turn.</summary>
    public bool RowIsPostponed { get; set; }

    /// <summary>How often a statement has woken its row.</summary>
    public long RowWakeCount { get; set; }

    /// <summary>When it is due; null if nothing is wanted.</summary>
    public DateTimeOffset? WantedAt { get; set; }

    /// <summary>Until when it is postponed, in real time.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>How often in a row its work failed.</summary>
    public int Tries { get; set; }

    /// <summary>Changes whenever it is wanted anew.</summary>
    public long Mark { get; set; }

    /// <summary>Whether it is claimed.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Whether its dispatch is closed, so that its row goes once nothing is wanted.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether its dispatch was in a commit of which it is not known whether it is stored.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>Takes over what its row says.</summary>
    /// <param name="row">The row.</param>
    /// <param name="before">What was known of the lane before; null for nothing. Its row may lack the last failures.</param>
    public void Read(LaneRow row, KnownLane? before)
    {
        (RowDueAt, RowWakeCount, IsClosed) = (row.DueAt, row.WakeCount, row.IsClosed);
        RowIsPostponed = row.NotBefore > default(DateTimeOffset) || row.Tries > 0;
        NotBefore = before?.NotBefore > row.NotBefore ? before.NotBefore : row.NotBefore;
        Tries = Math.Max(before?.Tries ?? 0, row.Tries);
    }

    /// <summary>Whether its row is as it was before, so that what was wanted then is wanted still.</summary>
    // Rows hold whole milliseconds.
    public bool IsAsIn([NotNullWhen(true)] KnownLane? before) => before is { IsInDoubt: false } && before.RowWakeCount == RowWakeCount
        && (before.RowDueAt - RowDueAt).Duration() < TimeSpan.FromMilliseconds(1);

    /// <summary>What is claimed: the lane as it is now.</summary>
    public ClaimedLane Claimed() =>
        new(Key.Dispatch, Key.Name, WantedAt!.Value, 0, 0, Tries, NotBefore > default(DateTimeOffset)) { Mark = Mark };

    /// <summary>What is wanted once it is let go.</summary>
    public DateTimeOffset? WantedAfter(LaneEnd end) => Mark != end.Lane.Mark ? WantedAt : end.Result switch
    {
        LaneResult.Done => null,
        LaneResult.Again again => again.At,
        _ => WantedAt,
    };

    /// <summary>What must be written about its row when it is let go.</summary>
    /// <param name="end">How its work ended.</param>
    /// <param name="isWanted">Whether the same commit wants it anew.</param>
    public RowWrite WriteOf(LaneEnd end, bool isWanted) => end.Result switch
    {
        LaneResult.NotYet or LaneResult.TryLater => RowWrite.Postpone,
        LaneResult.Stopped => RowWrite.None,
        _ when IsClosed && !isWanted && WantedAfter(end) is null => RowWrite.Delete,
        _ => RowIsPostponed ? RowWrite.Release : RowWrite.None,
    };
}
