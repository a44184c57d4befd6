using System.Collections.Immutable;
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
    static readonly LocalDateTimePattern Stored = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");
    static readonly LocalDateTime UntilBack = new(9999, 1, 1, 0, 0);

    ImmutableArray<(string Employee, string Written)> read = [];
    ImmutableArray<ScheduleEntry> current = [];

    /// <summary>The absences as they were read last; the same array until they change.</summary>
    public ImmutableArray<ScheduleEntry> Read() => current;

    /// <summary>Whether other processes may change them.</summary>
    public bool IsShared => store.IsShared;

    /// <summary>Reads them again.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        ImmutableArray<(string Employee, string Written)> now = [.. await store.ListAsync(ct)];
        if (now.SequenceEqual(read))
            return;
        (read, current) = (now, [.. now.Select(each => EntryOf(each.Employee, each.Written)).OfType<ScheduleEntry>()]);
    }

    public async Task<string> AwayAsync(EmployeeId employee, string typed, CancellationToken ct)
    {
        var zone = ZoneOf(employee);
        var now = Instant.FromDateTimeOffset(clock.OnWall(clock.GetUtcNow()));
        var local = now.InZone(zone).LocalDateTime;
        var period = typed.Trim().Length == 0 ? new LocalPeriod(local, UntilBack) : AwayText.Read(typed, local);
        if (period is not { } away || away.To <= local)
            return AwayText.Mistake;
        await store.SaveAsync(employee.Value, $"{Stored.Format(away.From)}/{Stored.Format(away.To)}/{zone.Id}", ct);
        await RefreshAsync(ct);
        var from = away.From > local ? $" from {LocalTimes.Clock(LocalTimes.At(away.From, zone), now, zone)}" : "";
        var until = away.To == UntilBack ? " until you are back" : $" until {LocalTimes.Clock(LocalTimes.At(away.To, zone), now, zone)}";
        return $"You are away{from}{until}, and are not phoned then. A call that is under way goes on. "
            + "When you are back earlier: /dispatch back";
    }

    public async Task<string> BackAsync(EmployeeId employee, CancellationToken ct)
    {
        await RefreshAsync(ct);
        var wasAway = read.Any(each => each.Employee == employee.Value);
        await store.SaveAsync(employee.Value, "", ct);
        await RefreshAsync(ct);
        return wasAway
            ? "You are back. You are phoned again whenever your shifts and hours allow it."
            : "You had not said in a chat that you are away. Absences in the directory or the schedule are changed there.";
    }

    DateTimeZone ZoneOf(EmployeeId employee) =>
        TimeZones.ZoneOf(directory.Current.FirstOrDefault(each => each.Id == employee)?.TimeZone ?? "UTC") ?? DateTimeZone.Utc;

    static ScheduleEntry.Absence? EntryOf(string employee, string written) => written.Split('/', 3) is [var from, var to, var zone]
        && Stored.Parse(from) is { Success: true, Value: var begin } && Stored.Parse(to) is { Success: true, Value: var end }
        && TimeZones.ZoneOf(zone) is { } known
            ? new ScheduleEntry.Absence(0, employee, known, new(begin, end))
            : null;
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
