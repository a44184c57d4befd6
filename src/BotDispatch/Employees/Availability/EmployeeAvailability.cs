using System.Collections.Concurrent;
using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Judges who may be called from the schedule file and from the hours and absences of the directory.</summary>
internal sealed class EmployeeAvailability(
    EmployeeDirectory directory, IOptions<AvailabilityOptions> options, TimeProvider realTime, ILogger<EmployeeAvailability> log)
    : IAvailability, INoticeSource, IWatchedList
{
    const int MostNotices = 5;

    readonly WatchedFile<ScheduleEntry>? file = options.Value.Schedule is { Length: > 0 } path
        ? new("Employees:Schedule", path, ScheduleReader.ParserFor(path)!, realTime, log)
        : null;

    readonly Lock gate = new();
    volatile Snapshot? snapshot;
    bool hasSaidZones;

    /// <summary>The facts as they were read last, and what was concluded from them.</summary>
    sealed record Snapshot(ImmutableArray<Employee> People, ImmutableArray<ScheduleEntry> Entries, PersonPlans Plans)
    {
        public ConcurrentDictionary<EmployeeId, (Instant From, Judgement Judged)> Judged { get; } = [];

        public bool IsOf(ImmutableArray<Employee> people, ImmutableArray<ScheduleEntry> entries) => People == people && Entries == entries;
    }

    public bool IsUsed => file is not null || Read().Plans.IsUsed;

    public ValueTask<Ports.Availability> OfAsync(EmployeeId employee, DateTimeOffset at, CancellationToken ct) => new(Of(employee, at));

    /// <summary>Returns whether this employee may be called at a moment of wall time.</summary>
    public Ports.Availability Of(EmployeeId employee, DateTimeOffset at)
    {
        var facts = Read();
        if (facts.Plans.Of(employee) is not { } plan)
            return Ports.Availability.Always;
        var now = Instant.FromDateTimeOffset(at);
        // What was concluded stays true until the next begin or end of anything.
        if (!facts.Judged.TryGetValue(employee, out var known) || now < known.From || now >= known.Judged.ValidUntil)
            facts.Judged[employee] = known = (now, plan.At(now));
        return AvailabilityWords.Of(known.Judged, now, plan.Zone);
    }

    public IReadOnlyList<string> Notices()
    {
        var unknown = Read().Plans.Unknown;
        return
        [
            .. file?.Notices() ?? [],
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
        file?.Watch();
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
        var (people, entries) = (directory.Current, file?.Read() ?? []);
        if (snapshot is { } current && current.IsOf(people, entries))
            return current;
        lock (gate)
        {
            if (snapshot is { } read && read.IsOf(people, entries))
                return read;
            var plans = PersonPlans.Of(people, entries);
            foreach (var (line, count) in plans.Unknown)
                log.UnknownInSchedule("Employees:Schedule", line, count);
            return snapshot = new(people, entries, plans);
        }
    }
}
