using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Employees.Holidays;
using BotDispatch.Ports;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Writes who has which shift now and on the next seven days, from the same facts by which people are called.</summary>
internal sealed class ScheduleView(EmployeeAvailability availability) : IScheduleView
{
    const int DaysAhead = 7;
    const int MostParts = 8;
    const int MostPeople = 6;
    const int MostQuiet = 3;

    public IReadOnlyList<string> Names => [.. availability.Facts.Entries.Select(NameOf).OfType<string>()
        .Distinct(StringComparer.OrdinalIgnoreCase)];

    public ScheduleWeek Look(ScheduleFilter about, EmployeeId? reader, DateTimeOffset at, string? otherwise = null)
    {
        var (people, entries, calendars, plans) = availability.Facts;
        var zone = TimeZones.OfAnyName(people.FirstOrDefault(each => each.Id == reader)?.TimeZone ?? otherwise ?? "UTC")
            ?? DateTimeZone.Utc;
        var now = Instant.FromDateTimeOffset(at);
        var today = now.InZone(zone).Date;
        var window = new Interval(now, LocalTimes.At(today.PlusDays(DaysAhead + 1).AtMidnight(), zone));
        var week = new Week(Duties.Of(people, entries, calendars, plans, window), people.ToDictionary(each => each.Id), about, zone, now);
        return new(zone.Id,
            about.Person is { } person ? [week.NowOf(person, availability.Of(person, at).Words)] : [.. week.Now(window)],
            [.. Enumerable.Range(0, DaysAhead + 1).Select(n => week.Day(today.PlusDays(n)))]);
    }

    static string? NameOf(ScheduleEntry entry) => entry switch
    {
        ScheduleEntry.Rotation(_, var name, _, _, _, _, _) => name,
        ScheduleEntry.Shift(_, var name, _, _, _, _, _) => name,
        ScheduleEntry.Calendar(_, var name, _, _) => name,
        _ => null,
    };

