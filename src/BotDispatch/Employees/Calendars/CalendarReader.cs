using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using BotDispatch.Employees.Availability;
using BotDispatch.Files;
using NodaTime;
using NodaTime.Text;

namespace BotDispatch.Employees.Calendars;

/// <summary>A moment of a calendar: a local time in a zone, or a date.</summary>
internal readonly record struct CalendarTime(LocalDateTime Local, DateTimeZone Zone, bool IsDate)
{
    /// <summary>The moment, by the one rule for odd local times.</summary>
    public Instant Instant => LocalTimes.At(Local, Zone);
}

/// <summary>How long an event lasts: days and hours of local time first, then exact time.</summary>
internal readonly record struct CalendarLength(Period Local, Duration Exact)
{
    /// <summary>The begin and the end that are written; null if the length itself is. An end in UTC may be the second of two equal local
    /// times, which the length in local time cannot say.</summary>
    public (Instant Start, Instant End)? Written { get; init; }

    /// <summary>The same with days of 24 hours.</summary>
    public CalendarLength Elapsed => new(Period.Zero, Local.ToDuration() + Exact);

    /// <summary>Returns the end of a shift that begins then.</summary>
    public Instant EndOf(CalendarStart start, DateTimeZone zone)
    {
        if (Written is var (from, to) && from == start.Moment && to > from)
            return to;
        if (Local.Equals(Period.Zero))
            return start.Moment + Exact;
        var local = start.Local + Local;
        var end = LocalTimes.At(local, zone) + Exact;
        // Only a begin that is the second of two equal local times can lie behind the first of two equal ends.
        if (end > start.Moment || zone.MapLocal(start.Local).Count != 2)
            return end;
        var later = zone.MapLocal(local) is { Count: 2 } twice ? twice.Last().ToInstant() + Exact : end;
        return later > start.Moment ? later : start.Moment + Elapsed.Exact;
    }
}

/// <summary>A further instance of an event.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Length">How long it lasts; null if it lasts as long as the event.</param>
internal readonly record struct CalendarAddition(CalendarTime Start, CalendarLength? Length);

/// <summary>An event of a calendar, or one changed instance of it.</summary>
internal sealed record CalendarEntry(
    int Line, string Uid, int Sequence, CalendarTime Start, CalendarLength Length, ImmutableArray<CalendarRule> Rules,
    ImmutableArray<CalendarRule> ExceptRules, ImmutableArray<CalendarAddition> Added, ImmutableArray<CalendarTime> Excluded,
    CalendarTime? Replaces, bool IsForFuture, bool IsCancelled, ImmutableArray<string> Emails, string Summary);

