using System.Collections.Immutable;
using BotDispatch.Employees.Holidays;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>One entry of the schedule file.</summary>
/// <param name="Line">The line on which it begins.</param>
internal abstract record ScheduleEntry(int Line)
{
    /// <summary>
    /// Its place among the entries of the file, from 0, which identifies it: several entries may begin on one line.
    /// </summary>
    public int Index { get; init; }

    /// <summary>People who take turns: each has the duty from one hand-over to the next, in the order in which they are written.</summary>
    /// <param name="Line">The line on which it begins.</param>
    /// <param name="Name">Its name, for people.</param>
    /// <param name="Zone">The zone of its local times.</param>
    /// <param name="First">The first hand-over.</param>
    /// <param name="Days">Days from one hand-over to the next.</param>
    /// <param name="Hours">The hours in which there is a duty at all; null if there always is.</param>
    /// <param name="People">The ids, emails or names of the people.</param>
    public sealed record Rotation(
        int Line, string Name, DateTimeZone Zone, LocalDateTime First, int Days, WeeklyHours? Hours, ImmutableArray<string> People)
        : ScheduleEntry(Line)
    {
        /// <summary>What public holidays change about its hours.</summary>
        public HolidayRule OnHolidays { get; init; } = HolidayRule.None;

        /// <summary>Returns the turns of one of the people that overlap the time between two moments.</summary>
        public List<Interval> TurnsOf(int person, Instant from, Instant to, HolidayBook? book = null) =>
            WholeTurnsOf(person, from, to) is { Count: > 0 } turns
                ? Intervals.Common(turns, HoursBetween(turns[0].Start, turns[^1].End, book ?? HolidayBook.Empty))
                : [];

        /// <summary>Returns the turns of one of the people that public holidays leave out.</summary>
        public IEnumerable<Holiday> SkippedOf(int person, Instant from, Instant to, HolidayBook book) =>
            WholeTurnsOf(person, from, to) is { Count: > 0 } turns
                ? OnHolidays.Skipped(Intervals.Common(turns, PlainHours(turns[0].Start, turns[^1].End)), from, to, Zone, book)
                : [];

        /// <summary>Returns when there is a duty at all, between two moments.</summary>
        public List<Interval> HoursBetween(Instant from, Instant to, HolidayBook book) =>
            OnHolidays.Applied(PlainHours(from, to), from, to, Zone, book);

        List<Interval> PlainHours(Instant from, Instant to) => Hours?.Between(from, to, Zone) ?? [new(from, to)];

        List<Interval> WholeTurnsOf(int person, Instant from, Instant to)
        {
            var turns = new List<Interval>();
            // Two days more on each side: the local date at a moment depends on the zone.
            var begin = Math.Max(0, FloorDiv(Period.DaysBetween(First.Date, from.InZone(Zone).Date) - 2, Days) - 1);
            var last = FloorDiv(Period.DaysBetween(First.Date, to.InZone(Zone).Date) + 2, Days) + 1;
            for (var turn = begin + Mod(person - begin, People.Length); turn <= last; turn += People.Length)
            {
                var (start, end) = (HandOver(turn), HandOver(turn + 1));
                if (start < end && end > from && start < to)
                    turns.Add(new(start, end));
            }
            return Intervals.Merged(turns);
        }

        Instant HandOver(int turn) => LocalTimes.At(First.PlusDays(turn * Days), Zone);

        static int FloorDiv(int one, int other) => (int)Math.Floor((double)one / other);

        static int Mod(int one, int other) => (one % other + other) % other;
    }

