using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Calendars;
using BotDispatch.Employees.Holidays;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Who has one rotation, shift or calendar between two moments.</summary>
internal sealed class Duty(string name)
{
    readonly Dictionary<EmployeeId, List<Interval>> holders = [];

    /// <summary>Its name, for people.</summary>
    public string Name => name;

    /// <summary>The times at which somebody should have it, merged.</summary>
    public List<Interval> Expected { get; private set; } = [];

    /// <summary>Whether it is known who has it. It is not before a calendar was read for the first time.</summary>
    public bool IsKnown { get; set; } = true;

    /// <summary>Whether others have it too, who are left out.</summary>
    public bool IsPart { get; private init; }

    /// <summary>Who has it when, in the order of the schedule.</summary>
    public IReadOnlyDictionary<EmployeeId, List<Interval>> Holders => holders;

    /// <summary>Somebody should have it at these times.</summary>
    public void Expect(IEnumerable<Interval> times) => Expected = Intervals.Merged(Expected.Concat(times));

    /// <summary>This employee has it at these times.</summary>
    public void Add(EmployeeId who, IEnumerable<Interval> times) =>
        holders[who] = Intervals.Merged(holders.GetValueOrDefault(who, []).Concat(times));

    /// <summary>One employee has it in place of another for a time, as far as the other had it.</summary>
    public void HandOver(EmployeeId from, EmployeeId to, Interval time)
    {
        if (!holders.TryGetValue(from, out var theirs) || Intervals.Common(theirs, [time]) is not { Count: > 0 } moved)
            return;
        holders[from] = Intervals.Without(theirs, moved);
        Add(to, moved);
    }

    /// <summary>
    /// Returns the part of it that some employees have; null if they have none. If others have it too, times at which none of them has it
    /// are no gaps.
    /// </summary>
    public Duty? Of(IReadOnlySet<EmployeeId> some)
    {
        if (holders.Keys.All(some.Contains))
            return holders.Count > 0 ? this : null;
        var part = new Duty(name) { IsKnown = IsKnown, IsPart = true };
        foreach (var (who, times) in holders.Where(each => some.Contains(each.Key)))
            part.Add(who, times);
        return part.holders.Count > 0 ? part : null;
    }

    /// <summary>Returns who has it, one part after the other, in order; times at which nobody should have it are left out.</summary>
    public List<DutyPart> Parts(Interval window, Func<EmployeeId, IReadOnlyList<Interval>> absencesOf)
    {
        var held = (from holder in holders
                    let all = Intervals.Common(holder.Value, [window])
                    select (Who: holder.Key, On: Intervals.Without(all, absencesOf(holder.Key)), All: all)).ToList();
        var expected = Intervals.Common(Expected, [window]);
        var moments = held.SelectMany(each => each.On.Concat(each.All)).Concat(expected)
            .SelectMany(each => (Instant[])[each.Start, each.End]).Distinct().Order().ToList();
        var parts = new List<DutyPart>();
        foreach (var (start, end) in moments.Zip(moments.Skip(1)))
        {
            ImmutableArray<EmployeeId> on = [.. held.Where(each => Intervals.At(each.On, start) is not null).Select(each => each.Who)];
            ImmutableArray<EmployeeId> away = on.IsEmpty
                ? [.. held.Where(each => Intervals.At(each.All, start) is not null).Select(each => each.Who)]
                : [];
            if (on.IsEmpty && away.IsEmpty && Intervals.At(expected, start) is null)
                continue;
            if (parts is [.., var last] && last.Time.End == start && last.On.SequenceEqual(on) && last.Away.SequenceEqual(away))
                parts[^1] = last with { Time = new(last.Time.Start, end) };
            else
                parts.Add(new(new(start, end), on, away));
        }
        return parts;
    }
}

/// <summary>A time in which the same people have a duty.</summary>
/// <param name="Time">The time.</param>
/// <param name="On">Who has it and can be called; nobody if it is a gap.</param>
/// <param name="Away">In a gap: who should have it and is away.</param>
internal readonly record struct DutyPart(Interval Time, ImmutableArray<EmployeeId> On, ImmutableArray<EmployeeId> Away);

/// <summary>All duties of a schedule between two moments, with the covers carried out.</summary>
internal sealed class Duties
{
    /// <summary>The name under which people without shifts who have working hours are listed.</summary>
    public const string WorkingHours = "Working hours";

    readonly Dictionary<string, Duty> byName = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<EmployeeId, List<Interval>> absences = [];

    /// <summary>The duties, in the order of the schedule.</summary>
    public List<Duty> All { get; } = [];

