namespace BotDispatch.Tests;

/// <summary>
/// The clocks of a machine whose time is set now and then: what is on its wall jumps, what has elapsed and its timers do not.
/// </summary>
/// <remarks>
/// Not FakeTimeProvider (Microsoft.Extensions.TimeProvider.Testing 10.11): its timestamps follow its wall, so elapsed time can be negative there; and one long Advance of it is
/// one moment, in which a timer that sets itself again fires once and every callback sees the time at the end. <see cref="ManualClock"/> is driven from timer to timer instead.
/// </remarks>
internal sealed class SetClock(TimeProvider elapsed) : TimeProvider
{
    /// <summary>How far the wall is ahead of what has elapsed.</summary>
    public TimeSpan Ahead { get; private set; }

    public override TimeZoneInfo LocalTimeZone => elapsed.LocalTimeZone;

    public override long TimestampFrequency => elapsed.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => elapsed.GetUtcNow() + Ahead;

    public override long GetTimestamp() => elapsed.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => elapsed.CreateTimer(callback, state, dueTime, period);

    /// <summary>Somebody sets the clock, ahead or back.</summary>
    public void Set(TimeSpan by) => Ahead += by;
}
