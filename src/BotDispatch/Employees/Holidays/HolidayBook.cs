using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Calendars;
using NodaTime;

namespace BotDispatch.Employees.Holidays;

/// <summary>A public holiday in the time of one zone.</summary>
internal readonly record struct Holiday(Interval Time, string Name);

/// <summary>The public holidays of one country, or of one calendar.</summary>
internal sealed class HolidayDays(Func<LocalDate, string?> nameOf)
{
    /// <summary>Returns the name of the public holiday on a day; null if it is none.</summary>
    public string? NameOf(LocalDate date) => nameOf(date);

    /// <summary>
    /// Returns the public holidays that overlap the time between two moments, each of them a whole day of the zone, in order.
    /// </summary>
    public List<Holiday> Between(Instant from, Instant to, DateTimeZone zone)
    {
        var days = new List<Holiday>();
        var last = to.InZone(zone).Date;
        for (var date = from.InZone(zone).Date; date <= last; date = date.PlusDays(1))
            if (NameOf(date) is { } name && DayOf(date, zone) is var day && day.Start < to)
                days.Add(new(day, name));
        return days;
    }

    /// <summary>The time of a whole day.</summary>
    public static Interval DayOf(LocalDate date, DateTimeZone zone) =>
        new(LocalTimes.At(date.AtMidnight(), zone), LocalTimes.At(date.PlusDays(1).AtMidnight(), zone));
}

/// <summary>All public holidays that a schedule names, by their entries.</summary>
internal sealed class HolidayBook
{
    readonly ImmutableArray<(ScheduleEntry.Holidays Entry, HolidayDays Days)> all;

    HolidayBook(ImmutableArray<(ScheduleEntry.Holidays, HolidayDays)> all) => this.all = all;

    /// <summary>There are none.</summary>
    public static HolidayBook Empty { get; } = new([]);

    /// <summary>Each entry with its days. The days of a calendar that could not be read yet are none.</summary>
    public IReadOnlyList<(ScheduleEntry.Holidays Entry, HolidayDays Days)> All => all;

    /// <summary>Reads the entries of a schedule.</summary>
    public static HolidayBook Of(IEnumerable<ScheduleEntry> entries, ImmutableArray<CalendarCopy> calendars)
    {
        ImmutableArray<(ScheduleEntry.Holidays, HolidayDays)> all =
            [.. entries.OfType<ScheduleEntry.Holidays>().Select(each => (each, DaysOf(each, calendars)))];
        return all.IsEmpty ? Empty : new(all);
    }

    /// <summary>The holidays for somebody: those of the entries that name them or their zone, or that name nobody.</summary>
    public ImmutableArray<HolidayDays> Of(Employee person, PeopleLookup lookup) =>
        [.. all.Where(each => Means(each.Entry, person, lookup)).Select(each => each.Days)];

    /// <summary>Whether an entry is about somebody.</summary>
    public static bool Means(ScheduleEntry.Holidays entry, Employee person, PeopleLookup lookup) =>
        (entry.People.IsEmpty && entry.Zones.IsEmpty)
        || entry.Zones.Any(zone => TimeZones.AreOne(zone, person.TimeZone))
        || entry.People.Any(name => lookup.Find(name)?.Id == person.Id);

    /// <summary>Returns the holidays of the entries with these names, in order.</summary>
    public List<Holiday> Between(ImmutableArray<string> names, Instant from, Instant to, DateTimeZone zone) =>
        names.IsEmpty || all.IsEmpty ? [] : [.. all.Where(each => names.Contains(each.Entry.Name, StringComparer.OrdinalIgnoreCase))
            .SelectMany(each => each.Days.Between(from, to, zone)).DistinctBy(each => each.Time.Start).OrderBy(each => each.Time.Start)];

    /// <summary>What is wrong with the lines that <see cref="Unknown"/> returns.</summary>
    public const string UnknownName = "not on or also on names no entry with holidays of this schedule.";

