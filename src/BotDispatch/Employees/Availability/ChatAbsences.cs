using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;
using NodaTime;
using AbsenceRow = (string Kind, string Employee, string Written);

namespace BotDispatch.Employees.Availability;

/// <summary>
/// Who said in a chat that they are away. Stored as local times and a zone, read from memory; what another node stored is known after
/// some seconds.
/// </summary>
internal sealed class ChatAbsences(AbsenceStore store, EmployeeDirectory directory, TimeProvider clock) : IAbsences, IDisposable
{
    const int MostKept = 20;

    // Another attempt is needed only where another node changed the same row between reading and writing.
    const int MostAttempts = 5;
    const string Busy = "Your times were changed elsewhere at the same moment, so nothing was noted down. Type it again.";

    static readonly string Full = string.Create(CultureInfo.InvariantCulture,
        $"Nothing was noted down, because {MostKept} times of yours are noted already. ");

    // A cover that is typed again for so long is taken back.
    static readonly Duration TakenBack = Duration.FromMinutes(1);

    readonly SemaphoreSlim changeGate = new(1);
    readonly SemaphoreSlim readGate = new(1);
    ImmutableArray<AbsenceRow> read = [];
    ImmutableArray<ScheduleEntry> current = [];

    /// <summary>The absences as they were read last; the same array until they change.</summary>
    public ImmutableArray<ScheduleEntry> Read() => current;

    /// <summary>Whether other processes may change them.</summary>
    public bool IsShared => store.IsShared;

    /// <summary>Reads them again.</summary>
    public Task RefreshAsync(CancellationToken ct) => RowsAsync(ct);

    // One at a time, so that an older reading never takes the place of a newer one.
    async Task<ImmutableArray<AbsenceRow>> RowsAsync(CancellationToken ct)
    {
        await readGate.WaitAsync(ct);
        try
        {
            ImmutableArray<AbsenceRow> now = [.. await store.ListAsync(ct)];
            if (now.SequenceEqual(read))
                return read;
            // Of two covers that overlap, the one that was typed later counts. Covers of versions before 2026-11-30 have no such moment,
            // and begin earlier than any that has one.
            (read, current) = (now, [.. from row in now
                                        from each in StatedTime.ReadAll(row.Kind, row.Written)
                                        orderby each.Typed, each.For is null ? (Instant?)null : each.Time.Start
                                        select each.EntryOf(row.Employee)]);
            return now;
        }
        finally
        {
            readGate.Release();
        }
    }

    public async Task<string> AwayAsync(EmployeeId employee, string typed, CancellationToken ct) => await ChangeAsync<string>(rows =>
    {
        var (now, zone) = (Now(), ZoneOf(employee));
        var local = now.InZone(zone).LocalDateTime;
        var reading = typed.Trim().Length == 0 ? new AwayReading(new(local, LocalTimes.NoEnd)) : AwayText.Understand(typed, local);
        if (reading.Period is not { } away)
            return (reading.Problem ?? AbsenceMistakes.Away, []);
        // The same time typed again is a correction. Another one is a further absence: two hours of today do not end next month's leave.
        var next = StatedTime.Of(away, zone);
        var all = OpenTimes(rows, StatedTime.Away, employee, now);
        // Somebody who is away without an end is still away at a time that was planned.
        var (kept, lost) = RemainingTimes.Of(all, next.Time, now,
            each => each.Overlaps(next.Time) && (!next.IsOpen || each.Time.Start <= now));
        if (kept.Count >= MostKept)
            return (Full + "Remove those that are no longer right: /dispatch back", []);
        var from = away.From > local ? $" from {LocalTimes.Clock(next.Time.Start, now, zone)}" : "";
        var until = next.IsOpen ? " until you are back" : $" until {LocalTimes.Clock(next.Time.End, now, zone)}";
        return ($"You are away{from}{until}, and are not phoned then. {Sentence(reading.Note)}" + Others("away", kept, lost, now, zone)
            + "A call that is under way goes on. When you are back earlier: /dispatch back",
            [Replaced(rows, StatedTime.Away, employee, [.. kept, next])]);
    }, ct) ?? Busy;

