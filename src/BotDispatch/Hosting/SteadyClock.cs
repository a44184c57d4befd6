using System.Globalization;
using BotDispatch.Ports;

namespace BotDispatch.Hosting;

/// <summary>
/// A UTC clock that counts elapsed time. It begins with the machine's clock and goes on with the machine's monotonic clock, so it never
/// runs backwards, and setting the machine's clock moves no deadline. It follows the machine's clock by at most five seconds in a thousand:
/// more than NTP ever slews, and too little to spoil a pause. The next reader of the time notices a jump of the machine's clock, and the
/// jump is logged once.
/// </summary>
/// <remarks>
/// On Linux the monotonic clock stands still while a machine is suspended (clock_gettime(2), CLOCK_MONOTONIC). Waking up therefore looks
/// like a machine's clock that was set forward, and every wait goes on for as long as it still had to.
/// </remarks>
internal sealed class SteadyClock : TimeProvider, IOwnTime
{
    /// <summary>The part of the elapsed time that may be added or left out to follow the machine's clock.</summary>
    public const double MostSlew = 0.005;

    /// <summary>A smaller difference is not a jump, because NTP and the crystal cause such differences.</summary>
    public static readonly TimeSpan SmallestStep = TimeSpan.FromSeconds(2);

    // NTP slews by 0.0005 at most, and no crystal is worse than this.
    const double Drift = 0.001;

    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    readonly TimeProvider machine;
    readonly ILogger<SteadyClock> log;
    readonly Lock gate = new();
    DateTimeOffset steadyThen;
    DateTimeOffset wallThen;
    long then;
    TimeSpan unsaid;
    TimeSpan lastStep;

    public SteadyClock(TimeProvider machine, ILogger<SteadyClock> log)
    {
        (this.machine, this.log) = (machine, log);
        wallThen = steadyThen = machine.GetUtcNow();
        then = machine.GetTimestamp();
    }

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public DateTimeOffset WallNow => machine.GetUtcNow();

    // Whole seconds. Two clocks are never read at the same moment, and a tiny difference must not cause cards to be redrawn.
    public TimeSpan ToWall => TimeSpan.FromSeconds(Math.Truncate(Gap.TotalSeconds));

    /// <summary>Warns administrators that the machine's clock was set; null while the clocks agree.</summary>
    public string? Status
    {
        get
        {
            var (gap, step) = (Gap, lastStep);
            if (gap.Duration() < SmallestStep)
                return null;
            var because = step == TimeSpan.Zero ? "" : string.Create(CultureInfo.InvariantCulture, $" since it {Words(step)}");
            return $"Clock: this machine's clock is {Size(gap)} {(gap > TimeSpan.Zero ? "ahead of" : "behind")} the time that dispatches "
                + $"count{because}. "
                + "They go on by elapsed time; the difference is made up slowly.";
        }
    }

    TimeSpan Gap => -(GetUtcNow() - machine.GetUtcNow());

    public override DateTimeOffset GetUtcNow()
    {
        DateTimeOffset now;
        lock (gate)
            now = Look();
        SayStep();
        return now;
    }

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Returns the state of this clock, from which it goes on after a restart.</summary>
    public (DateTimeOffset Steady, DateTimeOffset Wall, TimeSpan Running) Snapshot()
    {
        lock (gate)
        {
            var now = Look();
            return (now, machine.GetUtcNow(), machine.GetElapsedTime(0));
        }
    }

    /// <summary>Goes on at <paramref name="steady"/>. Must be called before this clock times anything.</summary>
    /// <param name="steady">The time at which to go on.</param>
    /// <param name="before">How far the machine's clock was ahead when the note was stored, so that a jump since then is noticed; null
    /// after another boot or on another machine.</param>
    public void Resume(DateTimeOffset steady, TimeSpan? before)
    {
        lock (gate)
        {
            Anchor(machine.GetTimestamp(), steady, machine.GetUtcNow());
            if (before is { } ahead && wallThen - steadyThen - ahead is var step && step.Duration() >= SmallestStep)
                unsaid += step;
        }
        SayStep();
    }

    /// <summary>
    /// Moves this clock forward to a node that is ahead, because all nodes share their deadlines. Never moves it backwards.
    /// </summary>
    public void CatchUp(DateTimeOffset steady)
    {
        lock (gate)
            if (Look() < steady)
                Anchor(machine.GetTimestamp(), steady, machine.GetUtcNow());
    }

    DateTimeOffset Look()
    {
        var timestamp = machine.GetTimestamp();
        var elapsed = machine.GetElapsedTime(then, timestamp);
        if (elapsed < TimeSpan.Zero)
            elapsed = TimeSpan.Zero;
        var most = elapsed * MostSlew;
        var gap = wallThen - steadyThen;
        var now = steadyThen + elapsed + (gap > most ? most : gap < -most ? -most : gap);
        if (elapsed < BetweenLooks)
            return now;
        var wall = machine.GetUtcNow();
        // If the process was stopped between the two readings, its own pause would look like a jump.
        if (machine.GetElapsedTime(timestamp) > SmallestStep / 4)
            return now;
        var step = wall - wallThen - elapsed;
        Anchor(timestamp, now, wall);
        if (step.Duration() >= SmallestStep + elapsed * Drift)
            unsaid += step;
        return now;
    }

    void Anchor(long timestamp, DateTimeOffset steady, DateTimeOffset wall) => (then, steadyThen, wallThen) = (timestamp, steady, wall);

    // Outside the lock, because a logger may ask for the time.
    void SayStep()
    {
        TimeSpan step;
        lock (gate)
        {
            (step, unsaid) = (unsaid, TimeSpan.Zero);
            if (step == TimeSpan.Zero)
                return;
            lastStep = step;
        }
        log.ClockStepped(Words(step));
    }

    static string Words(TimeSpan step) => step > TimeSpan.Zero
        ? $"was set ahead by {Size(step)}, or the machine slept for so long"
        : $"was set back by {Size(step)}";

    static string Size(TimeSpan time) =>
        TimeSpan.FromSeconds(Math.Round(time.Duration().TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);
}
