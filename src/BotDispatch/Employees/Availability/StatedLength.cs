using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>
/// Understands how long somebody says that something lasts: <c>for 2 hours</c>, <c>1h 30m</c>, <c>an hour and a half</c>.
/// </summary>
internal static partial class StatedLength
{
    static readonly ImmutableArray<string> NumberWords =
        ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>Returns the length; null if the text, in small letters, is none, or is not one for certain.</summary>
    public static Period? Read(string text)
    {
        // "18h" may be a time of the day as well.
        if (For().Match(text) is not { Success: true } length || HourOfTheDay().IsMatch(text))
            return null;
        if (length.Groups["half"].Success)
            return Period.FromMinutes(30);
        var (all, last) = (Period.Zero, 'm');
        foreach (var (n, unit) in length.Groups["n"].Captures.Zip(length.Groups["unit"].Captures))
        {
            last = unit.Value[0];
            if (Part(n.Value, last) is not { } part)
                return null;
            all += part;
        }
        if (length.Groups["more"].Success)
        {
            if (last is not ('d' or 'h'))
                return null;
            all += last is 'd' ? Period.FromHours(12) : Period.FromMinutes(30);
        }
        return all.Equals(Period.Zero) ? null : all;
    }

    static Period? Part(string n, char unit)
    {
        var isHalf = n.Length > 2 && n[^2] is '.' or ',';
        var count = int.TryParse(isHalf ? n[..^2] : n, CultureInfo.InvariantCulture, out var number) ? number
            : Math.Max(1, NumberWords.IndexOf(n));
        return (unit, isHalf) switch
        {
            ('w', false) => Period.FromWeeks(count),
            ('d', false) => Period.FromDays(count),
            ('d', true) => Period.FromDays(count) + Period.FromHours(12),
            ('h', false) => Period.FromHours(count),
            ('h', true) => Period.FromHours(count) + Period.FromMinutes(30),
            ('m', false) => Period.FromMinutes(count),
            _ => null,
        };
    }

    [GeneratedRegex("^(?:1[3-9]|2[0-4])h$", RegexOptions.CultureInvariant)]
    private static partial Regex HourOfTheDay();

    [GeneratedRegex(
        "^(?:for )?(?:(?<half>half an hour)"
        + "|(?:(?<n>[0-9]{1,4}(?:[.,]5)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
        + " ?(?<unit>minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)(?:,? and (?=[0-9aeonstf])|,? ?(?=[0-9]))?)+(?<more> and a half)?)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex For();
}
