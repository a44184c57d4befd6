using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>What is written about the row of a lane that is let go.</summary>
internal enum RowWrite
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The row goes.</summary>
    Delete,
    /// <summary>When it may be claimed again, and how often its work failed.</summary>
    Postpone,
    /// <summary>That it is postponed no longer.</summary>
    Release,
}

/// <summary>
/// The end of a lane's work where one process alone uses the database. If anything must be written for it, the next commit does that.
/// </summary>
/// <param name="lane">The lane, as it was claimed.</param>
/// <param name="result">How its work ended.</param>
/// <param name="now">Real time.</param>
internal sealed class LaneEnd(ClaimedLane lane, LaneResult result, DateTimeOffset now) : Work
{
    readonly TaskCompletionSource<bool> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClaimedLane Lane => lane;

    public LaneResult Result => result;

    public (DispatchId Dispatch, string Lane) Key => (lane.Dispatch, lane.Lane);

    /// <summary>Before when it may not be claimed again, in real time.</summary>
    public DateTimeOffset NotBefore { get; } = result switch
    {
        LaneResult.TryLater later => now + later.After,
        LaneResult.NotYet later => now + later.After,
        _ => default,
    };

    /// <summary>How often in a row its work has failed.</summary>
    public int Tries { get; } = result switch
    {
        LaneResult.TryLater => lane.Tries + 1,
        LaneResult.NotYet => lane.Tries,
        _ => 0,
    };

    /// <summary>What is written about its row; not yet committed.</summary>
    public RowWrite Write { get; set; }

    /// <summary>Whether the lane must be looked at again.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Completes when it is stored, with whether the lane must be looked at again.</summary>
    public Task<bool> Answered => answered.Task;

    public override bool IsAnswered => answered.Task.IsCompleted;

    public override void Fail(Exception exception) => answered.TrySetException(exception);

    public override void Answer() => answered.TrySetResult(IsWanted);
}
