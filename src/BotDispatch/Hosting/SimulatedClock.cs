using System.Text.Json.Serialization;
using BotDispatch.Ports;

namespace BotDispatch.Hosting;

/// <summary>The time of the dispatch clock at one real moment: enough to go on after a restart.</summary>
/// <param name="DispatchTime">The dispatch time at that moment.</param>
/// <param name="Real">The real time at that moment.</param>
/// <param name="Speed">The speed: dispatch seconds in one real second.</param>
internal sealed record SimulatedMoment(
    [property: JsonPropertyName("Story")] DateTimeOffset DispatchTime, DateTimeOffset Real, double Speed);

/// <summary>
/// The dispatch clock in Development: real time, sped up. It never stands still, never jumps when the speed changes, and never runs
/// backwards.
/// </summary>
internal sealed class SimulatedClock : TimeProvider, IOwnTime
{
    const double Fastest = 1000;

    readonly TimeProvider real;
    readonly Lock gate = new();
    readonly HashSet<SimulatedTimer> waiting = [];
    DateTimeOffset dispatchThen;
    long realThen;
    double speed = 1;

    public SimulatedClock(TimeProvider real)
    {
        this.real = real;
        dispatchThen = real.GetUtcNow();
        realThen = real.GetTimestamp();
    }

    /// <summary>Raised after the speed changed, outside the clock's lock.</summary>
    public event Action? SpeedChanged;

    /// <summary>The number of dispatch seconds in one real second.</summary>
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
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, "The dispatch clock runs forwards, and at most a thousand times as fast as real time.");
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

    /// <summary>Returns the dispatch time of this moment, for storage.</summary>
    public SimulatedMoment Snapshot()
    {
        lock (gate)
            return new(Now(), real.GetUtcNow(), speed);
    }

    /// <summary>
    /// Goes on from a stored moment. The process may have lived on for up to <paramref name="longestUnsaved"/> at the stored speed, and
    /// others may have seen that dispatch time, so that much is assumed to have passed. The rest of the downtime counts as real time.
    /// </summary>
    public void Restore(SimulatedMoment saved, TimeSpan longestUnsaved)
    {
        lock (gate)
        {
            var down = real.GetUtcNow() - saved.Real;
            var rest = down - longestUnsaved;
            var restored = saved.DispatchTime + longestUnsaved * saved.Speed + (rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            var now = Now();
            Anchor(restored > now ? restored : now);
            speed = saved.Speed is > 0 and <= Fastest ? saved.Speed : 1;
            Reschedule();
        }
        SpeedChanged?.Invoke();
    }

    DateTimeOffset Now() => dispatchThen + real.GetElapsedTime(realThen) * speed;

    void Anchor(DateTimeOffset now)
    {
        realThen = real.GetTimestamp();
        dispatchThen = now;
    }

    void Reschedule()
    {
        foreach (var timer in waiting)
            timer.Schedule(Now());
    }

    /// <summary>A timer in dispatch time. The clock keeps it alive while it waits.</summary>
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
            alarm = clock.real.CreateTimer(static timer => ((SimulatedTimer)timer!).Ring(), this,
                Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
            // Real timers count whole milliseconds. The wait is rounded up, because a deadline that is checked too early is ignored.
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