/// <summary>Reads the events of a calendar. One that cannot be understood is named by its line; the others are used.</summary>
internal static partial class CalendarReader
{
    /// <summary>Returns the events; null if the text is not a calendar.</summary>
    /// <param name="text">The text of the calendar.</param>
    /// <param name="zone">The zone of dates and of times without one, if the calendar names none; null if that is not set.</param>
    public static FileContent<CalendarEntry>? Read(string text, DateTimeZone? zone)
    {
        if (CalendarText.Read(text) is not { } calendar)
            return null;
        var zones = new CalendarZones(calendar);
        zone ??= calendar.Zone is { } named ? zones.Find(named) : null;
        var (entries, problems) = (ImmutableArray.CreateBuilder<CalendarEntry>(), ImmutableArray.CreateBuilder<FileProblem>());
        foreach (var component in calendar.Components.Where(each => each.Name == "VEVENT"))
            try
            {
                entries.Add(EntryOf(component, zones, zone));
            }
            catch (UnreadableException unread)
            {
                problems.Add(new(component.Line, unread.Message));
            }
        return new(entries.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>What is wrong with one event; it never leaves this class.</summary>
    sealed class UnreadableException(string message) : Exception(message);

    static CalendarEntry EntryOf(CalendarComponent component, CalendarZones zones, DateTimeZone? zone)
    {
        if (component.Find("DTSTART") is not { } begin)
            throw new UnreadableException("the event has no begin.");
        var start = TimeOf(begin, begin.Value, zones, zone);
        // A time without a zone beside a begin that has one is in the zone of the begin.
        zone = begin.Parameters.ContainsKey("TZID") ? start.Zone : zone ?? start.Zone;
        var replaced = component.Find("RECURRENCE-ID");
        return new(
            component.Line, component.Find("UID")?.Value.Trim() ?? $"line {component.Line}",
            Number(component.Find("SEQUENCE")?.Value), start, LengthOf(component, start, zones, zone),
            RulesOf(component, "RRULE", start), RulesOf(component, "EXRULE", start),
            [.. ValuesOf(component, "RDATE").Select(each => AdditionOf(each.Property, each.Value, zones, zone))],
            [.. ValuesOf(component, "EXDATE").Select(each => TimeOf(each.Property, each.Value, zones, zone))],
            replaced is null ? null : TimeOf(replaced, replaced.Value, zones, zone),
            replaced?.Parameters.GetValueOrDefault("RANGE")?.Equals("THISANDFUTURE", StringComparison.OrdinalIgnoreCase) is true,
            component.Find("STATUS")?.Value.Trim().Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) is true,
            [.. component.Properties.Where(IsTaking).Select(each => each.Value.Trim()["mailto:".Length..].Trim())],
            Shortened(component.Find("SUMMARY")?.Text ?? ""));
    }

    static int Number(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // A name stands near the begin of a title, and each title is searched again whenever the schedule or the directory changes.
    static string Shortened(string title) => title.Length <= LongestTitle ? title
        : title[..(char.IsHighSurrogate(title[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)];

    // Somebody who declined is not on duty.
    static bool IsTaking(CalendarProperty property) => property.Name == "ATTENDEE"
        && property.Value.Trim().StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        && property.Parameters.GetValueOrDefault("PARTSTAT")?.Equals("DECLINED", StringComparison.OrdinalIgnoreCase) is not true;

    static CalendarLength LengthOf(CalendarComponent component, CalendarTime start, CalendarZones zones, DateTimeZone? zone)
    {
        if (component.Find("DTEND") is { } written)
            return Between(start, TimeOf(written, written.Value, zones, zone));
        if (component.Find("DURATION") is { } duration)
            return LengthOf(duration.Value);
        return new(start.IsDate ? Period.FromDays(1) : Period.Zero, Duration.Zero);
    }

    // Of a rota, the end is a local time as its begin is: a week from Monday 08:00 ends on Monday 08:00, over any change of the clock.
    static CalendarLength Between(CalendarTime start, CalendarTime end)
    {
        var local = end.Zone.Equals(start.Zone) ? end.Local : end.Instant.InZone(start.Zone).LocalDateTime;
        var (begin, last) = (start.Instant, end.Instant);
        // From 02:30 to the 02:30 an hour later, on the night on which clocks go back.
        return local <= start.Local && begin < last
            ? new(Period.Zero, last - begin) { Written = (begin, last) }
            : new(Period.Between(start.Local, local, PeriodUnits.Days | PeriodUnits.AllTimeUnits), Duration.Zero)
            {
                Written = (begin, last),
            };
    }

    static CalendarLength LengthOf(string duration)
    {
        if (Length().Match(duration.Trim()) is not { Success: true } match)
            throw new UnreadableException("the event's duration cannot be read.");
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        return new(Period.FromDays(Part("w") * 7 + Part("d")),
            Duration.FromHours(Part("h")) + Duration.FromMinutes(Part("m")) + Duration.FromSeconds(Part("s")));
    }

    static IEnumerable<(CalendarProperty Property, string Value)> ValuesOf(CalendarComponent component, string name) =>
        from property in component.Properties
        where property.Name == name
        from value in property.Value.Split(',', StringSplitOptions.RemoveEmptyEntries)
        select (property, value);

    // A time, or a period: its begin, then its end or its duration.
    static CalendarAddition AdditionOf(CalendarProperty property, string written, CalendarZones zones, DateTimeZone? zone)
    {
        var parts = written.Split('/', 2, StringSplitOptions.TrimEntries);
        var start = TimeOf(property, parts[0], zones, zone);
        return new(start, parts.Length == 1 ? null
            : parts[1].StartsWith('P') || parts[1].StartsWith("+P", StringComparison.Ordinal) ? LengthOf(parts[1])
            : Between(start, TimeOf(property, parts[1], zones, zone)));
    }

    static CalendarTime TimeOf(CalendarProperty property, string written, CalendarZones zones, DateTimeZone? zone)
    {
        var value = written.Trim();
        if (LocalOf(value) is not var (local, isDate))
            throw new UnreadableException("a time of the event cannot be read.");
        if (property.Name == "DTEND")
            local = LocalDateTime.Min(local, LocalTimes.NoEnd);
        if (local != LocalTimes.NoEnd && (local.Year is < 1 or > LastYear))
            throw new UnreadableException("a time of the event is in a year in which no shift is.");
        if (value.EndsWith('Z'))
            return new(local, DateTimeZone.Utc, false);
        if (property.Parameters.TryGetValue("TZID", out var name))
            return new(local, zones.Find(name)
                ?? throw new UnreadableException("the event's time zone is unknown, and is not taken for UTC."), isDate);
        return new(local, zone ?? throw new UnreadableException(
            "the event has a date or a time without a zone: give the calendar a zone in the schedule."), isDate);
    }

    /// <summary>Returns a time as it is written, or the midnight of a date; null if it is neither.</summary>
    internal static (LocalDateTime Local, bool IsDate)? LocalOf(string written) => written.Length == 8
        ? Date.Parse(written) is { Success: true, Value: var date } ? (date.AtMidnight(), true) : null
        : Time.Parse(written.TrimEnd('Z')) is { Success: true, Value: var time } ? (time, false) : null;

    // An event should have one rule, and some have several: it is then whenever one of them says so. RFC 2445 had exceptions by a rule
    // (EXRULE), which RFC 5545 has no more and old calendars still have.
    static ImmutableArray<CalendarRule> RulesOf(CalendarComponent component, string name, CalendarTime start) =>
    [
        .. from property in component.Properties
           where property.Name == name
           let read = CalendarRule.Read(property.Value, start)
           select read.Rule ?? throw new UnreadableException(read.Problem!),
    ];

    const int LongestTitle = 500;

    // With the longest duration, an event that begins then still ends before NodaTime's last day.
    const int LastYear = 9000;

    static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    [GeneratedRegex(
        @"^\+?P(?:(?<w>[0-9]{1,4})W)?(?:(?<d>[0-9]{1,4})D)?(?:T(?:(?<h>[0-9]{1,5})H)?(?:(?<m>[0-9]{1,6})M)?(?:(?<s>[0-9]{1,7})S)?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Length();
}
