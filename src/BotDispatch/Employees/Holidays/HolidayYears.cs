using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Calendars;
using NodaTime;

namespace BotDispatch.Employees.Holidays;

/// <summary>Finds calendars of public holidays that were published for other years: nobody would be off on the days of this one.</summary>
internal static class HolidayYears
{
    // Nobody misses the next year's days before November.
    static readonly Duration Ahead = Duration.FromDays(60);

    /// <summary>Returns this year, and the next one if it begins soon, as far as a calendar has no whole day in it.</summary>
    /// <param name="entries">The events of the calendar.</param>
    /// <param name="now">The moment.</param>
    /// <param name="realTime">The clock that limits the work.</param>
    /// <param name="since">The timestamp at which the work on this calendar began; null if it begins now.</param>
    public static ImmutableArray<int> MissingIn(
        IReadOnlyList<CalendarEntry> entries, Instant now, TimeProvider realTime, long? since = null) =>
    [
        .. new[] { now, now + Ahead }.Select(each => each.InUtc().Year).Distinct()
            .Where(year => !MayHaveDay(entries, year, realTime, since)),
    ];

    /// <summary>Returns a sentence for each entry whose calendar has years without a day off.</summary>
    public static IEnumerable<(int Line, string What)> NotCovered(
        ImmutableArray<ScheduleEntry> entries, ImmutableArray<CalendarCopy> calendars) =>
        from entry in entries.OfType<ScheduleEntry.Holidays>()
        let copy = entry.Address is null ? null : calendars.FirstOrDefault(each => each.Index == entry.Index)
        where copy is { MissingYears.IsEmpty: false }
        select (entry.Line, "the calendar has no day off in "
            + string.Join(" and ", copy.MissingYears.Select(year => year.ToString(CultureInfo.InvariantCulture)))
            + ", so nobody is off on public holidays then. Write the address of a newer one.");

    // Of a calendar that could not be drawn to its end, nothing is said.
    static bool MayHaveDay(IReadOnlyList<CalendarEntry> entries, int year, TimeProvider realTime, long? since) =>
        CalendarExpansion.Between(
            entries, Instant.FromUtc(year, 1, 1, 0, 0), Instant.FromUtc(year + 1, 1, 1, 0, 0), realTime, since) is var drawn
        && (!drawn.Problems.IsEmpty || drawn.Items.Any(each => each.Days is (var from, _) && from.Year == year));
}
