using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace BotDispatch.Employees.Availability;

/// <summary>One time that an employee stated in a chat: an absence, or a cover for somebody.</summary>
/// <param name="Written">The time as it is stored.</param>
/// <param name="Time">The time between two moments; empty if clocks leave it out.</param>
/// <param name="When">The local time.</param>
/// <param name="Zone">The zone of the local time.</param>
/// <param name="For">Whom the employee takes over for; null for an absence.</param>
internal sealed record StatedTime(string Written, Interval Time, LocalPeriod When, DateTimeZone Zone, string? For)
{
    /// <summary>The kind of an absence.</summary>
    public const string Away = "away";

    /// <summary>The kind of a cover.</summary>
    public const string Cover = "cover";

    // Separates the moment at which a cover was typed from the rest. No local time begins with it.
    const char TypedAt = '|';

    // Separates what somebody said of several times.
    const char Next = '\n';

    static readonly LocalDateTimePattern Stored = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss");

    /// <summary>Whether it has no end.</summary>
    public bool IsOpen => When.To == LocalTimes.NoEnd;

    /// <summary>When a cover was typed, in milliseconds; null where that is not stored.</summary>
    public long? Typed => TypedOf(Written);

    /// <summary>A new time. For a cover, with the moment at which it was typed in milliseconds, and whom it is for.</summary>
    public static StatedTime Of(LocalPeriod when, DateTimeZone zone, long? typed = null, string? other = null) => new(
        (typed is { } moment ? moment.ToString(CultureInfo.InvariantCulture) + TypedAt : "")
            + $"{Stored.Format(when.From)}/{Stored.Format(when.To)}/{zone.Id}" + (other is null ? "" : $"/{other}"),
        TimeOf(when, zone), when, zone, other);

    /// <summary>Reads the times of one row. What cannot be read is left out.</summary>
    public static IEnumerable<StatedTime> ReadAll(string kind, string row) =>
        row.Split(Next).Select(written => Read(kind, written)).OfType<StatedTime>();

    /// <summary>Writes several times as one row.</summary>
    public static string Row(IEnumerable<StatedTime> times) => string.Join(Next, times.Select(each => each.Written));

    /// <summary>The entry that it is among those of the schedule.</summary>
    public ScheduleEntry EntryOf(string employee) => For is null
        ? new ScheduleEntry.Absence(0, employee, Zone, When)
        : new ScheduleEntry.Cover(0, employee, For, Zone, When);

    /// <summary>
    /// Its part before a moment; null if there is none. Where clocks go back it may end up to an hour later, so that nothing is left out.
    /// </summary>
    public StatedTime? Before(Instant moment) => moment <= Time.Start ? null : moment >= Time.End ? this : With(When with
    {
        To = LocalTimes.At(Local(moment), Zone) >= moment ? Local(moment)
            : LocalDateTime.Min(When.To, Local(Zone.GetZoneInterval(moment).Start + Duration.FromHours(1))),
    });

    /// <summary>Its part from a moment on; null if there is none. Where clocks go back it may begin up to an hour earlier.</summary>
    public StatedTime? After(Instant moment) =>
        moment >= Time.End ? null : moment <= Time.Start ? this : With(When with { From = Local(moment) });

    /// <summary>Whether both share a time.</summary>
    public bool Overlaps(Interval other) => Time.Start < other.End && Time.End > other.Start;

    StatedTime With(LocalPeriod when) => Of(when, Zone, Typed, For);

    LocalDateTime Local(Instant moment) => moment.InZone(Zone).LocalDateTime;

    // A time that clocks leave out is nothing.
    static Interval TimeOf(LocalPeriod when, DateTimeZone zone) =>
        when.In(zone) ?? new(LocalTimes.At(when.From, zone), LocalTimes.At(when.From, zone));

    static long? TypedOf(string written) => written.IndexOf(TypedAt) is > 0 and var end
        && long.TryParse(written.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : null;

    // "from/to/Europe/Athens", and of a cover the employee who is replaced after one more slash. Zones and ids may have slashes in them;
    // no zone's name goes on after the name of another zone.
    static StatedTime? Read(string kind, string written)
    {
        var text = TypedOf(written) is null ? written : written[(written.IndexOf(TypedAt) + 1)..];
        if (text.Split('/', 3) is not [var from, var to, var rest])
            return null;
        var slash = kind == Cover
            ? Enumerable.Range(0, rest.Length).FirstOrDefault(at => rest[at] == '/' && TimeZones.ZoneOf(rest[..at]) is not null)
            : rest.Length;
        if (slash <= 0 || Stored.Parse(from) is not { Success: true, Value: var begin }
            || Stored.Parse(to) is not { Success: true, Value: var end } || TimeZones.ZoneOf(rest[..slash]) is not { } zone)
            return null;
        LocalPeriod when = new(begin, end);
        return new(written, TimeOf(when, zone), when, zone, kind == Cover ? rest[(slash + 1)..] : null);
    }
}

/// <summary>What a new time leaves of the times that an employee stated before.</summary>
/// <param name="Kept">What stays beside the new time.</param>
/// <param name="Lost">What no longer counts and the new time does not contain.</param>
internal sealed record RemainingTimes(List<StatedTime> Kept, List<StatedTime> Lost)
{
    /// <summary>
    /// A time that gives way is replaced. Only one that has begun already, while the new one begins later, counts until then: somebody who
    /// is away now stays away until it begins. Without an end, it goes on.
    /// </summary>
    public static RemainingTimes Of(IEnumerable<StatedTime> before, Interval next, Instant now, Func<StatedTime, bool> givesWay)
    {
        var remaining = new RemainingTimes([], []);
        foreach (var each in before)
        {
            var isRunning = each.Time.Start <= now;
            var isCut = isRunning && next.Start > now;
            var endsLater = each.Time.End > next.End && !LocalTimes.IsNoEnd(next.End);
            if (!givesWay(each) || (isCut && each.IsOpen))
                remaining.Kept.Add(each);
            else if (isCut)
            {
                if (each.Before(next.Start) is { } begun)
                    remaining.Kept.Add(begun);
                if (endsLater && each.After(next.End) is { } rest)
                    remaining.Lost.Add(rest);
            }
            else if (endsLater || (!isRunning && each.Time.Start < next.Start))
                remaining.Lost.Add(each);
        }
        return remaining;
    }
}
