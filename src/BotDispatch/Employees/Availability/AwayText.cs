using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Understands when somebody says that they are away: <c>until 18:00</c>, <c>mon-fri</c>, <c>for 2 hours</c>.</summary>
internal static partial class AwayText
{
    /// <summary>The answer to words that are not understood.</summary>
    public const string Mistake = "I do not understand when you are away, so nothing was noted down. Write: /dispatch away until 18:00, "
        + "until mon, mon-fri, today, tomorrow, for 2 hours, or 2026-12-24..2026-12-26.";

    /// <summary>The answer to words of somebody who takes over that are not understood.</summary>
    public const string CoverMistake = "I do not understand when you take over, so nothing was noted down. "
        + "Write: /dispatch cover @ben mon 18:00 - tue 08:00, or until 18:00, today, tomorrow, mon-fri.";

    /// <summary>Returns the time that is meant; null if that is not certain.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="now">The person's local time.</param>
    public static LocalPeriod? Read(string typed, LocalDateTime now)
    {
        var text = Blanks().Replace(typed.Trim().ToLowerInvariant(), " ");
        if (text is "today")
            return new(now, now.Date.PlusDays(1).AtMidnight());
        if (text is "tomorrow")
            return new(now.Date.PlusDays(1).AtMidnight(), now.Date.PlusDays(2).AtMidnight());
        if (Until().Match(text) is { Success: true } until)
            return EndOf(until.Groups["end"].Value, now) is { } end && end > now ? new(now, end) : null;
        if (For().Match(text) is { Success: true } length
            && int.Parse(length.Groups["n"].Value, CultureInfo.InvariantCulture) is > 0 and var count)
            return new(now, length.Groups["unit"].Value[0] switch
            {
                'w' => now.PlusWeeks(count),
                'd' => now.PlusDays(count),
                'h' => now.PlusHours(count),
                _ => now.PlusMinutes(count),
            });
        if (Days().Match(text) is { Success: true } days && WeeklyHours.DayOf(days.Groups["first"].Value) is { } first
            && (days.Groups["last"].Success ? WeeklyHours.DayOf(days.Groups["last"].Value) : first) is { } last)
        {
            // Days that have begun count from now on: on Wednesday, mon-fri ends this Friday.
            var count7 = ((int)last - (int)first + 7) % 7;
            var begun = ((int)now.DayOfWeek - (int)first + 7) % 7;
            var begin = begun <= count7 ? now.Date.PlusDays(-begun) : now.Date.Next(first);
            return new(LocalDateTime.Max(now, begin.AtMidnight()), begin.PlusDays(count7 + 1).AtMidnight());
        }
        if (Across().Match(text) is { Success: true } across
            && EndOf($"{across.Groups["d1"].Value} {across.Groups["t1"].Value}", now) is { } start
            && EndOf($"{across.Groups["d2"].Value} {across.Groups["t2"].Value}", start) is { } stop)
            return new(start, stop);
        return LocalPeriod.Read(text) is { } written ? new(written.From, written.To) : null;
    }

    // A day alone is its beginning: who is away until Monday is back on Monday.
    static LocalDateTime? EndOf(string text, LocalDateTime now)
    {
        if (text is "tomorrow")
            return now.Date.PlusDays(1).AtMidnight();
        if (WeeklyHours.TimeOf(text) is { } time)
            return now.Date + time is var today && today > now ? today : now.Date.PlusDays(1) + time;
        var words = text.Split(' ');
        if (WeeklyHours.DayOf(words[0]) is { } day)
            return words.Length == 1 ? now.Date.Next(day).AtMidnight()
                : words.Length == 2 && WeeklyHours.TimeOf(words[1]) is { } hour
                    ? now.Date.DayOfWeek == day && now.Date + hour > now ? now.Date + hour : now.Date.Next(day) + hour
                    : null;
        return LocalTimes.Read(text, isEnd: false);
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex("^(?:until|till) (?<end>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Until();

    [GeneratedRegex("^(?:for )?(?<n>[0-9]{1,4}) ?(?<unit>minutes?|mins?|hours?|h|days?|d|weeks?|w)$", RegexOptions.CultureInvariant)]
    private static partial Regex For();

    [GeneratedRegex("^(?<d1>[a-z]+) (?<t1>[0-9:.]+) ?- ?(?<d2>[a-z]+) (?<t2>[0-9:.]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Across();

    [GeneratedRegex("^(?<first>[a-z]+)(?: ?- ?(?<last>[a-z]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Days();
}
