using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Hours that return every week, in local time: <c>mon-fri 08:00-16:00, sat 09:00-12:00</c>.</summary>
/// <remarks>
/// A time that ends at or before its begin ends on the next day. Days without a time take that of the next entry (<c>mon, wed, fri
/// 08:00-16:00</c>), and the last days without a time are whole days. A time without days belongs to the days before it, or to every day.
/// </remarks>
internal sealed partial class WeeklyHours
{
    const int Longest = 500;

    /// <summary>One span of a week. <paramref name="Days"/> counts from the day on which it begins to the one on which it ends.</summary>
    readonly record struct Span(IsoDayOfWeek Day, LocalTime From, int Days, LocalTime To);

    static readonly ImmutableArray<string> DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    static readonly ImmutableArray<string> FullDayNames =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    readonly ImmutableArray<Span> spans;
    readonly int longestDays;

    WeeklyHours(ImmutableArray<Span> spans)
    {
        this.spans = spans;
        longestDays = spans.Max(span => span.Days) + 1;
    }

    /// <summary>Whether they leave no hour of the week out, as <c>22:00-22:00</c> does.</summary>
    public bool IsAlways
    {
        get
        {
            var (begin, week) = (Instant.FromUtc(2026, 1, 5, 0, 0), Duration.FromDays(7));
            return Intervals.Without([new(begin, begin + week)], Between(begin, begin + week, DateTimeZone.Utc)).Count == 0;
        }
    }

    /// <summary>Returns the hours; null if the text cannot be read for certain.</summary>
    public static WeeklyHours? Read(string text)
    {
        if (text.Length > Longest)
            return null;
        var spans = ImmutableArray.CreateBuilder<Span>();
        var (days, withoutTime) = (new List<IsoDayOfWeek>(), false);
        foreach (var entry in text.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var plain = Dash().Replace(entry, "-").ToLowerInvariant();
            if (AcrossDays().Match(plain) is { Success: true } across)
            {
                if (withoutTime || ReadAcross(across) is not { } span)
                    return null;
                spans.Add(span);
                days.Clear();
                continue;
            }
            var words = plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var (named, times) = (words.TakeWhile(word => !char.IsAsciiDigit(word[0])).ToList(),
                words.SkipWhile(word => !char.IsAsciiDigit(word[0])).ToList());
            if (named.Count > 0 && !withoutTime)
                days.Clear();
            foreach (var word in named)
            {
                if (DaysOf(word) is not { } meant)
                    return null;
                days.AddRange(meant);
            }
            withoutTime = times.Count == 0;
            foreach (var time in times)
            {
                if (ReadTime(time) is not var (from, next, to))
                    return null;
                foreach (var day in days.Count == 0 ? AllDays : days.Distinct())
                    spans.Add(new(day, from, next, to));
            }
        }
        if (withoutTime)
            spans.AddRange(days.Distinct().Select(day => new Span(day, LocalTime.Midnight, 1, LocalTime.Midnight)));
        return spans.Count == 0 ? null : new(spans.ToImmutable());
    }

    /// <summary>Returns the hours that overlap the time between two moments, merged and whole.</summary>
    public List<Interval> Between(Instant from, Instant to, DateTimeZone zone)
    {
        var hours = new List<Interval>();
        var last = to.InZone(zone).Date.PlusDays(1);
        for (var date = from.InZone(zone).Date.PlusDays(-longestDays); date <= last; date = date.PlusDays(1))
            foreach (var span in spans)
            {
                if (span.Day != date.DayOfWeek)
                    continue;
                var (start, end) = (LocalTimes.At(date + span.From, zone), LocalTimes.At(date.PlusDays(span.Days) + span.To, zone));
                if (start < end && end > from && start < to)
                    hours.Add(new(start, end));
            }
        return Intervals.Merged(hours);
    }

    /// <summary>Returns the day that a name such as <c>mon</c> or <c>Monday</c> means; null if it means none.</summary>
    public static IsoDayOfWeek? DayOf(string name)
    {
        var plain = name.Trim().TrimEnd('.').ToLowerInvariant();
        var index = DayNames.IndexOf(plain) is >= 0 and var brief ? brief
            : FullDayNames.IndexOf(plain) is >= 0 and var full ? full
            : plain switch { "tues" => 1, "thur" or "thurs" => 3, _ => -1 };
        return index < 0 ? null : (IsoDayOfWeek)(index + 1);
    }

    /// <summary>Returns a time of the day such as <c>8:00</c>, <c>08.30</c> or <c>8</c>; null if the text is none.</summary>
    public static LocalTime? TimeOf(string text) => Time().Match(text.Trim()) is { Success: true } time
        && int.Parse(time.Groups["h"].Value, CultureInfo.InvariantCulture) is < 24 and var hour
        && (time.Groups["m"].Success ? int.Parse(time.Groups["m"].Value, CultureInfo.InvariantCulture) : 0) is < 60 and var minute
            ? new LocalTime(hour, minute)
            : null;

    static IEnumerable<IsoDayOfWeek> AllDays => Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day);

    static IEnumerable<IsoDayOfWeek>? DaysOf(string word)
    {
        if (word is "daily" or "every" or "day" or "always")
            return AllDays;
        if (word is "weekdays" or "weekday")
            return AllDays.Take(5);
        if (word is "weekend" or "weekends")
            return AllDays.Skip(5);
        var ends = word.Split('-');
        if (ends.Length > 2 || DayOf(ends[0]) is not { } first || DayOf(ends[^1]) is not { } last)
            return null;
        // From Saturday to Monday is three days.
        return Enumerable.Range(0, ((int)last - (int)first + 7) % 7 + 1).Select(n => (IsoDayOfWeek)(((int)first - 1 + n) % 7 + 1));
    }

    static (LocalTime From, int Days, LocalTime To)? ReadTime(string text)
    {
        if (text.Split('-') is not [var begin, var end] || TimeOf(begin) is not { } from)
            return null;
        if (end is "24:00" or "24.00" or "24")
            return (from, 1, LocalTime.Midnight);
        return TimeOf(end) is { } to ? (from, to <= from ? 1 : 0, to) : null;
    }

    static Span? ReadAcross(Match across)
    {
        if (DayOf(across.Groups["d1"].Value) is not { } day || DayOf(across.Groups["d2"].Value) is not { } last
            || TimeOf(across.Groups["t1"].Value) is not { } from)
            return null;
        var isMidnight = across.Groups["t2"].Value is "24:00" or "24";
        if ((isMidnight ? LocalTime.Midnight : TimeOf(across.Groups["t2"].Value)) is not { } to)
            return null;
        var days = ((int)last - (int)day + 7) % 7 + (isMidnight ? 1 : 0);
        return new(day, from, days == 0 && to <= from ? 7 : days, to);
    }

    [GeneratedRegex(@"\s*[-–—‐‑]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Dash();

    [GeneratedRegex(@"^(?<d1>[a-z.]+)\s+(?<t1>[0-9:.]+)-(?<d2>[a-z.]+)\s+(?<t2>[0-9:.]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex AcrossDays();

    [GeneratedRegex(@"^(?<h>[0-9]{1,2})(?:[:.](?<m>[0-9]{2}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
