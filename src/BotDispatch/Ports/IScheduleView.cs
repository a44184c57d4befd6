using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>Shows who has which shift now and on the next seven days.</summary>
/// <remarks>It throws nothing and returns at once.</remarks>
internal interface IScheduleView
{
    /// <summary>The names of all rotations, shifts and calendars, each once, in the order of the schedule.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Returns the schedule of these days.</summary>
    /// <param name="about">What is shown.</param>
    /// <param name="reader">The employee in whose time zone it is written; null for somebody who is none.</param>
    /// <param name="at">The moment, in wall time.</param>
    /// <param name="zone">The time zone, by its IANA name, of a reader who is no employee; UTC if it is null or unknown.</param>
    ScheduleWeek Look(ScheduleFilter about, EmployeeId? reader, DateTimeOffset at, string? zone = null);
}

/// <summary>What is shown of the schedule.</summary>
/// <param name="Name">Only the rotation, shift or calendar with this name, in any case; null for all.</param>
/// <param name="Person">Only what concerns this employee; null for everybody.</param>
internal sealed record ScheduleFilter(string? Name = null, EmployeeId? Person = null)
{
    /// <summary>Only the duties of these people, and what concerns them; null for everybody.</summary>
    public ImmutableHashSet<EmployeeId>? People { get; init; }

    /// <summary>Whether something that concerns this employee is shown.</summary>
    public bool Shows(EmployeeId employee) => (Person is null || Person == employee) && People?.Contains(employee) is not false;

    /// <summary>Everything is shown.</summary>
    public static ScheduleFilter All { get; } = new();
}

/// <summary>The schedule of some days. All times are local times of one zone, with its offset.</summary>
/// <param name="Zone">The zone, as <c>Europe/Athens</c>.</param>
/// <param name="Now">Who is on now, one line for each rotation, shift or calendar.</param>
/// <param name="Days">The days, from today on.</param>
internal sealed record ScheduleWeek(string Zone, ImmutableArray<string> Now, ImmutableArray<ScheduleDay> Days)
{
    /// <summary>Whether nothing is planned in these days.</summary>
    public bool IsEmpty => Now.IsEmpty && Days.All(day => day.Lines.IsEmpty);
}

/// <summary>One day of the schedule.</summary>
/// <param name="Title">The day with its offset, as <c>Mon 5 Jan (UTC+2)</c>.</param>
/// <param name="Lines">One line for each rotation, shift or calendar, then covers, absences and quiet hours. Names of people and of shifts
/// are isolated, and the lines are plain text.</param>
internal sealed record ScheduleDay(string Title, ImmutableArray<string> Lines);
