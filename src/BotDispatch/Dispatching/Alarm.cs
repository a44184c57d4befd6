namespace BotDispatch.Dispatching;

/// <summary>
/// Calls once at the earliest of the moments that it is set for, and can then be set again. One timer serves for all of them, because a
/// loop that waits a thousand times a second would otherwise make and cancel as many.
/// </summary>
internal sealed class Alarm : IDisposable
{
    // Timers cannot wait for longer than some weeks.
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    readonly Lock gate = new();
    readonly TimeProvider clock;
    readonly Action ring;
    readonly ITimer timer;
    DateTimeOffset earliest = DateTimeOffset.MaxValue;

    /// <param name="clock">The clock of the moments.</param>
    /// <param name="ring">What it calls. It may be called too early.</param>
    public Alarm(TimeProvider clock, Action ring)
    {
        (this.clock, this.ring) = (clock, ring);
        timer = clock.CreateTimer(static alarm => ((Alarm)alarm!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets it for this moment, if it is not set for an earlier one. Any thread may do so.</summary>
    public void SetFor(DateTimeOffset moment)
    {
        lock (gate)
        {
            if (moment >= earliest)
                return;
            earliest = moment;
            var left = moment - clock.GetUtcNow();
            // A timer may fire a moment before the clock says so.
            timer.Change(left <= TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left + TimeSpan.FromMilliseconds(1) : Longest,
                Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => timer.Dispose();

    void Ring()
    {
        lock (gate)
            earliest = DateTimeOffset.MaxValue;
        ring();
    }
}
