using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Calendars;
using BotDispatch.Employees.Holidays;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>The plan of each employee for whom there is one, drawn from the directory and the schedule.</summary>
internal sealed class PersonPlans
{
    readonly ImmutableDictionary<EmployeeId, PersonPlan> plans;

    PersonPlans(ImmutableDictionary<EmployeeId, PersonPlan> plans, HolidayBook book, ImmutableArray<(int Line, int Count)> unknown) =>
        (this.plans, Book, Unknown) = (plans, book, unknown);

    /// <summary>The public holidays that the schedule names.</summary>
    public HolidayBook Book { get; }

    /// <summary>Lines of the schedule that name people who are nobody in the directory, or several, and how many they name.</summary>
    public ImmutableArray<(int Line, int Count)> Unknown { get; }

    /// <summary>Whether somebody can be unavailable.</summary>
    public bool IsUsed => !plans.IsEmpty;

    /// <summary>Returns the plan of an employee; null if nothing is planned and they can always be called.</summary>
    public PersonPlan? Of(EmployeeId employee) => plans.GetValueOrDefault(employee);

    /// <summary>Draws the plans.</summary>
    public static PersonPlans Of(
        ImmutableArray<Employee> people, ImmutableArray<ScheduleEntry> entries, ImmutableArray<CalendarCopy> calendars)
    {
        var (lookup, drafts) = (new PeopleLookup(people), new Dictionary<EmployeeId, Draft>());
        var (book, unknown) = (HolidayBook.Of(entries, calendars), ImmutableArray.CreateBuilder<(int, int)>());
        foreach (var each in people)
            if (each.Hours is not null || each.Away is not null || each.Quiet is not null)
                DraftOf(each).AddOwn(each);
        foreach (var entry in entries)
        {
            var missing = 0;
            Add(entry, ref missing);
            // Somebody who left the directory may still be noted as away in a chat, which has no line.
            if (missing > 0 && entry.Line > 0)
                unknown.Add((entry.Line, missing));
        }
        foreach (var calendar in calendars.Where(copy => book.All.All(each => each.Entry.Index != copy.Index)))
            AddCalendar(calendar);
        if (book.All.Count > 0)
            foreach (var person in people.Where(each => each.Hours is not null))
                DraftOf(person).Holidays = book.Of(person, lookup);
        return new(drafts.ToImmutableDictionary(each => each.Key, each => each.Value.Plan()), book, unknown.ToImmutable());

        Draft DraftOf(Employee person)
        {
            if (!drafts.TryGetValue(person.Id, out var draft))
                drafts.Add(person.Id, draft = new(TimeZones.ZoneOrUtc(person.TimeZone)));
            return draft;
        }

        Draft? Find(string name, ref int missing)
        {
            if (lookup.Find(name) is { } person)
                return DraftOf(person);
            missing++;
            return null;
        }

        void AddCalendar(CalendarCopy calendar)
        {
            var named = new CalendarPeople(lookup);
            var shifts = calendar.Shifts.SelectMany(shift => named.Of(shift).Select(person => (Person: person, shift.Time))).ToList();
            foreach (var own in shifts.GroupBy(each => each.Person.Id))
            {
                var times = Intervals.Merged(own.Select(each => each.Time));
                DraftOf(own.First().Person).Shifts.Add((from, to) => [.. times.Where(time => time.End > from && time.Start < to)]);
            }
            var nobody = calendar.Shifts.Where(shift => named.Of(shift).IsEmpty).Select(shift => shift.Summary).Distinct().Count();
            if (nobody > 0)
                unknown.Add((calendar.Line, nobody));
        }

        void Add(ScheduleEntry entry, ref int missing)
        {
            switch (entry)
            {
                case ScheduleEntry.Rotation rotation:
                    for (var n = 0; n < rotation.People.Length; n++)
                        if (Find(rotation.People[n], ref missing) is { } taker)
                        {
                            var turn = n;
                            taker.Shifts.Add((from, to) => rotation.TurnsOf(turn, from, to, book));
                            if (!rotation.OnHolidays.NotOn.IsEmpty)
                                taker.Skipped.Add((from, to) => rotation.SkippedOf(turn, from, to, book));
                        }
                    break;
                case ScheduleEntry.Shift shift:
                    foreach (var name in shift.People)
                        if (Find(name, ref missing) is { } worker)
                            worker.AddShift(shift, book);
                    break;
                case ScheduleEntry.Cover cover:
                    var covering = Find(cover.Person, ref missing);
                    var covered = cover.For is null ? null : Find(cover.For, ref missing);
                    if (covering is not null && cover.When.In(cover.Zone ?? covering.Zone) is { } time)
                    {
                        covered?.Takeovers.Add((time, false));
                        covering.Takeovers.Add((time, true));
                    }
                    break;
                case ScheduleEntry.Absence absence:
                    if (Find(absence.Person, ref missing) is { } absent && absence.When.In(absence.Zone ?? absent.Zone) is { } away)
                        absent.Absences.Add(away);
                    break;
                case ScheduleEntry.Holidays holidays:
                    foreach (var name in holidays.People)
                        Find(name, ref missing);
                    break;
                case ScheduleEntry.Quiet quiet when quiet.People.IsEmpty:
                    foreach (var person in people)
                        DraftOf(person).Quiet.Add(quiet.Hours);
                    break;
                case ScheduleEntry.Quiet quiet:
                    foreach (var name in quiet.People)
                        Find(name, ref missing)?.Quiet.Add(quiet.Hours);
                    break;
            }
        }
    }

