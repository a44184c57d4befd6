using System.Globalization;
using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Employees.Availability;

/// <summary>A text whose dates of numbers are written with the name of their month.</summary>
/// <param name="Text">The text.</param>
/// <param name="Unclear">Why it is not certain what one of its numbers means, as a sentence; null if everything is.</param>
internal readonly record struct DatesInWords(string Text, string? Unclear);

/// <summary>Writes dates of numbers alone with the name of their month: <c>24.12.</c> and <c>24/12</c> are <c>24 dec</c>.</summary>
/// <remarks>
/// <c>18.12</c> is a time of the day as well, and so is <c>18.12.</c> at the end of a sentence; <c>22/6</c> may be two hours. Such a
/// number is a date if a year or a time of the day follows, or if another date stands in the text.
/// </remarks>
internal static partial class NumberedDates
{
    /// <summary>One number of the text that is, or may be, a date.</summary>
    /// <param name="At">Where it stands.</param>
    /// <param name="Day">Its day.</param>
    /// <param name="Month">Its month.</param>
    /// <param name="IsCertain">Whether it is a date whatever else the text says.</param>
    /// <param name="IsClock">Whether it may be a time of the day, or two.</param>
    sealed record Number(Match At, int Day, int Month, bool IsCertain, bool IsClock)
    {
        public bool IsDotted => At.Groups["dotted"].Success;

        public string Name => MonthNames.InShort(Month);
    }

    /// <summary>Returns the text, in small letters, with the dates in words.</summary>
    public static DatesInWords Of(string text)
    {
        var numbers = Numbers().Matches(text).Select(each => NumberOf(each, text)).OfType<Number>().ToList();
        if (AlwaysOrDate().IsMatch(text))
            return new(text, "24/7 may be always or a date, so nothing was noted down. Write 24 jul, or away alone until you are back.");
        var hasDate = numbers.Any(each => each.IsCertain) || WordedDate().IsMatch(text);
        var dates = numbers.Where(each => each.IsCertain || hasDate).ToDictionary(each => each.At.Index);
        foreach (var number in numbers.Where(each => !each.IsCertain && each.IsClock))
            if (IsTime(number, text))
                dates.Remove(number.At.Index);
            else if (!hasDate || HasClock(text[..number.At.Index], dates))
                return new(text, Question(number));
        if (Numbers().Matches(text).FirstOrDefault(IsOneOfTwoDays) is { } odd)
            return new(text, $"{odd.Groups["slashed"].Value} may be one of two days, so nothing was noted down. Write the month in "
                + "letters, as 24 dec.");
        return new(Numbers().Replace(text, each => dates.TryGetValue(each.Index, out var date) ? Written(date) : each.Value), null);
    }

    static Number? NumberOf(Match at, string text)
    {
        var (first, second) = (Part(at, "a"), Part(at, "b"));
        var isDotted = at.Groups["dotted"].Success;
        var (day, month) = isDotted || first > 12 ? (first, second) : (second, first);
        if (day is < 1 or > 31 || month is < 1 or > 12 || IsOneOfTwoDays(at))
            return null;
        var isCertain = at.Groups["year"].Success || ClockAfter().IsMatch(text, at.Index + at.Length);
        if (!isDotted)
            return new(at, day, month, isCertain || first > 23 || second > 23, IsClock: true);
        var (isClock, hasStop) = (first <= 23 && at.Groups["b"].Length == 2, at.Groups["stop"].Success);
        // A last full stop ends the sentence as well. Before a dash and another date it does not.
        return new(at, day, month, isCertain || first > 23 || (hasStop && (!isClock || DateAfter().IsMatch(text, at.Index + at.Length))),
            isClock);
    }

    static bool IsOneOfTwoDays(Match at) =>
        !at.Groups["dotted"].Success && (Part(at, "a"), Part(at, "b")) is ( >= 1 and <= 12, >= 1 and <= 12) and var (first, second)
        && first != second;

    static int Part(Match at, string group) => int.Parse(at.Groups[group].Value, CultureInfo.InvariantCulture);

    // "15.00-16.10" and "tomorrow 16.10": beside a time alone, or after a day in words, it can only be a time.
    static bool IsTime(Number number, string text) => number.IsDotted && !number.At.Groups["stop"].Success
        && (ClockRange().IsMatch(text) || DayBefore().IsMatch(text[..number.At.Index]));

    // "24.12. 08.00 - 12.10" ends at a time of that day, or on a day of the next year.
    static bool HasClock(string before, Dictionary<int, Number> dates) => Clock().IsMatch(WordedDate().Replace(
        Numbers().Replace(before, each => dates.ContainsKey(each.Index) ? " " : each.Value), " "));

