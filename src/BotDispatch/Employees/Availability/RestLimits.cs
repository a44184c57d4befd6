using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Judges rest and the number of calls in a night from the calls that are stored.</summary>
internal sealed class RestLimits(CallStore calls, EmployeeDirectory directory, IOptions<RestOptions> options, TimeProvider dispatchClock)
    : ICallLimits
{
    // Reading the calls of everybody since last evening is cheaper than naming more people than this.
    const int MostNamed = 200;
    static readonly TimeSpan LongestNight = TimeSpan.FromDays(1);

    readonly WeeklyHours night = WeeklyHours.Read(options.Value.Night)!;

    public bool IsUsed(EscalationPolicy? policy) => RestOf(policy) > TimeSpan.Zero || MostOf(policy) > 0;

    public async Task<IReadOnlyDictionary<EmployeeId, Ports.Availability>> LimitedAsync(
        IReadOnlyCollection<EmployeeId>? employees, EscalationPolicy? policy, DateTimeOffset at, CancellationToken ct)
    {
        var limited = new Dictionary<EmployeeId, Ports.Availability>();
        var (rest, most) = (RestOf(policy), MostOf(policy));
        if (employees is { Count: 0 } || !IsUsed(policy))
            return limited;
        var since = at - (rest > LongestNight ? rest : LongestNight);
        var rows = employees is { Count: <= MostNamed } ? await calls.SinceAsync(employees, since, ct) : await calls.SinceAsync(since, ct);
        var asked = employees?.ToHashSet();
        foreach (var own in rows.Where(row => asked?.Contains(row.Employee) is not false && row.At <= at).GroupBy(row => row.Employee))
        {
            var zone = TimeZones.ZoneOrUtc(directory.Find(own.Key)?.TimeZone);
            if (Judge([.. own.Select(row => row with { At = dispatchClock.OnWall(row.At) })], rest, most, night, zone,
                dispatchClock.OnWall(at)) is { } off)
                limited.Add(own.Key, off);
        }
        return limited;
    }

    /// <summary>
    /// Returns why somebody is not called at a moment; null if nothing of this keeps them from it. All times are wall time.
    /// </summary>
    public static Ports.Availability? Judge(
        IReadOnlyList<CallRow> own, TimeSpan rest, int most, WeeklyHours night, DateTimeZone zone, DateTimeOffset at)
    {
        var now = Instant.FromDateTimeOffset(at);
        if (rest > TimeSpan.Zero && own.Where(row => row.Kind != CallStore.Called).MaxBy(row => row.At) is { Kind: not null } job
            && job.At + rest is var rested && rested > at)
            return new(false, $"Resting until {LocalTimes.Clock(Instant.FromDateTimeOffset(rested), now, zone)} after a job", rested);
        if (most <= 0 || Intervals.At(night.Between(now, now + Duration.Epsilon, zone), now) is not { } tonight)
            return null;
        var count = own.Count(row => row.Kind == CallStore.Called && Instant.FromDateTimeOffset(row.At) >= tonight.Start);
        return count >= most
            ? new(false, $"Called {(count == 1 ? "once" : count == 2 ? "twice" : $"{count} times")} this night, not called again until "
                + LocalTimes.Clock(tonight.End, now, zone), tonight.End.ToDateTimeOffset())
            : null;
    }

    TimeSpan RestOf(EscalationPolicy? policy) => policy?.Rest ?? options.Value.Rest;

    int MostOf(EscalationPolicy? policy) => policy?.MostCallsPerNight ?? options.Value.MostCallsPerNight;
}
