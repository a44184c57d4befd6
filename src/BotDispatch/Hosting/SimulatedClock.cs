using BotDispatch.Ports;

namespace BotDispatch.Hosting;

/// <summary>Where the story stood at one real moment: enough to go on after a restart.</summary>
/// <param name="Story">The story's time then.</param>
/// <param name="Real">The real time then.</param>
/// <param name="Speed">How fast it ran.</param>
internal sealed record SimulatedMoment(DateTimeOffset Story, DateTimeOffset Real, double Speed);

/// <summary>The story's time: real time, sped up. It never stands still, never jumps when the speed changes, and never runs backwards.</summary>
internal sealed class SimulatedClock : TimeProvider, IOwnTime
{
    const double Fastest = 1000;

    readonly TimeProvider real;
    readonly Lock gate = new();
    readonly HashSet<SimulatedTimer> waiting = [];
    DateTimeOffset storyThen;
    long realThen;
    double speed = 1;

    public SimulatedClock(TimeProvider real)
    {
        this.real = real;
        storyThen = real.GetUtcNow();
        realThen = real.GetTimestamp();
    }

    /// <summary>The speed was changed; heard outside of the clock's lock.</summary>
    public event Action? SpeedChanged;

    /// <summary>How many seconds of the story pass in a real one.</summary>
    public double Speed
    {
        get
        {
            lock (gate)
                return speed;
        }
        set
        {
            if (value is not (> 0 and <= Fastest))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The story runs forwards, and no faster than a thousandfold.");
            lock (gate)
            {
                Anchor(Now());
                speed = value;
                Reschedule();
            }
            SpeedChanged?.Invoke();
        }
    }

    public DateTimeOffset WallNow => GetUtcNow() + ToWall;

    public TimeSpan ToWall => real is IOwnTime own ? own.ToWall : TimeSpan.Zero;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return Now();
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Where the story stands.</summary>
    public SimulatedMoment Snapshot()
    {
        lock (gate)
            return new(Now(), real.GetUtcNow(), speed);
    }

    /// <summary>
    /// Goes on from a stored moment. The process may have lived up to <paramref name="longestUnsaved"/> after it was stored, at the stored speed,
    /// and its story time was seen by others: that much is assumed to have passed. The rest of the time down counts as it was.
    /// </summary>
    public void Restore(SimulatedMoment saved, TimeSpan longestUnsaved)
    {
        lock (gate)
        {
            var down = real.GetUtcNow() - saved.Real;
            var rest = down - longestUnsaved;
            var restored = saved.Story + longestUnsaved * saved.Speed + (rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            var now = Now();
            Anchor(restored > now ? restored : now);
            speed = saved.Speed is > 0 and <= Fastest ? saved.Speed : 1;
            Reschedule();
        }
        SpeedChanged?.Invoke();
    }

    DateTimeOffset Now() => storyThen + real.GetElapsedTime(realThen) * speed;

    void Anchor(DateTimeOffset now)
    {
        realThen = real.GetTimestamp();
        storyThen = now;
    }

    void Reschedule()
    {
        foreach (var timer in waiting)
            timer.Schedule(Now());
    }

    /// <summary>A timer of the story; kept alive by the clock while it waits.</summary>
    sealed class SimulatedTimer : ITimer
    {
        readonly SimulatedClock clock;
        readonly TimerCallback callback;
        readonly object? state;
        readonly ITimer alarm;
        DateTimeOffset? due;
        TimeSpan period;
        bool isDisposed;

        public SimulatedTimer(SimulatedClock clock, TimerCallback callback, object? state)
        {
            (this.clock, this.callback, this.state) = (clock, callback, state);
            alarm = clock.real.CreateTimer(static timer => ((SimulatedTimer)timer!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
            ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
            lock (clock.gate)
            {
                if (isDisposed)
                    return false;
                this.period = period;
                WaitUntil(dueTime == Timeout.InfiniteTimeSpan ? null : clock.Now() + dueTime);
                return true;
            }
        }

        public void Schedule(DateTimeOffset now)
        {
            if (due is not { } moment)
                return;
            // Real timers know whole milliseconds, and a deadline that is looked at too early counts for nothing.
            var wait = Math.Ceiling(Math.Max(0, (moment - now).TotalMilliseconds / clock.speed));
            alarm.Change(TimeSpan.FromMilliseconds(Math.Min(wait, LongestWait)), Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                isDisposed = true;
                WaitUntil(null);
            }
            alarm.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        const double LongestWait = 24 * 60 * 60 * 1000;

        void WaitUntil(DateTimeOffset? moment)
        {
            due = moment;
            if (moment is null)
            {
                clock.waiting.Remove(this);
                if (!isDisposed)
                    alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }
            clock.waiting.Add(this);
            Schedule(clock.Now());
        }

        void Ring()
        {
            lock (clock.gate)
            {
                if (due is not { } moment)
                    return;
                var now = clock.Now();
                if (now < moment)
                {
                    Schedule(now);
                    return;
                }
                WaitUntil(period > TimeSpan.Zero ? now + period : null);
            }
            callback(state);
        }
    }
}