    static string Question(Number number) => number.IsDotted
        ? $"{number.At.Groups["written"].Value} may be a time or a date, so nothing was noted down. "
            + $"Write {Part(number.At, "a"):00}:{Part(number.At, "b"):00} or {number.Day} {number.Name}."
        : $"{number.At.Groups["slashed"].Value} may be two times or a date, so nothing was noted down. "
            + $"Write {Part(number.At, "a"):00}:00 - {Part(number.At, "b"):00}:00 or {number.Day} {number.Name}.";

    static string Written(Number date) => date.At.Groups["year"] is { Success: true, Value: var year }
        ? $"{(year.Length == 2 ? "20" : "")}{year}-{date.Month:00}-{date.Day:00} "
        : $"{date.Day} {date.Name} ";

    [GeneratedRegex(@"^(?:for |all )?24/0?7[ .,;!?]*$", RegexOptions.CultureInvariant)]
    private static partial Regex AlwaysOrDate();

    // Neither "6.10 pm", "18.10h", "1.5 hours" nor a part of a longer number is one. ".." is the dash of a range.
    [GeneratedRegex(
        @"(?:(?<dotted>(?<![0-9:]|(?<!\.)\.)(?<written>(?<a>[0-9]{1,2})\.(?<b>[0-9]{1,2})(?![0-9]))"
        + @"(?:\.(?<year>(?:20)?[0-9]{2})(?![0-9:]|\.[0-9])|(?!\.[0-9])(?<stop>\.(?:(?!\.)|(?=\.\.)))?))"
        + @"|(?<![0-9.:/])(?<slashed>(?<a>[0-9]{1,2})/(?<b>[0-9]{1,2})(?:/(?<year>20[0-9]{2}))?)(?![0-9/]|\.[0-9]))"
        + @"(?!:[0-9]| ?(?:[ap]\.?m|h|hrs?|hours?|uhr|m|mins?|minutes?|d|days?|w|weeks?)\b) ?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    // A time of the day, or a year, which "24.12. 2026" has. A number that may be a date as well makes nothing certain.
    [GeneratedRegex(
        @"\G(?:(?<= )|[ ,]+)(?:, ?)?(?:(?:at|from) )?(?:noon|midday|midnight|[0-9]{1,2}:[0-9]{2}"
        + @"|[0-9]{1,2}\.(?:00|1[3-9]|[2-5][0-9])(?![0-9])|[0-9]{1,2}(?![0-9./])|[0-9]{4}(?![0-9./]))",
        RegexOptions.CultureInvariant)]
    private static partial Regex ClockAfter();

    [GeneratedRegex(@"\G ?(?:-|\.\.|…|/|to |until |till ) ?(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])(?![0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex DateAfter();

    [GeneratedRegex(
        @"[0-9]{4}-[0-9]{2}-[0-9]{2}|\b[0-9]{1,2}(?:st|nd|rd|th|\.)? ?(?:of )?" + MonthNames.Pattern + @"\b(?:,? 20[0-9]{2}\b)?"
        + @"|\b" + MonthNames.Pattern
        + @"\.? [0-9]{1,2}(?:st|nd|rd|th)?\b(?![.:][0-9])(?:,? 20[0-9]{2}\b)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex WordedDate();

    [GeneratedRegex(
        @"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|\b[0-9]{1,2}(?:st|nd|rd|th|\.)? ?(?:of )?" + MonthNames.Pattern + @"\.?|\b" + MonthNames.Pattern
        + @"\.? [0-9]{1,2}(?:st|nd|rd|th)?|\b(?:today|tomorrow)),? (?:at )?$|\bat $",
        RegexOptions.CultureInvariant)]
    private static partial Regex DayBefore();

    [GeneratedRegex("[0-9]|noon|midday|midnight", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"^(?:from )?(?:" + CertainClock + Between + @"[0-9]{1,2}\.[0-9]{2}|[0-9]{1,2}\.[0-9]{2}" + Between + CertainClock + @")[ .,;!?]*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex ClockRange();

    const string CertainClock = @"(?:0?0\.[0-5][0-9]|(?:[01]?[0-9]|2[0-3])\.(?:00|1[3-9]|[2-5][0-9]))";

    // Between two times alone, a slash is a dash, and nothing else stands in the text that a word could be a part of.
    const string Between = @" ?(?:-|\.\.|…|/|to|until|till) ?";
}