    /// <summary>The days as one reader sees them.</summary>
    sealed class Week(
        Duties duties, Dictionary<EmployeeId, Employee> people, ScheduleFilter about, DateTimeZone zone, Instant now)
    {
        readonly List<Duty> shown = [.. duties.All
            .Where(each => about.Name is null || each.Name.Equals(about.Name, StringComparison.OrdinalIgnoreCase))
            .Select(each => about.People is { } some ? each.Of(some) : each).OfType<Duty>()];
        readonly PeopleLookup lookup = new(people.Values);
        List<(ScheduleEntry.Holidays Entry, HolidayDays Days)>? holidays;

        public string NowOf(EmployeeId person, string? words) => $"{NameOf(person)}: "
            + (people.GetValueOrDefault(person)?.CannotBePhoned is { } problem
                ? $"{(words is null ? "" : words + "; ")}⚠ cannot be phoned: {problem.TrimEnd('.')}"
                : words ?? "can be phoned at any time");

        public IEnumerable<string> Now(Interval window)
        {
            foreach (var duty in shown)
            {
                var parts = duty.Parts(window, duties.AbsencesOf);
                // Others may have it now, who are not shown.
                if (duty is { IsPart: true, IsKnown: true } && !parts.Exists(part => part.Time.Contains(now)))
                    continue;
                var next = parts.FindIndex(part => part.Time.Start > now);
                var then = next < 0 ? "" : $", then {PeopleOf(parts[next])}";
                yield return $"{duty.Name.Isolated()}: " + (duty, parts) switch
                {
                    ({ IsKnown: false }, _) => "not known, because its calendar could not be read yet",
                    (_, []) => "nothing in these days",
                    (_, [var first, ..]) when first.Time.Start > now =>
                        $"off until {LocalTimes.Clock(first.Time.Start, now, zone)}{then}",
                    (_, [var first, ..]) when first.Time.End >= window.End => $"{PeopleOf(first)} in all these days",
                    (_, [var first, ..]) => $"{PeopleOf(first)} until {LocalTimes.Clock(first.Time.End, now, zone)}"
                        + (next > 0 && parts[next].Time.Start == first.Time.End ? then : ""),
                };
            }
        }

        public ScheduleDay Day(LocalDate date)
        {
            var (begin, end) = (LocalTimes.At(date.AtMidnight(), zone), LocalTimes.At(date.PlusDays(1).AtMidnight(), zone));
            var (first, last) = (zone.GetUtcOffset(begin), zone.GetUtcOffset(end - Duration.Epsilon));
            var offsets = first == last ? LocalTimes.OffsetOf(first) : $"{LocalTimes.OffsetOf(first)}, then {LocalTimes.OffsetOf(last)}";
            var (day, hasChange) = (new Interval(Instant.Max(begin, now), end), first != last);
            return new($"{date.ToString("ddd d MMM", CultureInfo.InvariantCulture)} ({offsets})",
                [
                    .. HolidaysOn(date), .. DutiesOn(day, hasChange), .. CoversOn(day, hasChange), .. AwayOn(day, hasChange),
                    .. QuietOn(day, hasChange),
                ]);
        }

        IEnumerable<string> HolidaysOn(LocalDate date)
        {
            holidays ??= [.. duties.Holidays.All.Where(each => IsShown(each.Entry))];
            var named = holidays.Select(each => (Name: each.Days.NameOf(date), Of: each.Entry.Name)).Where(each => each.Name is not null)
                .Select(each => $"{each.Name!.Isolated()} ({each.Of.Isolated()})").ToList();
            if (named.Count > 0)
                yield return "Public holiday: " + Joined(named, MostParts, "; ");
        }

        // Of a rotation, a shift or some people: the holidays of those who are shown.
        bool IsShown(ScheduleEntry.Holidays entry) => (about.Name is null && about.Person is null && about.People is null)
            || people.Values.Any(each => about.Shows(each.Id) && HolidayBook.Means(entry, each, lookup)
                && (about.Name is null || shown.Exists(duty => duty.Holders.ContainsKey(each.Id))));

        IEnumerable<string> DutiesOn(Interval day, bool hasChange)
        {
            foreach (var duty in shown)
            {
                var parts = about.Person is not { } person ? duty.Parts(day, duties.AbsencesOf)
                    : [.. Intervals.Without(Intervals.Common(duty.Holders.GetValueOrDefault(person, []), [day]), duties.AbsencesOf(person))
                        .Select(time => new DutyPart(time, [person], []))];
                if (parts.Count == 0)
                    continue;
                yield return $"{duty.Name.Isolated()}: " + Joined(parts.Select(part => about.Person is null
                    ? $"{TimeOf(part.Time, day, hasChange)} {PeopleOf(part)}"
                    : TimeOf(part.Time, day, hasChange)), MostParts, "; ");
            }
        }

        IEnumerable<string> CoversOn(Interval day, bool hasChange)
        {
            var covers = duties.Covers.Where(each => about.Shows(each.Who) || (each.For is { } other && about.Shows(other)))
                .Where(each => about.Name is null || shown.Exists(duty => duty.Holders.ContainsKey(each.Who)))
                .Select(each => (each.Who, each.For, Time: Intervals.Common([each.Time], [day]))).Where(each => each.Time.Count > 0)
                .Select(each => $"{NameOf(each.Who)}{(each.For is { } other ? $" for {NameOf(other)}" : " in addition")} "
                    + TimeOf(each.Time[0], day, hasChange)).ToList();
            if (covers.Count > 0)
                yield return "Cover: " + Joined(covers, MostParts, "; ");
        }

        IEnumerable<string> AwayOn(Interval day, bool hasChange)
        {
            var away = duties.Absences.Where(each => about.Shows(each.Key))
                .Where(each => about.Name is null || shown.Exists(duty => duty.Holders.ContainsKey(each.Key)))
                .Select(each => (each.Key, Times: Intervals.Common(each.Value, [day]))).Where(each => each.Times.Count > 0)
                .Select(each => $"{NameOf(each.Key)} {string.Join(" and ", each.Times.Select(time => TimeOf(time, day, hasChange)))}")
                .ToList();
            if (away.Count > 0)
                yield return "Away: " + Joined(away, MostPeople, ", ");
        }

        // Quiet hours are local times of each person, so people of several zones have several in the zone of the reader.
        IEnumerable<string> QuietOn(Interval day, bool hasChange)
        {
            if (about.Name is not null)
                yield break;
            foreach (var (hours, meant, isForAll) in duties.Quiet)
            {
                var groups = meant.Where(each => about.Shows(each.Id))
                    .GroupBy(each => each.TimeZone, StringComparer.OrdinalIgnoreCase)
                    .Select(group => (People: group.ToList(), Times: Intervals.Common(
                        hours.Between(day.Start, day.End, TimeZones.ZoneOrUtc(group.Key)), [day])))
                    .Where(each => each.Times.Count > 0)
                    .GroupBy(each => string.Join(" and ", each.Times.Select(time => TimeOf(time, day, hasChange))))
                    .Select(same => (Times: same.Key, People: same.SelectMany(each => each.People).ToList())).ToList();
                if (groups.Count > 0)
                    yield return "Quiet: " + Joined(groups.Select(each => about.Person is not null ? each.Times
                        : $"{each.Times} {QuietPeople(each.People, isForAll, groups.Count)}"), MostQuiet, "; ");
            }
        }

        string QuietPeople(List<Employee> quiet, bool isForAll, int groups) =>
            isForAll && about.People is null && groups == 1 ? "everybody"
            : isForAll && quiet.Count > MostPeople ? $"{quiet.Count} people"
            : NamesOf([.. quiet.Select(person => person.Id)]);

        string TimeOf(Interval time, Interval day, bool hasChange)
        {
            var isToday = day.Start == now;
            var (fromBegin, toEnd) = (time.Start <= day.Start, time.End >= day.End);
            return (fromBegin, toEnd) switch
            {
                (true, true) => isToday ? "from now on" : "all day",
                (true, false) when isToday => $"until {Clock(time.End)}",
                _ => $"{Clock(time.Start)}–{(toEnd ? "24:00" : Clock(time.End))}",
            };

            string Clock(Instant moment) => moment.InZone(zone) is var local
                && local.ToString("HH:mm", CultureInfo.InvariantCulture) is var clock && hasChange
                    ? $"{clock} ({LocalTimes.OffsetOf(local.Offset)})"
                    : local.ToString("HH:mm", CultureInfo.InvariantCulture);
        }

        string PeopleOf(DutyPart part) => !part.On.IsEmpty ? Joined(part.On.Select(HolderOf), MostPeople, ", ")
            : part.Away.IsEmpty ? "⚠ nobody"
            : $"⚠ nobody ({NamesOf(part.Away)} away)";

        // Nobody can call somebody who has the duty and no number, and the reader should know that before the night.
        string HolderOf(EmployeeId who) => people.GetValueOrDefault(who) switch
        {
            { CannotBePhoned: not null } => $"⚠ {NameOf(who)} (cannot be phoned)",
            _ => NameOf(who),
        };

        string NamesOf(ImmutableArray<EmployeeId> who) => Joined(who.Select(NameOf), MostPeople, ", ");

        string NameOf(EmployeeId who) => people.TryGetValue(who, out var person) ? person.Name.Isolated() : who.Value.Isolated();

        static string Joined(IEnumerable<string> parts, int most, string between)
        {
            var all = parts.ToList();
            return string.Join(between, all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : "");
        }
    }
}
