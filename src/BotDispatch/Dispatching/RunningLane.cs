using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>A lane that is looked after. Disposed when that has ended. Safe for concurrent use, but for what says how late it is.</summary>
/// <param name="lane">The lane.</param>
/// <param name="real">Measures how long that takes.</param>
/// <param name="ct">Stops the work.</param>
internal sealed class RunningLane(ClaimedLane lane, TimeProvider real, CancellationToken ct) : IDisposable
{
    readonly Lock gate = new();
    readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    long since = real.GetTimestamp();
    bool isReported;
    bool isOver;

    public ClaimedLane Lane => lane;

    /// <summary>Completes when the work has ended. Set once it has started.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    /// <summary>Cancelled when the work must end.</summary>
    public CancellationToken Stopped => stop.Token;

    /// <summary>Whether the work has just become longer than <see cref="LaneStore.Lease"/>: said once.</summary>
    /// <param name="isWaitingForTurn">Whether it waits for its turn, which may take any time and does not count.</param>
    public bool IsLate(bool isWaitingForTurn)
    {
        if (isWaitingForTurn)
            since = real.GetTimestamp();
        if (isReported || real.GetElapsedTime(since) <= LaneStore.Lease)
            return false;
        return isReported = true;
    }

    /// <summary>The least time until it may become late; endless once that was said.</summary>
    public TimeSpan UntilLate => isReported ? TimeSpan.MaxValue : LaneStore.Lease - real.GetElapsedTime(since);

    /// <summary>Stops the work; does nothing if it has ended.</summary>
    public void Stop()
    {
        lock (gate)
            if (!isOver)
                _ = stop.CancelAsync();
    }

    public void Dispose()
    {
        lock (gate)
            isOver = true;
        stop.Dispose();
    }
}