    /// <summary>Returns the lines of the rotations and shifts that name holidays which no entry has.</summary>
    public static IEnumerable<int> Unknown(ImmutableArray<ScheduleEntry> entries)
    {
        var names = entries.OfType<ScheduleEntry.Holidays>().Select(each => each.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
            if (RuleOf(entry) is { IsNone: false } rule && rule.NotOn.Concat(rule.AlsoOn).Any(name => !names.Contains(name)))
                yield return entry.Line;
    }

    /// <summary>What is wrong with the lines that <see cref="OfNobody"/> returns.</summary>
    public const string NobodyMeant = "the holidays are of nobody: no employee is named there or has one of the time zones.";

    /// <summary>Returns the lines of the entries with holidays that name people or zones and mean nobody of the directory.</summary>
    public static IEnumerable<int> OfNobody(ImmutableArray<ScheduleEntry> entries, ImmutableArray<Employee> people)
    {
        ImmutableArray<ScheduleEntry.Holidays> all = [.. entries.OfType<ScheduleEntry.Holidays>()];
        if (all.IsEmpty || people.IsEmpty)
            return [];
        var lookup = new PeopleLookup(people);
        return all.Where(entry => !people.Any(person => Means(entry, person, lookup))).Select(entry => entry.Line);
    }

    const string OneWithHours = "event of the calendar has hours and is no day off";
    const string SeveralWithHours = "events of the calendar have hours and are no days off";

    /// <summary>Returns a sentence for each entry whose calendar has events with hours, which are no days off.</summary>
    public static IEnumerable<(int Line, string What)> WithHours(
        ImmutableArray<ScheduleEntry> entries, ImmutableArray<CalendarCopy> calendars)
    {
        foreach (var entry in entries.OfType<ScheduleEntry.Holidays>().Where(each => each.Address is not null))
            if (calendars.FirstOrDefault(each => each.Index == entry.Index) is { } copy
                && copy.Shifts.Where(each => each.Days is null).ToList() is [var first, ..] odd
                && odd.DistinctBy(each => each.Summary).Count() is var count)
                yield return (entry.Line, string.Create(CultureInfo.InvariantCulture,
                    $"{count} {(count == 1 ? OneWithHours : SeveralWithHours)}. The first begins on "
                    + $"{first.Time.Start.InUtc().Date:uuuu-MM-dd}. Make it a whole day, or write an absence."));
    }

    static HolidayRule RuleOf(ScheduleEntry entry) => entry switch
    {
        ScheduleEntry.Rotation rotation => rotation.OnHolidays,
        ScheduleEntry.Shift shift => shift.OnHolidays,
        _ => HolidayRule.None,
    };

    static HolidayDays DaysOf(ScheduleEntry.Holidays entry, ImmutableArray<CalendarCopy> calendars)
    {
        if (entry.Country is { } code)
            return new(date => HolidayCountries.NameOf(code, date));
        var days = new Dictionary<LocalDate, string>();
        foreach (var shift in calendars.FirstOrDefault(each => each.Index == entry.Index)?.Shifts ?? [])
            if (shift.Days is var (from, to))
                for (var date = from; date < to; date = date.PlusDays(1))
                    days.TryAdd(date, shift.Summary is { Length: > 0 } name ? name : entry.Name);
        return new(date => days.GetValueOrDefault(date));
    }
}

/// <summary>What public holidays change about the hours of a rotation or a shift.</summary>
/// <param name="NotOn">Names of entries with holidays on which there is no duty.</param>
/// <param name="AlsoOn">Names of entries with holidays on which there is a duty the whole day, as on a Sunday.</param>
internal sealed record HolidayRule(ImmutableArray<string> NotOn, ImmutableArray<string> AlsoOn)
{
    /// <summary>They change nothing.</summary>
    public static HolidayRule None { get; } = new([], []);

    /// <summary>Whether they change nothing.</summary>
    public bool IsNone => NotOn.IsEmpty && AlsoOn.IsEmpty;

    /// <summary>Returns the hours with the holidays left out and added. Both must be merged.</summary>
    /// <param name="hours">The hours between the two moments.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The last moment.</param>
    /// <param name="zone">The zone of the hours, whose days count.</param>
    /// <param name="book">All holidays.</param>
    public List<Interval> Applied(List<Interval> hours, Instant from, Instant to, DateTimeZone zone, HolidayBook book) => IsNone ? hours
        : Intervals.Merged(Intervals.Without(hours, [.. book.Between(NotOn, from, to, zone).Select(each => each.Time)])
            .Concat(book.Between(AlsoOn, from, to, zone).Select(each => each.Time)));

    /// <summary>Returns the hours that holidays leave out, each with the name of its holiday.</summary>
    public IEnumerable<Holiday> Skipped(List<Interval> hours, Instant from, Instant to, DateTimeZone zone, HolidayBook book) =>
        book.Between(NotOn, from, to, zone)
            .SelectMany(day => Intervals.Common(hours, [day.Time]).Select(time => new Holiday(time, day.Name)));
}
