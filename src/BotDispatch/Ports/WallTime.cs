using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>A clock whose time is not always what the clocks on the wall show.</summary>
internal interface IOwnTime
{
    /// <summary>The time that the machine shows now.</summary>
    DateTimeOffset WallNow { get; }

    /// <summary>What must be added to a moment of this clock, so that it can be shown to people and to other servers. Whole seconds.</summary>
    TimeSpan ToWall { get; }
}

/// <summary>
/// Deadlines are kept by a clock that counts elapsed time. What is shown to people, and what other servers wrote or read (signatures, certificates, dates), is wall time.
/// </summary>
internal static class WallTime
{
    extension(TimeProvider clock)
    {
        /// <summary>The time that the machine shows now.</summary>
        public DateTimeOffset WallNow => clock is IOwnTime own ? own.WallNow : clock.GetUtcNow();

        /// <summary>This moment of the clock as wall time.</summary>
        public DateTimeOffset OnWall(DateTimeOffset moment) => clock is IOwnTime own ? moment + own.ToWall : moment;

        /// <summary>A moment of another server as one of this clock.</summary>
        public DateTimeOffset FromWall(DateTimeOffset moment) => clock is IOwnTime own ? moment - own.ToWall : moment;

        /// <summary>This card with its moments as wall time.</summary>
        public DispatchCard OnWall(DispatchCard card) => card.Until is { } until ? card with { Until = clock.OnWall(until) } : card;
    }
}
