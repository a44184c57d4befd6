using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>A clock whose time may differ from the time of the machine.</summary>
internal interface IOwnTime
{
    /// <summary>The time that the machine shows now.</summary>
    DateTimeOffset WallNow { get; }

    /// <summary>What to add to a moment of this clock before it is shown to people or sent to other servers. Whole seconds.</summary>
    TimeSpan ToWall { get; }
}

/// <summary>
/// Converts between two times. Deadlines use a clock that counts elapsed time. Wall time is what people see and what other servers write or
/// read (signatures, certificates, dates).
/// </summary>
internal static class WallTime
{
    extension(TimeProvider clock)
    {
        /// <summary>The time that the machine shows now.</summary>
        public DateTimeOffset WallNow => clock is IOwnTime own ? own.WallNow : clock.GetUtcNow();

        /// <summary>Returns a moment of this clock as wall time.</summary>
        public DateTimeOffset OnWall(DateTimeOffset moment) => clock is IOwnTime own ? moment + own.ToWall : moment;

        /// <summary>Returns a moment of another server as a moment of this clock.</summary>
        public DateTimeOffset FromWall(DateTimeOffset moment) => clock is IOwnTime own ? moment - own.ToWall : moment;

        /// <summary>Returns the card with its moments as wall time.</summary>
        public DispatchCard OnWall(DispatchCard card) => card.Until is { } until ? card with { Until = clock.OnWall(until) } : card;
    }
}
