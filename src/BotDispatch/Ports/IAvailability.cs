using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>Says whether employees may be called, by their shifts, working hours, absences and quiet hours.</summary>
/// <remarks>It throws nothing: a source that cannot be read never keeps a dispatch from calling people.</remarks>
internal interface IAvailability
{
    /// <summary>Whether somebody can be unavailable at all: there are shifts, hours or absences.</summary>
    bool IsUsed { get; }

    /// <summary>Returns whether this employee may be called at a moment of wall time.</summary>
    Availability Of(EmployeeId employee, DateTimeOffset at);

    /// <summary>Returns the same for any number of employees, by facts that are read once.</summary>
    Func<EmployeeId, Availability> At(DateTimeOffset at) => employee => Of(employee, at);
}

/// <summary>Notes down who says in a chat that they are away or back.</summary>
internal interface IAbsences
{
    /// <summary>
    /// This employee is away, as they typed it: <c>until 18:00</c>, <c>mon-fri</c>; until they are back if that is empty.
    /// </summary>
    /// <returns>What to answer them.</returns>
    Task<string> AwayAsync(EmployeeId employee, string typed, CancellationToken ct);

    /// <summary>This employee takes over for another, as they typed it: <c>mon 18:00 - tue 08:00</c>.</summary>
    /// <returns>What to answer them, with the times in both zones, and what to tell the other.</returns>
    Task<CoverNote> CoverAsync(EmployeeId employee, EmployeeId other, string typed, CancellationToken ct);

    /// <summary>This employee is back.</summary>
    /// <returns>What to answer them.</returns>
    Task<string> BackAsync(EmployeeId employee, CancellationToken ct);
}

/// <summary>The answers to words about a time that are not understood.</summary>
internal static class AbsenceMistakes
{
    /// <summary>Of somebody who is away.</summary>
    public const string Away = "I do not understand when you are away, so nothing was noted down. Write: /dispatch away until 18:00, "
        + "until mon, mon-fri, today, tomorrow, next week, for 2 hours, 18:00 - 20:30, 6-8pm, mon 08:00-12:00, 24-26 dec, 24 dec - 2 jan, "
        + "or 2026-12-24..2026-12-26.";

    /// <summary>Of somebody who takes over.</summary>
    public const string Cover = "I do not understand when you take over, so nothing was noted down. "
        + "Write: /dispatch cover @ben mon 18:00 - tue 08:00, or until 18:00, today, tomorrow, mon-fri, 24-26 dec, 6-8pm.";
}

/// <summary>What was noted down of somebody who takes over for another.</summary>
/// <param name="Answer">What to answer them.</param>
/// <param name="ToOther">What to tell the other, with the times in both zones; null if nothing was noted down.</param>
internal sealed record CoverNote(string Answer, string? ToOther = null);

/// <summary>Whether an employee may be called, and why.</summary>
/// <param name="IsAvailable">They may be called.</param>
/// <param name="Words">The reason, as <c>Off shift until Mon 08:00 (UTC+2)</c>; null if they are available and nothing says why.</param>
/// <param name="Until">When they can be called at the earliest; null if they can be called now.</param>
internal sealed record Availability(bool IsAvailable, string? Words, DateTimeOffset? Until)
{
    /// <summary>Whether it is planned when they can be called again; true if they can be called now.</summary>
    public bool HasEnd { get; init; } = true;

    /// <summary>Nothing is known that keeps them from being called.</summary>
    public static Availability Always { get; } = new(true, null, null);
}

/// <summary>Everybody may be called at any time. In use where no source says otherwise.</summary>
internal sealed class AlwaysAvailable : IAvailability
{
    public bool IsUsed => false;

    public Availability Of(EmployeeId employee, DateTimeOffset at) => Availability.Always;
}

/// <summary>Reads availability on the clock of dispatches, whose time may differ from wall time.</summary>
internal static class DispatchAvailability
{
    extension(IAvailability availability)
    {
        /// <summary>Returns whether this employee may be called now, as the input of a call needs it.</summary>
        public LineStatus LineOf(EmployeeId employee, TimeProvider clock) =>
            availability.Of(employee, clock.OnWall(clock.GetUtcNow())) switch
            {
                { IsAvailable: true, Words: var why } => new(null, null, why),
                var off => new(PassedOverReason.OffDuty, off.Until is { } until ? clock.FromWall(until) : null, off.Words),
            };
    }
}
