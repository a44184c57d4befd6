using System.Collections.Concurrent;
using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Calendars;
using BotDispatch.Employees.Holidays;
using BotDispatch.Files;
using BotDispatch.Ports;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Judges who may be called from the schedule file and from the hours and absences of the directory.</summary>
internal sealed class EmployeeAvailability(
    EmployeeDirectory directory, ScheduleFile schedule, CalendarFeeds calendars, TimeProvider realTime, ILogger<EmployeeAvailability> log,
    ChatAbsences? absences = null)
    : IAvailability, INoticeSource, IWatchedList
{
    const int MostNotices = 5;
    // The file of another directory would fill the log with every one of its lines at each edit.
    const int MostLogged = 100;

    readonly Lock gate = new();
    volatile Snapshot? snapshot;
    bool hasSaidZones;

    /// <summary>The facts as they were read last, and what was concluded from them.</summary>
    sealed record Snapshot(
        ImmutableArray<Employee> People, ImmutableArray<ScheduleEntry> Entries, ImmutableArray<CalendarCopy> Calendars,
        ImmutableArray<ScheduleEntry> Away, PersonPlans Plans)
    {
        public ConcurrentDictionary<EmployeeId, (Instant From, Instant To, Ports.Availability Words)> Judged { get; } = [];

        // Every dialog asks for them.
        public Lazy<ImmutableArray<string>> HolidayNotices { get; } = new(() =>
        [
            .. HolidayBook.Unknown(Entries).Take(MostNotices).Select(line => $"Employees:Schedule: line {line}: {HolidayBook.UnknownName}"),
            .. HolidayBook.OfNobody(Entries, People).Take(MostNotices)
                .Select(line => $"Employees:Schedule: line {line}: {HolidayBook.NobodyMeant}"),
            .. HolidayBook.WithHours(Entries, Calendars).Take(MostNotices)
                .Concat(HolidayYears.NotCovered(Entries, Calendars).Take(MostNotices))
                .Select(each => $"Employees:Schedule: line {each.Line}: {each.What}"),
        ]);

        public bool IsOf(ImmutableArray<Employee> people, ImmutableArray<ScheduleEntry> entries, ImmutableArray<CalendarCopy> calendars,
            ImmutableArray<ScheduleEntry> away) =>
            People == people && Entries == entries && Calendars == calendars && Away == away;
    }

    public bool IsAboutPeople => true;

    public bool IsUsed => schedule.IsSet || Read().Plans.IsUsed;

    public Ports.Availability Of(EmployeeId employee, DateTimeOffset at) => Of(Read(), employee, Instant.FromDateTimeOffset(at));

    public Func<EmployeeId, Ports.Availability> At(DateTimeOffset at)
    {
        var (facts, now) = (Read(), Instant.FromDateTimeOffset(at));
        return employee => Of(facts, employee, now);
    }

    static Ports.Availability Of(Snapshot facts, EmployeeId employee, Instant now)
    {
        if (facts.Plans.Of(employee) is not { } plan)
            return Ports.Availability.Always;
        // What was concluded stays true until the next begin or end of anything, and its words until the day ends for that person.
        if (!facts.Judged.TryGetValue(employee, out var known) || now < known.From || now >= known.To)
        {
            var judged = plan.At(now);
            facts.Judged[employee] = known =
                (now, Instant.Min(judged.ValidUntil, LocalTimes.NextDay(now, plan.Zone)), AvailabilityWords.Of(judged, now, plan.Zone));
        }
        return known.Words;
    }

    /// <summary>The facts as they are now: people, the schedule followed by what was typed in chats, calendars, and plans.</summary>
    public (ImmutableArray<Employee> People, ImmutableArray<ScheduleEntry> Entries, ImmutableArray<CalendarCopy> Calendars,
        PersonPlans Plans) Facts =>
        Read() is var facts ? (facts.People, [.. facts.Entries, .. facts.Away], facts.Calendars, facts.Plans) : default;

    public IReadOnlyList<string> Notices()
    {
        var facts = Read();
        var unknown = facts.Plans.Unknown;
        return
        [
            .. schedule.Notices(),
            .. calendars.Notices(),
            .. facts.HolidayNotices.Value,
            .. unknown.Take(MostNotices).Select(each => $"Employees:Schedule: line {each.Line}: {each.Count} of the people there "
                + "are nobody in the directory, or several. Write their ids or emails."),
            .. unknown.Length > MostNotices ? [$"Employees:Schedule: {unknown.Length - MostNotices} more lines name unknown people."]
                : Array.Empty<string>(),
        ];
    }

    public void Watch()
    {
        if (!Interlocked.Exchange(ref hasSaidZones, true))
            SayZones();
        schedule.Watch();
        Read();
    }

    void SayZones()
    {
        log.ZonesRead(TimeZones.Version);
        if (TimeZones.IsOld(realTime.WallNow))
            log.ZonesAreOld(TimeZones.Version);
    }

    Snapshot Read()
    {
        var (people, entries, copies, away) = (directory.Current, schedule.Read(), calendars.Read(), absences?.Read() ?? []);
        if (snapshot is { } current && current.IsOf(people, entries, copies, away))
            return current;
        lock (gate)
        {
            if (snapshot is { } read && read.IsOf(people, entries, copies, away))
                return read;
            var plans = PersonPlans.Of(people, [.. entries, .. away], copies);
            foreach (var (line, count) in plans.Unknown.Take(MostLogged))
                log.UnknownInSchedule("Employees:Schedule", line, count);
            return snapshot = new(people, entries, copies, away, plans);
        }
    }
}
