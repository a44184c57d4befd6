using System.Globalization;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>What somebody's words about a time mean: a time, or why there is none.</summary>
/// <param name="Period">The time; null if there is none.</param>
/// <param name="Note">What was assumed, as a sentence for the answer; null if nothing was.</param>
/// <param name="Problem">Why a time that is understood cannot be used, as a sentence; null if that is not the reason.</param>
internal readonly record struct AwayReading(LocalPeriod? Period, string? Note = null, string? Problem = null)
{
    /// <summary>The words are not understood, or not for certain.</summary>
    public static AwayReading Unclear => default;
}

/// <summary>Understands when somebody says that they are away: <c>until 18:00</c>, <c>mon-fri</c>, <c>for 2 hours</c>.</summary>
internal static partial class AwayText
{
    /// <summary>Returns the time that is meant; null if no time is certain.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="now">The person's local time.</param>
    public static LocalPeriod? Read(string typed, LocalDateTime now) => Understand(typed, now).Period;

    /// <summary>Returns the time that is meant, or why there is none.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="now">The person's local time.</param>
    public static AwayReading Understand(string typed, LocalDateTime now)
    {
        var line = Blanks().Replace(Dashes().Replace(typed.ToLowerInvariant(), "-"), " ").Trim();
        if (HalfDayRanges.Question(line, now) is { } question)
            return new(null, Problem: question);
        var written = NumberedDates.Of(SharedParts.Written(line));
        if (written.Unclear is { } unclear)
            return new(null, Problem: unclear);
        var text = Plain(written.Text);
        return Named(text, now) is { } named ? new(named)
            : Until().Match(text) is { Success: true } until ? UntilEnd(until.Groups["end"].Value, now)
            : StatedLength.Read(text) is { } length ? new(new(now, now + length))
            : Weekdays(text, now) is { } days ? new(days)
            : Range(text, now);
    }

    // The same words with times of 24 hours, and without words that mean nothing here.
    static string Plain(string text)
    {
        text = Fillers().Replace(Blanks().Replace(text, " "), "").Trim();
        text = Noon().Replace(text, noon => noon.Value is "noon" or "midday" ? "12:00" : "24:00");
        text = HalfDays().Replace(text, time =>
        {
            var hour = int.Parse(time.Groups["h"].Value, CultureInfo.InvariantCulture);
            var minutes = time.Groups["m"].Success ? time.Groups["m"].Value : "00";
            return hour is < 1 or > 12 ? time.Value
                : $"{(hour % 12 + (time.Groups["half"].Value is "p" ? 12 : 0)).ToString("00", CultureInfo.InvariantCulture)}:{minutes}";
        });
        return BeforeHourMark().Replace(Blanks().Replace(text, " ").Trim(), "");
    }

    static LocalPeriod? Named(string text, LocalDateTime now)
    {
        var today = now.Date;
        return text switch
        {
            "now" or "until further notice" or "until back" => new(now, LocalTimes.NoEnd),
            "today" or "all day" => new(now, today.PlusDays(1).AtMidnight()),
            "tomorrow" => new(today.PlusDays(1).AtMidnight(), today.PlusDays(2).AtMidnight()),
            "this week" => new(now, today.Next(IsoDayOfWeek.Monday).AtMidnight()),
            "next week" => new(today.Next(IsoDayOfWeek.Monday).AtMidnight(), today.Next(IsoDayOfWeek.Monday).PlusWeeks(1).AtMidnight()),
            "weekend" or "this weekend" => Days(IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday, now),
            _ => null,
        };
    }

    static AwayReading UntilEnd(string text, LocalDateTime now)
    {
        if (text.StartsWith("9999-", StringComparison.Ordinal))
            return new(new(now, LocalTimes.NoEnd));
        if (StatedClock.IsHourOrLength(text) || PointOf(text, now) is not { } end)
            return AwayReading.Unclear;
        var moment = end.After(now);
        if (moment <= now)
            return Past(moment);
        // Somebody who says "until 08:00" at nine in the morning means tomorrow's, and the answer says so.
        var note = end.Day is null && moment.Date > now.Date && end.Time != LocalTime.Midnight
            ? $"{Clock(end.Time!.Value)} has passed today, so {Clock(end.Time!.Value)} tomorrow is meant."
            : null;
        return new(new(now, moment), note);
    }

    static LocalPeriod? Weekdays(string text, LocalDateTime now) =>
        DaysAlone().Match(text) is { Success: true } days && WeeklyHours.DayOf(days.Groups["first"].Value) is { } first
            && (days.Groups["last"].Success ? WeeklyHours.DayOf(days.Groups["last"].Value) : first) is { } last
            ? Days(first, last, now)
            : null;

    // Days that have begun count from now on: on Wednesday, mon-fri ends this Friday.
    static LocalPeriod Days(IsoDayOfWeek first, IsoDayOfWeek last, LocalDateTime now)
    {
        var more = ((int)last - (int)first + 7) % 7;
        var begun = ((int)now.DayOfWeek - (int)first + 7) % 7;
        var start = begun <= more ? now.Date.PlusDays(-begun) : now.Date.Next(first);
        return new(LocalDateTime.Max(now, start.AtMidnight()), start.PlusDays(more + 1).AtMidnight());
    }

