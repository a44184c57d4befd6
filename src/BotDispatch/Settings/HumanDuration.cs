using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BotDispatch.Settings;

/// <summary>Reads and writes durations as people write them: <c>20 s</c>, <c>1.5 h</c>, <c>1 h 30 min</c>, or <c>00:01:30</c>.</summary>
internal static partial class HumanDuration
{
    /// <summary>
    /// Reads a duration. A number without a unit is refused unless it is 0, because .NET would read 20 as twenty days and people mean
    /// seconds.
    /// </summary>
    /// <returns>False if the text is not a duration, or is too long to count.</returns>
    public static bool TryRead(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var written = text.Trim();
        if (written == "0")
            return true;
        if (Clock().IsMatch(written))
            return TimeSpan.TryParse(written, CultureInfo.InvariantCulture, out duration);
        if (!Parts().IsMatch(written))
            return false;
        double seconds = 0;
        foreach (Match part in Part().Matches(written))
            seconds += double.Parse(part.Groups["number"].Value.Replace(',', '.'),
                CultureInfo.InvariantCulture) * SecondsIn(part.Groups["unit"].Value);
        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2)
            return false;
        duration = TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
        return true;
    }

    /// <summary>Whether the text is a number without a unit, which needs a hint of its own.</summary>
    public static bool LacksUnit(string text) => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>Whether the text is two numbers with a colon, which could mean minutes and seconds or hours and minutes.</summary>
    public static bool IsAmbiguous(string text) => TwoNumbers().IsMatch(text.Trim());

    /// <summary>Returns a duration in the notation that <see cref="TryRead"/> reads: <c>20 s</c>, <c>1 min 30 s</c>, <c>8 h</c>.</summary>
    public static string Write(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "0 s";
        var words = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        var rest = duration.Duration();
        foreach (var (value, unit) in (ReadOnlySpan<(int, string)>)[(rest.Days, "d"), (rest.Hours, "h"), (rest.Minutes, "min"),
            (rest.Seconds, "s"), (rest.Milliseconds, "ms")])
            if (value > 0)
                words.Append(CultureInfo.InvariantCulture, $"{value} {unit} ");
        return words.ToString().TrimEnd();
    }

    static double SecondsIn(string unit) => unit.ToUpperInvariant() switch
    {
        "MS" or "MSEC" or "MILLISECOND" or "MILLISECONDS" => 0.001,
        "S" or "SEC" or "SECS" or "SECOND" or "SECONDS" => 1,
        "M" or "MIN" or "MINS" or "MINUTE" or "MINUTES" => 60,
        "H" or "HR" or "HRS" or "HOUR" or "HOURS" => 3600,
        _ => 24 * 3600,
    };

    const string OnePart = @"(?<number>\d{1,9}(?:\.\d{1,6}|,\d{1,2})?)\s*"
        + "(?<unit>ms|msec|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)(?![a-z])";

    [GeneratedRegex(@"^(?:" + OnePart + @"\s*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();

    [GeneratedRegex(OnePart, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex(@"^-?(\d{1,6}\.)?\d{1,2}:\d{1,2}:\d{1,2}(\.\d{1,7})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^\d{1,2}:\d{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex TwoNumbers();
}
