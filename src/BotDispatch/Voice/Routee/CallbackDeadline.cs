namespace BotDispatch.Voice.Routee;

/// <summary>
/// Waits for work, at most until the answer to a callback is due. All waits are equally long, so they end in the order in which they
/// began, and one timer serves all. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Not <c>ResponseDeadline</c> of <c>Chat/Inbox</c>, which sets a timer for each answer: here is one limit, and thousands of waits.
/// </remarks>
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
        // It serves all callbacks, so it must not carry the trace and the log scope of the first one.
        using (ExecutionContext.SuppressFlow())
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
        // Outside the lock, because ending a wait runs what follows it on this thread.
        foreach (var wait in late)
            wait.End();
    }

    /// <summary>
    /// A wait. What follows it runs at once on the thread that ends it, on purpose: an answer that is due must not queue for another.
    /// </summary>
    sealed class Wait(long since) : TaskCompletionSource
    {
        public long Since => since;

        public void End() => TrySetResult();
    }
}
