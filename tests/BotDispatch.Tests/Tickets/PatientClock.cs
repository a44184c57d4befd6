namespace BotDispatch.Tests.Tickets;

/// <summary>
/// The real time with timers that take ten times as long. A real ticket system on a busy machine may need longer than the product waits,
/// and what it answers then is what a test asks about.
/// </summary>
internal sealed class PatientClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? 10 * dueTime : dueTime, period);
}
