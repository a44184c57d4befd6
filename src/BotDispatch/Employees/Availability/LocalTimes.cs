using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace BotDispatch.Employees.Availability;

/// <summary>Local times as people write them, and the moments that they mean.</summary>
/// <remarks>
/// One rule for the two odd hours of a year: a local time that comes twice means the first, and one that never comes means the moment at
/// which the clock goes forward. Begins and ends follow the same rule, so shifts that follow each other neither overlap nor leave a gap.
/// RFC 5545 (3.3.10) leaves out an instance of a rule at a time that never comes: we do not, because somebody must stay on call.
/// The zones are those of NodaTime's TZDB; zone data of the machine, a browser or a database is not used.
/// </remarks>
internal static class LocalTimes
{
    static readonly ZoneLocalMappingResolver OneRule =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    static readonly LocalDateTimePattern[] DateTimes =
        [.. ((string[])["uuuu-MM-dd HH:mm", "uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd H:mm", "uuuu-MM-dd HH:mm:ss", "uuuu-MM-dd'T'HH:mm:ss"])
            .Select(LocalDateTimePattern.CreateWithInvariantCulture)];

    /// <summary>
    /// The end of what has none. NodaTime has no day after 9999-12-31, which is how spreadsheets and databases write "for ever".
    /// </summary>
    public static LocalDateTime NoEnd { get; } = new(9999, 1, 1, 0, 0);

    /// <summary>Whether an end was written as <see cref="NoEnd"/>, whatever the zone.</summary>
    public static bool IsNoEnd(Instant end) => end > Instant.FromUtc(9998, 12, 30, 0, 0);

    /// <summary>Returns the moment of a local time, by the rule for the odd hours.</summary>
    public static Instant At(LocalDateTime local, DateTimeZone zone) => local.InZone(zone, OneRule).ToInstant();

    /// <summary>Returns the first moment of the next local day, in which <see cref="Clock"/> may write a moment in another way.</summary>
    public static Instant NextDay(Instant now, DateTimeZone zone) => At(now.InZone(zone).Date.PlusDays(1).AtMidnight(), zone);

    /// <summary>Returns a date such as <c>2026-12-24</c>; null if the text is none, or is before the year 1 or after 9998.</summary>
    public static LocalDate? ReadDate(string text) =>
        LocalDatePattern.Iso.Parse(text.Trim()) is { Success: true, Value: { Year: >= 1 and < 9999 } date } ? date : null;

    /// <summary>
    /// Returns a date or a date with a time, such as <c>2026-12-24 18:00</c>; null if the text is neither. A date alone means its first
    /// moment, or as an end its last. An end in the year 9999 is <see cref="NoEnd"/>.
    /// </summary>
    public static LocalDateTime? Read(string text, bool isEnd)
    {
        if (ReadDate(text) is { } date)
            return (isEnd ? date.PlusDays(1) : date).AtMidnight();
        if (text.Trim().StartsWith("9999-", StringComparison.Ordinal))
            return isEnd ? NoEnd : null;
        foreach (var pattern in DateTimes)
            if (pattern.Parse(text.Trim()) is { Success: true, Value: { Year: >= 1 } moment })
                return moment;
        return text.Trim().EndsWith(" 24:00", StringComparison.Ordinal) && ReadDate(text.Trim()[..^6]) is { } day
            ? day.PlusDays(1).AtMidnight()
            : null;
    }

    /// <summary>
    /// Writes a moment for a sentence, with its offset because zone data elsewhere may differ: <c>18:00 (UTC+2)</c> today,
    /// <c>Mon 08:00 (UTC+2)</c> in the next six days, <c>Mon 7 Dec 08:00 (UTC+2)</c> later, and with the year after 300 days.
    /// </summary>
    public static string Clock(Instant moment, Instant now, DateTimeZone zone)
    {
        var (local, today) = (moment.InZone(zone), now.InZone(zone).Date);
        var days = Period.DaysBetween(today, local.Date);
        var day = days switch
        {
            0 => "",
            > 0 and <= 6 => "ddd ",
            > 300 or < -300 => "ddd d MMM uuuu ",
            _ => "ddd d MMM ",
        };
        return $"{local.ToString(day + "HH:mm", CultureInfo.InvariantCulture)} ({OffsetOf(local.Offset)})";
    }

    /// <summary>Writes an offset, as <c>UTC+2</c>.</summary>
    public static string OffsetOf(Offset offset) => offset == Offset.Zero
        ? "UTC"
        : (offset < Offset.Zero ? "UTC−" : "UTC+")
            + offset.ToTimeSpan().Duration().ToString(offset.Seconds % 3600 == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);
}

/// <summary>
/// A time of a zone from one local moment to another. It is stored so, never as two instants, because rules of zones change.
/// </summary>
internal readonly record struct LocalPeriod(LocalDateTime From, LocalDateTime To)
{
    static readonly string[] Separators = ["..", "…", " - ", " – ", " to ", "/"];

    /// <summary>Returns the time between the two moments that it means in a zone; null if there is none.</summary>
    public Interval? In(DateTimeZone zone) =>
        (LocalTimes.At(From, zone), LocalTimes.At(To, zone)) is var (from, to) && from < to ? new Interval(from, to) : null;

    /// <summary>
    /// Returns one period, such as <c>2026-12-24..2026-12-26</c> or <c>2026-12-24 08:00 - 2026-12-24 12:00</c>, where a date alone is a
    /// whole day; null if the text is none.
    /// </summary>
    public static LocalPeriod? Read(string text)
    {
        string[] ends = [text];
        foreach (var separator in Separators)
            if (text.Split(separator) is { Length: 2 } two)
            {
                ends = two;
                break;
            }
        return LocalTimes.Read(ends[0], isEnd: false) is { } from
            && (ends.Length == 2 || LocalTimes.ReadDate(ends[0]) is not null)
            && LocalTimes.Read(ends[^1], isEnd: true) is { } to
            && from < to
            ? new LocalPeriod(from, to)
            : null;
    }
}
