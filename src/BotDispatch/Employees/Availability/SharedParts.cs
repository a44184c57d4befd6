using System.Globalization;
using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Employees.Availability;

/// <summary>
/// Writes what both ends of a range share beside each of them: <c>24-26 dec</c> is <c>24 dec - 26 dec</c>, <c>24.-26.12.</c> is
/// <c>24.12. - 26.12.</c>, and <c>6-8pm</c> is <c>6pm - 8pm</c>.
/// </summary>
internal static partial class SharedParts
{
    /// <summary>Returns the text, in small letters, with these parts beside both ends.</summary>
    public static string Written(string text)
    {
        text = DaysBeforeMonth().Replace(text, "${a} ${month}${year} - ${b} ${month}${year}");
        text = DaysAfterMonth().Replace(text, "${a} ${month}${year} - ${b} ${month}${year}");
        text = DottedDays().Replace(text, "${a}.${month}.${year} - ${b}.${month}.${year}");
        return Halves().Replace(text, WithHalf);
    }

    // "6-8pm" begins in the evening. "11-1pm" and "8-12pm" begin in the morning, because they would end before they begin.
    static string WithHalf(Match range)
    {
        // Twelve o'clock is the start of its half.
        var (start, end) = (MinutesOf(range, "a") % HalfDay, MinutesOf(range, "b") % HalfDay);
        var half = range.Groups["half"].Value;
        var other = half is "p" ? "a" : "p";
        return $"{range.Groups["a"].Value}{(start < end ? half : other)}m - {range.Groups["b"].Value}{half}m";
    }

    /// <summary>The minutes of half a day.</summary>
    internal const int HalfDay = 12 * 60;

    /// <summary>Returns the minutes that an end of a range says, by its groups <c>hour</c> and <c>minute</c>.</summary>
    /// <param name="range">The match.</param>
    /// <param name="end">The name with which those of the end begin.</param>
    internal static int MinutesOf(Match range, string end)
    {
        var (hour, minute) = (range.Groups[end + "hour"], range.Groups[end + "minute"]);
        return (int.Parse(hour.Value, CultureInfo.InvariantCulture) * 60)
            + (minute.Success ? int.Parse(minute.Value, CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>What stands between both ends of a range that shares something: a sign, or a word with blanks around it.</summary>
    internal const string Between = " ?(?:" + Sign + "| to | until | till ) ?";

    // "dec 8 until 18" is until six, and "dec 8 to 18" may be: after a month, a word shares nothing.
    const string Sign = @"(?:-|\.\.|…)";

    const string Ordinal = @"(?:st|nd|rd|th|\.)?";

    [GeneratedRegex(
        "(?<![0-9.:/])(?<a>[0-9]{1,2})" + Ordinal + Between + "(?<b>[0-9]{1,2})" + Ordinal + " ?(?:of )?(?<month>" + MonthNames.Pattern
        + @")\b\.?(?<year>,? 20[0-9]{2}\b)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex DaysBeforeMonth();

    // Of "24 dec 8-12", the numbers after the month are times.
    [GeneratedRegex(
        "(?<![0-9](?:st|nd|rd|th|[.])? ?(?:of )?)(?<month>\\b" + MonthNames.Pattern + @")\.? (?<a>[0-9]{1,2})(?:st|nd|rd|th)? ?" + Sign
        + @" ?(?<b>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9.:/]| ?(?:[ap]\.?m|h|hrs?|uhr)\b)(?<year>,? 20[0-9]{2}\b)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex DaysAfterMonth();

    [GeneratedRegex(
        @"(?<![0-9.:/])(?<a>[0-9]{1,2})\." + Between
        + @"(?<b>[0-9]{1,2})\.(?<month>[0-9]{1,2})(?![0-9:])(?:\.(?<year>(?:20)?[0-9]{2})?(?![0-9:]))?",
        RegexOptions.CultureInvariant)]
    private static partial Regex DottedDays();

    [GeneratedRegex(
        @"(?<![0-9.:/-])(?<a>(?<ahour>0?[1-9]|1[0-2])(?:[:.](?<aminute>[0-5][0-9]))?)" + Between
        + @"(?<b>(?<bhour>0?[1-9]|1[0-2])(?:[:.](?<bminute>[0-5][0-9]))?) ?(?<half>[ap])\.?m\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Halves();
}