    /// <summary>Who has a duty for whom; for nobody, if it is in addition.</summary>
    public List<(EmployeeId Who, EmployeeId? For, Interval Time)> Covers { get; } = [];

    /// <summary>The quiet hours, each entry for those whom it names.</summary>
    public List<(WeeklyHours Hours, ImmutableArray<Employee> People, bool IsForAll)> Quiet { get; } = [];

    /// <summary>The public holidays.</summary>
    public HolidayBook Holidays { get; private init; } = HolidayBook.Empty;

    /// <summary>Who is away.</summary>
    public IReadOnlyDictionary<EmployeeId, List<Interval>> Absences => absences;

    /// <summary>Returns the merged absences of somebody.</summary>
    public IReadOnlyList<Interval> AbsencesOf(EmployeeId employee) => absences.GetValueOrDefault(employee, []);

    /// <summary>Draws the duties that overlap a window.</summary>
    public static Duties Of(
        ImmutableArray<Employee> people, ImmutableArray<ScheduleEntry> entries, ImmutableArray<CalendarCopy> calendars, PersonPlans plans,
        Interval window)
    {
        var (duties, lookup) = (new Duties { Holidays = plans.Book }, new PeopleLookup(people));
        foreach (var entry in entries)
            duties.Add(entry, people, lookup, calendars, window);
        foreach (var person in people)
            if (plans.Of(person.Id) is { } plan)
            {
                if (plan.Shifts.IsEmpty && plan.WorkingBetween(window.Start, window.End) is { } hours)
                    duties.Named(WorkingHours).Add(person.Id, Clipped(hours, window));
                if (Clipped(Intervals.Merged(plan.Absences), window) is { Count: > 0 } away)
                    duties.absences[person.Id] = away;
            }
        foreach (var (who, other, time) in duties.Covers)
            if (other is { } replaced)
                foreach (var duty in duties.All)
                    duty.HandOver(replaced, who, time);
        return duties;
    }

    void Add(
        ScheduleEntry entry, ImmutableArray<Employee> people, PeopleLookup lookup, ImmutableArray<CalendarCopy> calendars, Interval window)
    {
        switch (entry)
        {
            case ScheduleEntry.Rotation rotation:
                var turns = Named(rotation.Name);
                turns.Expect(Clipped(rotation.HoursBetween(window.Start, window.End, Holidays), window));
                for (var n = 0; n < rotation.People.Length; n++)
                    if (lookup.Find(rotation.People[n]) is { } taker)
                        turns.Add(taker.Id, Clipped(rotation.TurnsOf(n, window.Start, window.End, Holidays), window));
                break;
            case ScheduleEntry.Shift shift:
                var shifts = Named(shift.Name);
                foreach (var name in shift.People)
                {
                    var worker = lookup.Find(name);
                    var zone = shift.Zone ?? TimeZones.ZoneOrUtc(worker?.TimeZone);
                    var times = Clipped(shift.TimesBetween(window.Start, window.End, zone, Holidays), window);
                    if (worker is not null)
                        shifts.Add(worker.Id, times);
                    if (worker is not null || shift.Zone is not null)
                        shifts.Expect(times);
                }
                break;
            case ScheduleEntry.Calendar calendar:
                var events = Named(calendar.Name);
                if (calendars.FirstOrDefault(each => each.Index == calendar.Index) is not { } copy)
                {
                    events.IsKnown = false;
                    break;
                }
                events.Expect([window]);
                var named = new CalendarPeople(lookup);
                foreach (var shift in copy.Shifts.Where(each => each.Time.End > window.Start && each.Time.Start < window.End))
                    foreach (var person in named.Of(shift))
                        events.Add(person.Id, Clipped([shift.Time], window));
                break;
            case ScheduleEntry.Cover cover:
                if (lookup.Find(cover.Person) is { } covering
                    && cover.When.In(cover.Zone ?? TimeZones.ZoneOrUtc(covering.TimeZone)) is { } time
                    && time.End > window.Start && time.Start < window.End)
                    Covers.Add((covering.Id, cover.For is null ? null : lookup.Find(cover.For)?.Id, time));
                break;
            case ScheduleEntry.Quiet quiet:
                Quiet.Add((quiet.Hours, quiet.People.IsEmpty ? people : [.. quiet.People.Select(lookup.Find).OfType<Employee>()],
                    quiet.People.IsEmpty));
                break;
        }
    }

    Duty Named(string name)
    {
        if (!byName.TryGetValue(name, out var duty))
        {
            byName.Add(name, duty = new(name));
            All.Add(duty);
        }
        return duty;
    }

    static List<Interval> Clipped(List<Interval> times, Interval window) => Intervals.Common(Intervals.Merged(times), [window]);
}
