namespace BotDispatch.Voice.Routee;

/// <summary>
/// Waits for work, at most until the answer to a callback is due. All waits are equally long, so they end in the order in which they
/// began, and one timer serves all: a timer for each callback costs more than the rest of waiting. Safe for concurrent use.
/// </summary>
internal sealed class CallbackDeadline
{
    // A timer may fire a moment before the clock says so.
    static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);

    readonly TimeSpan limit;
    readonly TimeProvider clock;
    readonly ITimer timer;
    readonly Lock gate = new();
    readonly Queue<Wait> waits = new();
    bool isSet;

    /// <param name="limit">How long each wait may last.</param>
    /// <param name="clock">Real time.</param>
    public CallbackDeadline(TimeSpan limit, TimeProvider clock)
    {
        (this.limit, this.clock) = (limit, clock);
        timer = clock.CreateTimer(static all => ((CallbackDeadline)all!).Expire(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Waits until the work has ended, also in failure, or its time is up. Never throws: the caller reads the outcome from the work itself.
    /// </summary>
    public Task WaitAsync(Task work)
    {
        if (work.IsCompleted)
            return Task.CompletedTask;
        var wait = new Wait(clock.GetTimestamp());
        lock (gate)
        {
            while (waits.TryPeek(out var oldest) && oldest.Task.IsCompleted)
                waits.Dequeue();
            waits.Enqueue(wait);
            if (!isSet)
                isSet = timer.Change(limit, Timeout.InfiniteTimeSpan);
        }
        work.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(wait.End);
        return wait.Task;
    }

    void Expire()
    {
        List<Wait> late = [];
        lock (gate)
        {
            isSet = false;
            while (waits.TryPeek(out var oldest))
            {
                var left = limit - clock.GetElapsedTime(oldest.Since);
                if (!oldest.Task.IsCompleted && left >= Precision)
                {
                    isSet = timer.Change(left, Timeout.InfiniteTimeSpan);
                    break;
                }
                late.Add(waits.Dequeue());
            }
        }
        // Outside the lock, because the answers are written at once.
        foreach (var wait in late)
            wait.End();
    }

    sealed class Wait(long since) : TaskCompletionSource
    {
        public long Since => since;

        public void End() => TrySetResult();
    }
}
