using BotDispatch.Employees.Availability;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using Duration = NodaTime.Duration;
using Period = NodaTime.Period;

namespace BotDispatch.Employees.Calendars;

/// <summary>One begin of an event.</summary>
/// <param name="Local">Its local time in the zone of the event.</param>
/// <param name="Moment">The moment. A local time that comes twice may be either of two.</param>
internal readonly record struct CalendarStart(LocalDateTime Local, Instant Moment)
{
    /// <summary>Whether a rule gave it that counts elapsed time.</summary>
    public bool IsElapsed { get; init; }

    /// <summary>The begin at a moment of elapsed time.</summary>
    public static CalendarStart Elapsed(Instant moment, DateTimeZone zone) =>
        new(moment.InZone(zone).LocalDateTime, moment) { IsElapsed = true };
}

/// <summary>Finds the begins of an event by its rules.</summary>
/// <remarks>
/// <para>A rule of hours, minutes or seconds whose parts name no local time counts elapsed time: its begins are moments, and a length in
/// days or hours is exact. So shifts of twelve hours follow each other through a night of eleven or thirteen. In local time, which is
/// how Ical.Net 5.2.4 expands them without a zone, the longer night would have an hour without anybody.</para>
/// <para>Every other rule is in local time, by <see cref="LocalTimes"/>. If its step is an hour or less, as in
/// <c>FREQ=HOURLY;BYDAY=SU</c>, a local time that comes twice is two begins; if it names hours (<c>BYHOUR</c>), only where the length is
/// exact, because an end in local time comes after both. A longer step, as of 12 hours, begins once. RFC 5545 ignores a begin at a local
/// time that never comes. We put it at the moment at which the clock goes forward, because somebody must stay on call.</para>
/// </remarks>
internal static class CalendarStarts
{
    const long AnHour = 3600;

    // A rule that matches nothing is left after so many steps. A leap day comes within 8 years, that is 2,922 days.
    static readonly EvaluationOptions Limits = new() { MaxUnmatchedIncrementsLimit = 3_000 };
    // A day has at most so many of the steps below a day that are followed.
    static readonly EvaluationOptions LimitsBelowADay = new() { MaxUnmatchedIncrementsLimit = 3_000 * 48 };

    /// <summary>Returns the begins by a rule, of shifts that may overlap the time between two moments.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="entry">The event.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The last moment.</param>
    /// <param name="isLate">Whether the work took too long. It then ends, also among begins that lie before the first moment.</param>
    public static IEnumerable<CalendarStart> Of(CalendarRule rule, CalendarEntry entry, Instant from, Instant to, Func<bool> isLate) =>
        rule.IsElapsed ? Elapsed(rule, entry, from, to) : Local(rule, entry, from, to, isLate);

    // With an end in local time, the first of two shifts that begin at an hour that is named lasts until the second one ends.
    static bool IsTwice(CalendarRule rule, CalendarEntry entry) => rule.Step <= AnHour
        && (!rule.NamesHours || entry.Length.Local.Equals(Period.Zero));

    static IEnumerable<CalendarStart> Elapsed(CalendarRule rule, CalendarEntry entry, Instant from, Instant to)
    {
        var (first, step) = (entry.Start.Instant.ToUnixTimeSeconds(), rule.Step!.Value);
        // A day more: the first shift may be longer, as it is written.
        var begin = (from - entry.Length.Elapsed.Exact - Duration.FromDays(1)).ToUnixTimeSeconds();
        var last = Instant.Min(to, rule.Until?.Instant ?? to).ToUnixTimeSeconds();
        for (var at = Math.Max(0, (begin - first) / step); at < (rule.Count ?? long.MaxValue) && first + (at * step) <= last; at++)
            yield return CalendarStart.Elapsed(Instant.FromUnixTimeSeconds(first + (at * step)), entry.Start.Zone);
    }

    static IEnumerable<CalendarStart> Local(CalendarRule rule, CalendarEntry entry, Instant from, Instant to, Func<bool> isLate)
    {
        if (isLate())
            yield break;
        var (start, zone) = (entry.Start.Local, entry.Start.Zone);
        // A day more on each side: an event may have begun before, and local dates depend on the zone.
        var (begin, end) = (from.InZone(zone).LocalDateTime - entry.Length.Local - Period.FromDays(2 + (int)entry.Length.Exact.TotalDays),
            to.InZone(zone).LocalDateTime.PlusDays(1));
        // The library takes every step from the begin on. Many small ones are left out at once.
        if (rule is { Step: { } step, Count: null } && begin > start)
            start = start.PlusSeconds(Period.Between(start, begin, PeriodUnits.Seconds).Seconds / step * step);
        var floating = new CalendarEvent
        {
            DtStart = new CalDateTime(start.ToDateTimeUnspecified(), hasTime: true),
            RecurrenceRule = new RecurrenceRule(rule.Text),
        };
        // Ical.Net 5.2.4 makes each begin that a COUNT counts before it returns the first one that is asked for: two thousand million of
        // them take a minute, and nothing ends it. So begins that are counted are all asked for.
        var first = rule.Count is not null || begin < start ? start : begin;
        var options = rule.Step is null ? Limits : LimitsBelowADay;
        foreach (var each in floating.GetOccurrences(new CalDateTime(first.ToDateTimeUnspecified(), hasTime: true), options))
        {
            if (isLate())
                yield break;
            var local = LocalDateTime.FromDateTime(each.Period.StartTime.Value);
            if (local < begin)
                continue;
            var moment = LocalTimes.At(local, zone);
            if (local >= end || moment > rule.Until?.Instant)
                yield break;
            yield return new(local, moment);
            if (IsTwice(rule, entry) && zone.MapLocal(local) is { Count: 2 } twice
                && twice.Last().ToInstant() is var again && !(again > rule.Until?.Instant))
                yield return new(local, again);
        }
    }
}