    public async Task<string> BackAsync(EmployeeId employee, CancellationToken ct) => await ChangeAsync<string>(rows =>
    {
        var (now, zone) = (Now(), ZoneOf(employee));
        var all = OpenTimes(rows, StatedTime.Away, employee, now);
        // Somebody who comes back from today's absence keeps what is planned. Somebody who is not away means what is planned.
        var planned = all.Any(each => each.Time.Start <= now) ? all.Where(each => each.Time.Start > now).ToList() : [];
        return (all.Count == 0
            ? "You had not said in a chat that you are away. Absences in the directory or the schedule are changed there."
            : "You are back. You are phoned again whenever your shifts and hours allow it."
                + (planned.Count == 0 ? "" : $" You are still away {Listed(planned, now, zone)}; if not: /dispatch back"),
            [Replaced(rows, StatedTime.Away, employee, planned)]);
    }, ct) ?? Busy;

    public async Task<CoverNote> CoverAsync(EmployeeId employee, EmployeeId other, string typed, CancellationToken ct) =>
        employee == other
            ? new("You cannot take over for yourself. Nothing was noted down.")
            : await ChangeAsync(rows => Covered(rows, employee, other, typed), ct) ?? new(Busy);

    (CoverNote Note, ImmutableArray<AbsenceChange> Changes) Covered(
        ImmutableArray<AbsenceRow> rows, EmployeeId employee, EmployeeId other, string typed)
    {
        var (now, zone, theirs) = (Now(), ZoneOf(employee), ZoneOf(other));
        var reading = AwayText.Understand(typed, now.InZone(zone).LocalDateTime);
        if (reading.Period is not { } period || period.To == LocalTimes.NoEnd)
            return (new(reading.Problem ?? AbsenceMistakes.Cover), []);
        var next = StatedTime.Of(period, zone, now.ToUnixTimeMilliseconds(), other.Value);
        var (from, to) = (next.Time.Start, next.Time.End);
        // A further time, or somebody else's, is a further cover.
        var isTakenBack = to - from <= TakenBack;
        var (kept, lost) = RemainingTimes.Of(OpenTimes(rows, StatedTime.Cover, employee, now), next.Time, now,
            each => each.For == other.Value && (isTakenBack || each.Overlaps(next.Time)));
        if (isTakenBack)
            kept.RemoveAll(each => each.For == other.Value);
        if (kept.Count >= MostKept)
            return (new(Full + "Take back a cover that is no longer right: /dispatch cover @name for 1 minute"), []);
        // Somebody who takes their own duty back ends what the other had taken over of that time: both would be said to be on, and off.
        var held = OpenTimes(rows, StatedTime.Cover, other, now).ToLookup(each => each.For == employee.Value && each.Overlaps(next.Time));
        List<StatedTime> left = [.. from each in held[true]
                                    from part in new[] { each.Before(next.Time.Start), each.After(next.Time.End) }
                                    where part is not null && part.Time.End > now && part.Time.Start < part.Time.End
                                    select part];
        ImmutableArray<AbsenceChange> changes = [Replaced(rows, StatedTime.Cover, employee, [.. kept, next])];
        if (held[true].Any())
            changes = changes.Add(Replaced(rows, StatedTime.Cover, other, held[false].Concat(left).OrderBy(each => each.Time.Start)));
        string In(DateTimeZone each) => $"{LocalTimes.Clock(from, now, each)} to {LocalTimes.Clock(to, now, each)}";
        string Left(string who, string whose, DateTimeZone each) =>
            left.Count == 0 ? "" : $" {who} still on shift for {whose} {Listed(left, now, each, isNamed: false)}.";
        var (name, id, isOneZone) = (NameOf(other), employee.Value, theirs.Equals(zone));
        return (new($"You are on shift for {name} from {In(zone)}, and {name} is off for that time"
            + (isOneZone ? "." : $" (there: {In(theirs)}).") + (reading.Note is { } note ? $" {note}" : "")
            + Left($"{name} is", "you", zone)
            + (Others("on shift", kept, lost, now, zone) is { Length: > 0 } before ? $" {before.TrimEnd()}" : ""),
            $"{NameOf(employee)} is on shift for you from {In(theirs)}{(isOneZone ? "" : $" (there: {In(zone)})")}, and you are off for "
            + $"that time.{Left("You are", NameOf(employee), theirs)} If that is wrong, take it back: /dispatch cover "
            + $"@{(id.Contains(' ') ? $"\"{id}\"" : id)} until "
            + to.InZone(theirs).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture)), changes);
    }

    // Reads, decides and writes again as long as what was read has changed before it was written; null if that goes on.
    async Task<T?> ChangeAsync<T>(
        Func<ImmutableArray<AbsenceRow>, (T Answer, ImmutableArray<AbsenceChange> Changes)> decide,
        CancellationToken ct) where T : class
    {
        await changeGate.WaitAsync(ct);
        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var (answer, changes) = decide(await RowsAsync(ct));
                if (changes.RemoveAll(each => each.Before == each.After) is not { IsEmpty: false } real)
                    return answer;
                if (!await store.TrySaveAsync(real, ct))
                    continue;
                await RefreshAsync(ct);
                return answer;
            }
            return null;
        }
        finally
        {
            changeGate.Release();
        }
    }

    public void Dispose()
    {
        changeGate.Dispose();
        readGate.Dispose();
    }

    // What somebody stated and what is not over, in order.
    static List<StatedTime> OpenTimes(
        ImmutableArray<AbsenceRow> rows, string kind, EmployeeId employee, Instant now) =>
        [.. StatedTime.ReadAll(kind, WrittenOf(rows, kind, employee)).Where(each => each.Time.End > now).OrderBy(each => each.Time.Start)];

    static AbsenceChange Replaced(ImmutableArray<AbsenceRow> rows, string kind, EmployeeId employee,
        IEnumerable<StatedTime> times) => new(kind, employee.Value, WrittenOf(rows, kind, employee), StatedTime.Row(times));

    static string WrittenOf(ImmutableArray<AbsenceRow> rows, string kind, EmployeeId employee) =>
        rows.FirstOrDefault(each => each.Kind == kind && each.Employee == employee.Value).Written ?? "";

    // What a new time leaves of the others and what no longer counts, as sentences.
    string Others(string what, List<StatedTime> kept, List<StatedTime> lost, Instant now, DateTimeZone zone) =>
        (lost.Count == 0 ? "" : $"No longer noted: {Listed(lost, now, zone)}. ")
            + (kept.Count == 0 ? "" : $"You are also {what} {Listed(kept, now, zone)}. ");

    string Listed(IEnumerable<StatedTime> times, Instant now, DateTimeZone zone, bool isNamed = true) =>
        string.Join(" and ", times.Select(each =>
            (each.For is null || !isNamed ? "" : $"for {NameOf(new(each.For))} ")
            + (each.Time.Start > now ? $"from {LocalTimes.Clock(each.Time.Start, now, zone)} " : "")
            + (LocalTimes.IsNoEnd(each.Time.End) ? "until you are back" : $"until {LocalTimes.Clock(each.Time.End, now, zone)}")));

    Instant Now() => Instant.FromDateTimeOffset(clock.OnWall(clock.GetUtcNow()));

    string NameOf(EmployeeId each) => directory.Current.FirstOrDefault(person => person.Id == each)?.Name.Isolated() ?? each.Value;

    static string Sentence(string? note) => note is null ? "" : note + " ";

    DateTimeZone ZoneOf(EmployeeId employee) =>
        TimeZones.ZoneOrUtc(directory.Current.FirstOrDefault(each => each.Id == employee)?.TimeZone);
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
            catch (Exception failed) when (failed is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.AbsencesNotRead(failed);
            }
    }
}
