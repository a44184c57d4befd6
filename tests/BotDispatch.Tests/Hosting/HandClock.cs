namespace BotDispatch.Tests.Hosting;

/// <summary>A real clock moved by hand: its timers ring while it is advanced.</summary>
internal sealed class HandClock(DateTimeOffset start) : TimeProvider
{
    readonly Lock gate = new();
    readonly List<HandTimer> timers = [];
    DateTimeOffset now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, () => callback(state));
        lock (gate)
            timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Time passes, and what is due rings.</summary>
    public void Advance(TimeSpan by)
    {
        lock (gate)
            now += by;
        foreach (var timer in Due(moment => moment <= now))
            timer.Ring();
    }

    /// <summary>Every waiting timer rings before its time.</summary>
    public void RingEarly()
    {
        foreach (var timer in Due(_ => true))
            timer.Ring();
    }

    List<HandTimer> Due(Func<DateTimeOffset, bool> isDue)
    {
        lock (gate)
        {
            var due = timers.Where(timer => timer.Due is { } moment && isDue(moment)).ToList();
            due.ForEach(timer => timer.Due = null);
            return due;
        }
    }

    sealed class HandTimer(HandClock clock, Action ring) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