    /// <summary>People who are on duty in the same hours of every week, all of them.</summary>
    /// <param name="Line">The line on which it begins.</param>
    /// <param name="Name">Its name, for people.</param>
    /// <param name="Zone">The zone of its local times; null for that of each person.</param>
    /// <param name="Hours">The hours.</param>
    /// <param name="From">The first moment at which it counts; null for always.</param>
    /// <param name="To">The moment at which it ends to count; null for never.</param>
    /// <param name="People">The ids, emails or names of the people.</param>
    public sealed record Shift(
        int Line, string Name, DateTimeZone? Zone, WeeklyHours Hours, LocalDateTime? From, LocalDateTime? To, ImmutableArray<string> People)
        : ScheduleEntry(Line)
    {
        /// <summary>What public holidays change about its hours.</summary>
        public HolidayRule OnHolidays { get; init; } = HolidayRule.None;

        /// <summary>Returns its times between two moments, for a person whose local times are those of a zone.</summary>
        public List<Interval> TimesBetween(Instant from, Instant to, DateTimeZone local, HolidayBook book) =>
            While(OnHolidays.Applied(Hours.Between(from, to, local), from, to, local, book), local);

        /// <summary>Returns its times that public holidays leave out.</summary>
        public IEnumerable<Holiday> SkippedBetween(Instant from, Instant to, DateTimeZone local, HolidayBook book) =>
            OnHolidays.Skipped(While(Hours.Between(from, to, local), local), from, to, local, book);

        List<Interval> While(List<Interval> hours, DateTimeZone local)
        {
            var begin = From is { } first ? LocalTimes.At(first, local) : Instant.MinValue;
            var end = To is { } last ? LocalTimes.At(last, local) : Instant.MaxValue;
            return begin >= end ? [] : Intervals.Common(hours, [new Interval(begin, end)]);
        }
    }

    /// <summary>Somebody has the duty for a time, in place of somebody else or in addition.</summary>
    /// <param name="Line">The line on which it begins.</param>
    /// <param name="Person">The id, email or name of the person who has it.</param>
    /// <param name="For">The id, email or name of the person who does not have it meanwhile; null if nobody is replaced.</param>
    /// <param name="Zone">The zone of its local times; null for that of the person.</param>
    /// <param name="When">The time.</param>
    public sealed record Cover(int Line, string Person, string? For, DateTimeZone? Zone, LocalPeriod When) : ScheduleEntry(Line);

    /// <summary>Somebody is away.</summary>
    /// <param name="Line">The line on which it begins.</param>
    /// <param name="Person">The id, email or name of the person.</param>
    /// <param name="Zone">The zone of its local times; null for that of the person.</param>
    /// <param name="When">The time.</param>
    public sealed record Absence(int Line, string Person, DateTimeZone? Zone, LocalPeriod When) : ScheduleEntry(Line);

    /// <summary>A calendar whose events are shifts of those whom they name.</summary>
    /// <param name="Line">The line on which it begins.</param>
    /// <param name="Name">Its name, for people.</param>
    /// <param name="Address">A web address or a file.</param>
    /// <param name="Zone">The zone of dates and of times without one; null if the calendar names one.</param>
    public sealed record Calendar(int Line, string Name, string Address, DateTimeZone? Zone) : ScheduleEntry(Line)
    {
        /// <summary>Whether its whole days are public holidays, and not shifts.</summary>
        public bool HasDaysOff { get; init; }
    }

    /// <summary>Hours in which nobody is called who is not on a shift.</summary>
    /// <param name="Line">The line on which it begins.</param>
    /// <param name="Hours">The hours, in the zone of each person.</param>
    /// <param name="People">The ids, emails or names of the people; empty for everybody.</param>
    public sealed record Quiet(int Line, WeeklyHours Hours, ImmutableArray<string> People) : ScheduleEntry(Line);

    /// <summary>Public holidays: somebody who works by hours is off on them.</summary>
    /// <param name="Line">The line on which it begins.</param>
    /// <param name="Name">Its name, for people and for <c>not on</c> and <c>also on</c>.</param>
    /// <param name="Country">The code of the country or region, as <c>GR</c> or <c>DE-BY</c>; null if a calendar names the days.</param>
    /// <param name="Address">A web address or a file with a calendar; null if there is a country.</param>
    /// <param name="People">The ids, emails or names of the people; empty for everybody, or for those of the zones.</param>
    /// <param name="Zones">They are those of everybody with one of these time zones.</param>
    public sealed record Holidays(
        int Line, string Name, string? Country, string? Address, ImmutableArray<string> People, ImmutableArray<DateTimeZone> Zones)
        : ScheduleEntry(Line);
}