    static AwayReading Range(string text, LocalDateTime now)
    {
        if (DaysWithDate().IsMatch(text))
            return new(null, Problem: "Days of the week and a date do not go together, so nothing was noted down. Write dates alone, as "
                + "2026-12-24..2026-12-26.");
        if (LocalPeriod.Read(text) is { } written)
            return written.To <= now ? Past(written.To) : new(written);
        // From a time to a date: which day the time is on is not said.
        if (EndsOf(text, now) is not var (from, to) || (from.Day is null && to.IsDate))
            return AwayReading.Unclear;
        LocalDateTime start, end;
        if (from.Day is null && to.Day is null)
        {
            // Two times are the next such time of the day; one that ends at or before its start goes on over midnight.
            if (from.Time == to.Time)
                return Reversed(now.Date + from.Time!.Value, now.Date + to.Time!.Value);
            (start, end) = (now.Date + from.Time!.Value, now.Date + to.Time!.Value);
            if (end <= start)
                end = end.PlusDays(1);
            if (end > now)
                return new(new(LocalDateTime.Max(start, now), end));
            return new(new(start.PlusDays(1), end.PlusDays(1)), $"{Clock(to.Time!.Value)} has passed today, so tomorrow is meant.");
        }
        // The start of "24 dec - 26 dec 2027" is in that year, and of "24 dec - 2 jan 2027" in the year before.
        start = from.HasNoYear && to is { IsDate: true, HasNoYear: false } ? WithYearOf(to, from).After(now) : from.After(now);
        end = EndAfter(start, to);
        // "24 dec - 2 jan" goes on over the year, and on 30 December it has begun. "26 dec - 24 dec" is no year.
        if (end <= start && from.HasNoYear && start.PlusYears(-1) is var begun && begun <= now && end > now && end <= begun + HalfYear)
            start = now;
        else if (end <= start && to.HasNoYear && end.PlusYears(1) <= start + HalfYear)
            end = end.PlusYears(1);
        else if (end <= start && to.Day is null && from.Time is not null)
            end = end.PlusDays(1);
        return end <= start ? Reversed(start, end) : end <= now ? Past(end)
            : new(new(from.HasNoYear && start.Date < now.Date ? now : start, end));
    }

    static LocalDateTime EndAfter(LocalDateTime start, Point to)
    {
        if (to.Day is not { } day)
            return start.Date + to.Time!.Value;
        if (!to.IsRepeated)
            return to.AsEnd();
        if (to.Time is not null)
            return to.After(start);
        return (day < start.Date ? to with { Day = start.Date.Next(day.DayOfWeek) } : to).AsEnd();
    }

    static Point WithYearOf(Point end, Point start)
    {
        var same = start.Day!.Value.PlusYears(end.Day!.Value.Year - start.Day.Value.Year);
        return start with { Day = same <= end.Day ? same : same.PlusYears(-1) };
    }

    // A day alone is a whole day, and a day with two times is those hours of it.
    static (Point From, Point To)? EndsOf(string text, LocalDateTime now)
    {
        foreach (Match split in Between().Matches(text))
            if (PointOf(text[..split.Index], now) is { } from)
            {
                var (start, rest) = (text[..split.Index], text[(split.Index + split.Length)..]);
                if (PointOf(StatedClock.AfterLogbookTime(start, rest), now) is not { } to)
                    continue;
                // "8h-12h" may be a length, and "24.12. - 18.00" from a day to a time may be a slip; "24.12. until 18.00" is not.
                return StatedClock.MayBeLengths(start, rest)
                    || (from is { IsDate: true, Time: null } && to.Day is null && !split.Value.Contains("til", StringComparison.Ordinal))
                    ? null : (from, to);
            }
        return PointOf(text, now) is { Day: not null, Time: null } day ? (day, day with { IsRepeated = false }) : null;
    }

    static Point? PointOf(string text, LocalDateTime now)
    {
        text = text.Trim();
        if (text is "24:00")
            return new(null, LocalTime.Midnight, IsRepeated: true);
        if (StatedClock.Read(text) is { } time)
            return new(null, time, IsRepeated: true);
        var space = text.LastIndexOf(' ');
        if (DayOf(text, now) is { } alone)
            return alone;
        return space > 0 && DayOf(text[..space], now) is { } day && TimeOfEnd(text[(space + 1)..]) is var (hour, more)
            ? day with { Time = hour, Day = day.Day!.Value.PlusDays(more) }
            : LocalTimes.Read(text.Replace('t', 'T'), isEnd: false) is { } moment ? new(moment.Date, moment.TimeOfDay, IsDate: true) : null;
    }

    static (LocalTime Time, int Days)? TimeOfEnd(string text) =>
        text is "24:00" ? (LocalTime.Midnight, 1) : StatedClock.Read(text) is { } time ? (time, 0) : null;

