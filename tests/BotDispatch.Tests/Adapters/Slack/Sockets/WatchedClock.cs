namespace BotDispatch.Tests.Adapters.Slack.Sockets;

/// <summary>A manual clock that can be waited on: a test moves it only when the code under test already waits.</summary>
internal sealed class WatchedClock : TimeProvider
{
    readonly ManualClock clock = new();
    readonly Lock gate = new();
    readonly List<TimeSpan> set = [];
    TaskCompletionSource changed = new();

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp();

    public void Advance(TimeSpan by) => clock.Advance(by);

    /// <summary>Waits until somebody waits for so long, then lets so much time pass.</summary>
    public async Task PassAsync(TimeSpan due)
    {
        await TimerAsync(due);
        clock.Advance(due);
    }

    /// <summary>Until a timer of that length has been set; each counts once.</summary>
    public async Task TimerAsync(TimeSpan due)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (set.Remove(due))
                    return;
                next = changed.Task;
            }
            await next.WaitAsync(SlackSide.TestTimeout);
        }
    }

    /// <summary>Timers set before do not count.</summary>
    public void Forget()
    {
        lock (gate) set.Clear();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = clock.CreateTimer(callback, state, dueTime, period);
        TaskCompletionSource before;
        lock (gate)
        {
            set.Add(dueTime);
            (before, changed) = (changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        before.TrySetResult();
        return timer;
    }
}
