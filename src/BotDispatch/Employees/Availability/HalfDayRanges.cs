using System.Globalization;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using NodaTime;
using static BotDispatch.Employees.Availability.SharedParts;

namespace BotDispatch.Employees.Availability;

/// <summary>
/// Asks about ranges of hours that do not say which half of the day is meant: <c>9-5</c> would go on over midnight for twenty hours.
/// </summary>
internal static partial class HalfDayRanges
{
    /// <summary>Returns the question; null if the text, in small letters, has no such range.</summary>
    /// <param name="text">What was typed, with blanks and hyphens of one kind.</param>
    /// <param name="now">The person's local time.</param>
    public static string? Question(string text, LocalDateTime now)
    {
        text = NoonAsStart().Replace(text, "12pm");
        if (Range().Match(text) is not { Success: true } range)
            return null;
        // In minutes; twelve o'clock is the start of its half.
        var (start, end) = (MinutesOf(range, "a") % HalfDay, MinutesOf(range, "b") % HalfDay);
        var is24 = range.Groups["bhour"].Value[0] is '0' || (range.Groups["ahour"].Value[0] is '0' && !range.Groups["ahalf"].Success);
        switch (range.Groups["ahalf"].Value, range.Groups["bhalf"].Value)
        {
            // In the evening, "8-12pm" may be the night that comes, or tomorrow until noon.
            case ("", "p") when end == 0 && start > 0 && now.Hour >= 12 && text[..range.Index].Trim() is "" or "from":
                return Ask(range, (start, HalfDay), (start + HalfDay, 2 * HalfDay));
            case ("", "") when !is24 && MinutesOf(range, "b") <= MinutesOf(range, "a"):
                return end <= start ? Ask(range, (start, end + HalfDay), (start + HalfDay, end))
                    : Ask(range, (start + HalfDay, end + HalfDay), (start, end));
            case ({ Length: > 0 } half, "") when !is24:
                var from = half is "p" ? start + HalfDay : start;
                return LengthOf(from, MinutesOf(range, "b")) > HalfDay ? Ask(range, (from, end), (from, end + HalfDay)) : null;
            default:
                return null;
        }
    }

    static string Ask(Match range, (int Start, int End) one, (int Start, int End) other) =>
        $"{range.Groups["range"].Value} does not say which half of the day is meant, so nothing was noted down. "
        + $"Write {Clock(one.Start)} - {Clock(one.End, isEnd: true)} or {Clock(other.Start)} - {Clock(other.End, isEnd: true)}.";

    static int LengthOf(int start, int end) => end > start ? end - start : end - start + (2 * HalfDay);

    static string Clock(int minutes, bool isEnd = false) => isEnd && minutes % (2 * HalfDay) == 0 ? "24:00"
        : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    [GeneratedRegex(@"\b(?:noon|midday)(?=" + Between + "[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex NoonAsStart();

    // In "dec 8 until 5", the first number is a day.
    [GeneratedRegex(
        @"(?<![0-9.:/-])(?<!(?<![0-9](?:st|nd|rd|th|\.)? ?(?:of )?)\b" + MonthNames.Pattern + @"\.? )(?<range>"
        + @"(?<ahour>0?[1-9]|1[0-2])(?::(?<aminute>[0-5][0-9]))?(?: ?(?:(?<ahalf>[ap])\.?m\.?|h|uhr))?" + Between
        + @"(?<bhour>0?[1-9]|1[0-2])(?::(?<bminute>[0-5][0-9]))?(?: ?(?<bhalf>[ap])\.?m)?)(?: (?:o'clock|please))*[ .,;!?]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