    static Point? DayOf(string text, LocalDateTime now)
    {
        var today = now.Date;
        if (text is "today" or "tomorrow")
            return new(text is "today" ? today : today.PlusDays(1), null);
        if (WeeklyHours.DayOf(text) is { } weekday)
            return new(today.DayOfWeek == weekday ? today : today.Next(weekday), null, IsRepeated: true);
        if (LocalTimes.ReadDate(text) is { } date)
            return new(date, null, IsDate: true);
        if (NamedDate().Match(text) is not { Success: true } named)
            return null;
        var month = MonthNames.NumberOf(named.Groups["month"].Value);
        var year = named.Groups["year"].Success ? int.Parse(named.Groups["year"].Value, CultureInfo.InvariantCulture) : today.Year;
        var number = int.Parse(named.Groups["day"].Value, CultureInfo.InvariantCulture);
        // "24 dec 2030" may be half past eight in the evening.
        if (year > today.Year + 1 && year % 5 == 0 && !text.Contains(','))
            return null;
        if (number < 1 || number > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return null;
        var written = new LocalDate(year, month, number);
        // Without a year it is the next such day.
        return named.Groups["year"].Success ? new(written, null, IsDate: true)
            : new(written < today ? written.PlusYears(1) : written, null, HasNoYear: true, IsDate: true);
    }

    static AwayReading Past(LocalDateTime end) => new(null, Problem:
        $"That time is over: it ended on {Moment(end)}. Nothing was noted down.");

    static AwayReading Reversed(LocalDateTime start, LocalDateTime end) => new(null, Problem:
        $"That time would end ({Moment(end)}) before it begins ({Moment(start)}), so nothing was noted down. Write the start first.");

    static string Moment(LocalDateTime moment) => moment.ToString("ddd d MMM uuuu HH:mm", CultureInfo.InvariantCulture);

    static string Clock(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An end of a time as it is written.</summary>
    /// <param name="Day">Its day; null if only a time of the day is written.</param>
    /// <param name="Time">Its time of the day; null if only a day is written.</param>
    /// <param name="IsRepeated">Whether it comes again every day or every week.</param>
    /// <param name="HasNoYear">Whether it is a date without a year.</param>
    /// <param name="IsDate">Whether its day is a date of the calendar, and not a day of the week, today or tomorrow.</param>
    readonly record struct Point(
        LocalDate? Day, LocalTime? Time, bool IsRepeated = false, bool HasNoYear = false, bool IsDate = false)
    {
        /// <summary>The moment as a start, or as what "until" names: a day alone is its beginning.</summary>
        public LocalDateTime After(LocalDateTime now)
        {
            var moment = (Day ?? now.Date) + (Time ?? LocalTime.Midnight);
            if (!IsRepeated || moment > now)
                return moment;
            return Day is null ? moment.PlusDays(1) : (now.Date.Next(Day.Value.DayOfWeek)) + (Time ?? LocalTime.Midnight);
        }

        /// <summary>The moment as the end of a range: a day alone is included.</summary>
        public LocalDateTime AsEnd() => Time is { } time ? Day!.Value + time : Day!.Value.PlusDays(1).AtMidnight();
    }

    static readonly Period HalfYear = Period.FromMonths(6);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex("[\u2010-\u2015\u2212]", RegexOptions.CultureInvariant)]
    private static partial Regex Dashes();

    [GeneratedRegex(
        @"\b(?:please|on|at|the|from|starting|beginning|sick|vacation|holidays?|leave|pto|i am|i'm|o'clock)(?=\s|$)"
        + @"|^for (?!\d|half|an? |one )"
        + @"|^(?:shift|duty|on-call|oncall)(?= )|[.,;!?]+$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Fillers();

    [GeneratedRegex(@"\b(?:noon|midday|midnight)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Noon();

    [GeneratedRegex(@"\b(?<h>[0-9]{1,2})(?:[:.](?<m>[0-9]{2}))? ?(?<half>[ap])\.?m\b\.?", RegexOptions.CultureInvariant)]
    private static partial Regex HalfDays();

    [GeneratedRegex("(?<=[0-9]) (?=(?:h|hrs?|uhr)(?:$|[ -]))", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeHourMark();

    [GeneratedRegex("^(?:until|till|til) (?<end>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Until();

    [GeneratedRegex(@"^(?<first>[a-z]+\.?)(?: ?(?:-|to|until) ?(?<last>[a-z]+\.?))?$", RegexOptions.CultureInvariant)]
    private static partial Regex DaysAlone();

    // Any of these may be a part of an end as well, as in "2026-12-24" and "24/12": where the text is split is tried.
    [GeneratedRegex(@" ?(?:\.\.|…| to | until | till |/|-) ?", RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@"[a-z]{3,} ?- ?[a-z]{3,}\b.*\b[0-9]{4}-[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex DaysWithDate();

    [GeneratedRegex(
        @"^(?:(?<day>[0-9]{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?(?<month>" + MonthNames.Pattern + @")\.?"
        + "|(?<month>" + MonthNames.Pattern + @")\.? (?<day>[0-9]{1,2})(?:st|nd|rd|th)?)"
        + @"(?:,? (?<year>20[0-9]{2}))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex NamedDate();
}
