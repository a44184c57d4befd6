using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;
using NodaTime;
using NodaTime.Text;

namespace BotDispatch.Employees.Availability;

/// <summary>
/// Who said in a chat that they are away. Stored as local times and a zone, read from memory; what another node stored is known after
/// some seconds.
/// </summary>
internal sealed class ChatAbsences(AbsenceStore store, EmployeeDirectory directory, TimeProvider clock) : IAbsences
{
    const string Away = "away";
    const string Cover = "cover";

    // Separates the moment at which a cover was typed from the rest. No local time begins with it.
    const char TypedAt = '|';

    // Separates what somebody said of several times.
    const char Next = '\n';
    const int MostKept = 20;

    // A cover that is typed again for so long is taken back.
    static readonly Duration TakenBack = Duration.FromMinutes(1);

    static readonly LocalDateTimePattern Stored = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    ImmutableArray<(string Kind, string Employee, string Written)> read = [];
    ImmutableArray<ScheduleEntry> current = [];

    /// <summary>The absences as they were read last; the same array until they change.</summary>
    public ImmutableArray<ScheduleEntry> Read() => current;

    /// <summary>Whether other processes may change them.</summary>
    public bool IsShared => store.IsShared;

    /// <summary>Reads them again.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        ImmutableArray<(string Kind, string Employee, string Written)> now = [.. await store.ListAsync(ct)];
        if (now.SequenceEqual(read))
            return;
        // Of two covers that overlap, the one that was typed later counts. Covers of versions before 2026-11-30 have no such moment, and
        // begin earlier than any that has one.
        (read, current) = (now, [.. from each in now
                                    from written in each.Written.Split(Next)
                                    let entry = EntryOf(each.Kind, each.Employee, written)
                                    where entry is not null
                                    orderby TypedOf(written),
                                        entry is ScheduleEntry.Cover cover ? cover.When.In(cover.Zone!)?.Start : null
                                    select entry]);
    }

    public async Task<string> AwayAsync(EmployeeId employee, string typed, CancellationToken ct)
    {
        var zone = ZoneOf(employee);
        var now = Instant.FromDateTimeOffset(clock.OnWall(clock.GetUtcNow()));
        var local = now.InZone(zone).LocalDateTime;
        var reading = typed.Trim().Length == 0 ? new AwayReading(new(local, LocalTimes.NoEnd)) : AwayText.Understand(typed, local);
        if (reading.Period is not { } away)
            return reading.Problem ?? AwayText.Mistake;
        await RefreshAsync(ct);
        // The same time typed again is a correction. Another one is a further absence: two hours of today do not end next month's leave.
        var said = TimeOf(away, zone);
        var (kept, replaced) = Divided(Away, employee, now, each => each.Time.Start < said.End && each.Time.End > said.Start
            // Somebody who is away without an end is still away at a time that was planned.
            && (away.To != LocalTimes.NoEnd || each.Time.Start <= now));
        await SaveAsync(Away, employee, kept, $"{Stored.Format(away.From)}/{Stored.Format(away.To)}/{zone.Id}", ct);
        await RefreshAsync(ct);
        var from = away.From > local ? $" from {LocalTimes.Clock(LocalTimes.At(away.From, zone), now, zone)}" : "";
        var until = away.To == LocalTimes.NoEnd
            ? " until you are back"
            : $" until {LocalTimes.Clock(LocalTimes.At(away.To, zone), now, zone)}";
        return $"You are away{from}{until}, and are not phoned then. {Sentence(reading.Note)}"
            + Before("away", kept, replaced, said, now, zone)
            + "A call that is under way goes on. When you are back earlier: /dispatch back";
    }

    public async Task<string> BackAsync(EmployeeId employee, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var zone = ZoneOf(employee);
        var now = Instant.FromDateTimeOffset(clock.OnWall(clock.GetUtcNow()));
        var (all, _) = Divided(Away, employee, now, _ => false);
        // Somebody who comes back from today's absence keeps what is planned. Somebody who is not away means what is planned.
        var planned = all.Any(each => each.Time.Start <= now) ? all.Where(each => each.Time.Start > now).ToList() : [];
        await SaveAsync(Away, employee, planned, null, ct);
        await RefreshAsync(ct);
        return all.Count == 0
            ? "You had not said in a chat that you are away. Absences in the directory or the schedule are changed there."
            : "You are back. You are phoned again whenever your shifts and hours allow it."
                + (planned.Count == 0 ? "" : $" You are still away {Written(planned, now, zone)}; if not: /dispatch back");
    }

    public async Task<CoverNote> CoverAsync(EmployeeId employee, EmployeeId other, string typed, CancellationToken ct)
    {
        var (zone, theirs) = (ZoneOf(employee), ZoneOf(other));
        var now = Instant.FromDateTimeOffset(clock.OnWall(clock.GetUtcNow()));
        var local = now.InZone(zone).LocalDateTime;
        if (employee == other)
            return new("You cannot take over for yourself. Nothing was noted down.");
        var reading = AwayText.Understand(typed, local);
        if (reading.Period is not { } period || period.To == LocalTimes.NoEnd)
            return new(reading.Problem ?? AwayText.CoverMistake);
        var (from, to) = (LocalTimes.At(period.From, zone), LocalTimes.At(period.To, zone));
        await RefreshAsync(ct);
        // Somebody who takes their own duty back ends what the other had taken over: both would be said to be on, and off.
        var (left, ended) = Divided(Cover, other, now, each => each.For == employee.Value && each.Time.Start < to && each.Time.End > from);
        if (ended.Count > 0)
            await SaveAsync(Cover, other, left, null, ct);
        // A further time, or somebody else's, is a further cover.
        var (kept, replaced) = Divided(Cover, employee, now, each => each.For == other.Value
            && ((each.Time.Start < to && each.Time.End > from) || to - from <= TakenBack));
        await SaveAsync(Cover, employee, kept,
            $"{now.ToUnixTimeMilliseconds()}{TypedAt}{Stored.Format(period.From)}/{Stored.Format(period.To)}/{zone.Id}/{other.Value}", ct);
        await RefreshAsync(ct);
        string In(DateTimeZone each) => $"{LocalTimes.Clock(from, now, each)} to {LocalTimes.Clock(to, now, each)}";
        var (name, id, isOneZone) = (NameOf(other), employee.Value, theirs.Equals(zone));
        return new($"You are on shift for {name} from {In(zone)}, and {name} is off for that time"
            + (isOneZone ? "." : $" (there: {In(theirs)}).") + (reading.Note is { } note ? $" {note}" : "")
            + (Before("on shift", kept, replaced, new(from, to), now, zone) is { Length: > 0 } before ? $" {before.TrimEnd()}" : ""),
            $"{NameOf(employee)} is on shift for you from {In(theirs)}{(isOneZone ? "" : $" (there: {In(zone)})")}, and you are off for "
            + $"that time. If that is wrong, take it back: /dispatch cover @{(id.Contains(' ') ? $"\"{id}\"" : id)} "
            + $"until {to.InZone(theirs).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)}");
    }

    /// <summary>One time that somebody said, as it is stored.</summary>
    sealed record Said(string Written, Interval Time, string? For);

    // What somebody said before and what is not over: what stays beside a new time, and what gives way to it.
    (List<Said> Kept, List<Said> Replaced) Divided(string kind, EmployeeId employee, Instant now, Func<Said, bool> givesWay)
    {
        var all = from each in read
                  where each.Kind == kind && each.Employee == employee.Value
                  from written in each.Written.Split(Next)
                  let said = SaidOf(EntryOf(kind, each.Employee, written), written)
                  where said is not null && said.Time.End > now
                  orderby said.Time.Start
                  select said;
        var ways = all.ToLookup(givesWay);
        return ([.. ways[false]], [.. ways[true]]);
    }

    static Said? SaidOf(ScheduleEntry? entry, string written) => entry switch
    {
        ScheduleEntry.Absence away => new(written, TimeOf(away.When, away.Zone!), null),
        ScheduleEntry.Cover cover => new(written, TimeOf(cover.When, cover.Zone!), cover.For),
        _ => null,
    };

    Task SaveAsync(string kind, EmployeeId employee, IEnumerable<Said> kept, string? next, CancellationToken ct) => store.SaveAsync(
        kind, employee.Value,
        string.Join(Next, kept.Select(each => each.Written).TakeLast(MostKept - 1).Append(next).OfType<string>()), ct);

    // A time that clocks leave out is nothing.
    static Interval TimeOf(LocalPeriod when, DateTimeZone zone) =>
        when.In(zone) ?? new(LocalTimes.At(when.From, zone), LocalTimes.At(when.From, zone));

    // What a new time changes of what was said before, as sentences; a correction that begins at the same moment goes without saying.
    string Before(string what, List<Said> kept, List<Said> replaced, Interval said, Instant now, DateTimeZone zone)
    {
        var given = replaced.Where(each => each.Time.Start > now && each.Time.Start != said.Start).ToList();
        return (given.Count == 0 ? "" : $"No longer noted: {Written(given, now, zone)}. ")
            + (kept.Count == 0 ? "" : $"You are also {what} {Written(kept, now, zone)}. ");
    }

    string Written(IEnumerable<Said> times, Instant now, DateTimeZone zone) => string.Join(" and ", times.Select(each =>
        (each.For is null ? "" : $"for {NameOf(new(each.For))} ")
        + (each.Time.Start > now ? $"from {LocalTimes.Clock(each.Time.Start, now, zone)} " : "")
        + (LocalTimes.IsNoEnd(each.Time.End) ? "until you are back"
            : $"until {LocalTimes.Clock(each.Time.End, now, zone)}")));

    string NameOf(EmployeeId each) => directory.Current.FirstOrDefault(person => person.Id == each)?.Name.Isolated() ?? each.Value;

    static string Sentence(string? note) => note is null ? "" : note + " ";

    // The moment at which it was typed, in milliseconds; null where none is stored.
    static long? TypedOf(string written) => written.IndexOf(TypedAt) is > 0 and var end
        && long.TryParse(written.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture,
            out var typed) ? typed : null;

    DateTimeZone ZoneOf(EmployeeId employee) =>
        TimeZones.ZoneOrUtc(directory.Current.FirstOrDefault(each => each.Id == employee)?.TimeZone);

    // "from/to/Europe/Athens", and of a cover the employee who is replaced after one more slash. Zones and ids may have slashes in them;
    // no zone's name goes on after the name of another zone.
    static ScheduleEntry? EntryOf(string kind, string employee, string written)
    {
        if (TypedOf(written) is not null)
            written = written[(written.IndexOf(TypedAt) + 1)..];
        if (written.Split('/', 3) is not [var from, var to, var rest])
            return null;
        var slash = kind == Cover
            ? Enumerable.Range(0, rest.Length)
                .FirstOrDefault(at => rest[at] == '/' && TimeZones.ZoneOf(rest[..at]) is not null)
            : rest.Length;
        return slash > 0 && Stored.Parse(from) is { Success: true, Value: var begin }
            && Stored.Parse(to) is { Success: true, Value: var end } && TimeZones.ZoneOf(rest[..slash]) is { } zone
                ? kind == Cover
                    ? new ScheduleEntry.Cover(0, employee, rest[(slash + 1)..], zone, new(begin, end))
                    : new ScheduleEntry.Absence(0, employee, zone, new(begin, end))
                : null;
    }
}

/// <summary>Reads the absences of chats at the start and, if other processes may change them, again and again.</summary>
internal sealed class AbsenceRefresh(ChatAbsences absences, TimeProvider realTime, ILogger<AbsenceRefresh> log) : BackgroundService
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, realTime);
        for (var isRead = false; !isRead || absences.IsShared; await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await absences.RefreshAsync(stoppingToken);
                isRead = true;
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.AbsencesNotRead(failed);
            }
    }
}