    /// <summary>A plan that is being drawn.</summary>
    sealed class Draft(DateTimeZone zone)
    {
        WeeklyHours? hours;

        public DateTimeZone Zone => zone;
        public List<Func<Instant, Instant, List<Interval>>> Shifts { get; } = [];
        public List<Func<Instant, Instant, IEnumerable<Holiday>>> Skipped { get; } = [];
        public ImmutableArray<HolidayDays> Holidays { get; set; } = [];
        public List<(Interval Time, bool IsOn)> Takeovers { get; } = [];
        public List<Interval> Absences { get; } = [];
        public List<WeeklyHours> Quiet { get; } = [];
        public List<Interval> QuietTimes { get; } = [];

        public void AddOwn(Employee person)
        {
            hours = person.Hours is { } written ? WeeklyHours.Read(written) : null;
            Absences.AddRange(TimesOf(person.Away));
            QuietTimes.AddRange(TimesOf(person.Quiet));
        }

        IEnumerable<Interval> TimesOf(string? written) =>
            (written ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(each => LocalPeriod.Read(each)?.In(zone)).OfType<Interval>();

        public void AddShift(ScheduleEntry.Shift shift, HolidayBook book)
        {
            var local = shift.Zone ?? zone;
            Shifts.Add((from, to) => shift.TimesBetween(from, to, local, book));
            if (!shift.OnHolidays.NotOn.IsEmpty)
                Skipped.Add((from, to) => shift.SkippedBetween(from, to, local, book));
        }

        public PersonPlan Plan() => new()
        {
            Zone = zone,
            Shifts = [.. Shifts],
            SkippedShifts = [.. Skipped],
            Holidays = Holidays,
            Takeovers = [.. Takeovers],
            Absences = [.. Absences],
            Hours = hours,
            Quiet = [.. Quiet],
            QuietTimes = [.. QuietTimes],
        };
    }
}

/// <summary>Finds the person whom a file means by an id, an email or a full name.</summary>
internal sealed class PeopleLookup
{
    readonly Dictionary<string, Employee?> byId = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Employee?> byEmail = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Employee?> byName = new(StringComparer.OrdinalIgnoreCase);

    public PeopleLookup(IEnumerable<Employee> people)
    {
        foreach (var each in people)
        {
            byId.TryAdd(each.Id.Value, each);
            if (each.Email is not null)
                byEmail.TryAdd(each.Email, each);
            // A name that two people have means neither of them.
            byName[each.Name] = byName.ContainsKey(each.Name) ? null : each;
        }
    }

    /// <summary>Returns the person; null if it is nobody, or several.</summary>
    public Employee? Find(string name) =>
        byId.GetValueOrDefault(name.Trim()) ?? byEmail.GetValueOrDefault(name.Trim()) ?? byName.GetValueOrDefault(name.Trim());
}
