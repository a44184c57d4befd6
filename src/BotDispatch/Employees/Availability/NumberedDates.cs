using System.Globalization;
using System.Text.RegularExpressions;

namespace BotDispatch.Employees.Availability;

/// <summary>Writes dates of numbers alone with the name of their month: <c>24.12.</c> and <c>24/12</c> are <c>24 dec</c>.</summary>
internal static partial class NumberedDates
{
    /// <summary>Returns the text with the dates in words, and with a question mark where it is not certain which day is meant.</summary>
    public static string InWords(string text) => NumberedDate().Replace(text, InWords);

    // "24.12." and "24/12" are a day and a month, and "12/24" is one as well. "1/2" is one of two days, so it is not understood.
    static string InWords(Match date)
    {
        var (first, second, isDotted) = (Number("a"), Number("b"), date.Groups["dot"].Success);
        var (day, month) = isDotted || first > 12 ? (first, second) : (second, first);
        if (day is < 1 or > 31 || month is < 1 or > 12)
            return date.Value;
        return !isDotted && first <= 12 && second <= 12 && first != second ? "?"
            : $"{day} {AwayText.Months[((month - 1) * 3)..(month * 3)]} {date.Groups["year"].Value}";

        int Number(string group) => int.Parse(date.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    // Without a last full stop, "18.12" is a time of the day; "24.12" is none.
    [GeneratedRegex(
        @"(?<![0-9.:/])(?<a>[0-9]{1,2})(?:(?<dot>\.)(?<b>[0-9]{1,2})(?:\.(?<year>20[0-9]{2})?(?![0-9.])"
        + @"|(?<=(?:2[4-9]|3[01])\.[0-9]{1,2})(?![0-9.:apm])) ?|/(?<b>[0-9]{1,2})(?:/(?<year>20[0-9]{2}))?(?![0-9:/]) ?)",
        RegexOptions.CultureInvariant)]
    private static partial Regex NumberedDate();
}
