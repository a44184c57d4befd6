using System.Text.RegularExpressions;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>
/// Understands times of the day in words of a chat: <c>18:30</c>, as on the continent <c>18h</c> and <c>18h30</c>, and as in a logbook
/// <c>0830</c>.
/// </summary>
internal static partial class StatedClock
{
    /// <summary>Returns the time; null if the text, in small letters, is none for certain. <c>2030</c> may be a year.</summary>
    public static LocalTime? Read(string text) => WeeklyHours.TimeOf(text)
        ?? (HourMark().Match(text) is { Success: true } mark
            ? WeeklyHours.TimeOf($"{mark.Groups["h"].Value}:{(mark.Groups["m"].Success ? mark.Groups["m"].Value : "00")}")
            : null);

    /// <summary>Whether the text, such as <c>2h</c>, may be an hour of the day or a length, unless a day stands beside it.</summary>
    public static bool IsHourOrLength(string text) => HourOrLength().IsMatch(text.Trim());

    /// <summary>Whether the ends of a range, such as <c>1</c> and <c>2h</c>, may be two lengths, of which one is not certain.</summary>
    public static bool MayBeLengths(string start, string end) => IsHourOrLength(end) && SmallNumber().IsMatch(start.Trim());

    /// <summary>Returns the end of a range with a colon in its time if it is one of a logbook, because its start is.</summary>
    /// <param name="start">The start, such as <c>1800</c>.</param>
    /// <param name="end">The end, such as <c>2030</c>.</param>
    public static string AfterLogbookTime(string start, string end) => LogbookStart().IsMatch(start)
        ? LogbookEnd().Replace(end, time => $"{time.Groups["h"].Value}:{time.Groups["m"].Value}")
        : end;

    [GeneratedRegex(
        "^(?:(?<h>[0-9]{1,2})(?:h|uhr)|(?<h>[0-9]{1,2})(?:[:.]|h)(?<m>[0-9]{2})(?:h|hrs?|uhr)?"
        + "|(?<h>[01][0-9])(?<m>[0-5][0-9])|(?<h>[0-9]{2})(?<m>[0-5][0-9])(?:h|hrs?|uhr))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex HourMark();

    [GeneratedRegex("^(?:0?[0-9]|1[0-2])h$", RegexOptions.CultureInvariant)]
    private static partial Regex HourOrLength();

    [GeneratedRegex("^(?:0?[0-9]|1[0-2])h?$", RegexOptions.CultureInvariant)]
    private static partial Regex SmallNumber();

    [GeneratedRegex("(?:^|[^0-9])[01][0-9][0-5][0-9](?:h|hrs?|uhr)?$", RegexOptions.CultureInvariant)]
    private static partial Regex LogbookStart();

    [GeneratedRegex("(?<=^(?:[a-z]+[.]? )?)(?<h>2[0-3])(?<m>[0-5][0-9])$", RegexOptions.CultureInvariant)]
    private static partial Regex LogbookEnd();
}
