using System.Globalization;

namespace BotDispatch.Chat;

/// <summary>Writes durations and counts in words.</summary>
internal static class Durations
{
    /// <summary>Returns a duration such as <c>20 seconds</c>, <c>2 minutes</c> or <c>1 hour 30 minutes</c>.</summary>
    public static string InWords(TimeSpan time)
    {
        var rounded = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero));
        var parts = new[]
        {
            Counted((int)rounded.TotalHours, "hour"),
            Counted(rounded.Minutes, "minute"),
            Counted(rounded.Seconds, "second"),
        }.OfType<string>().ToList();
        return parts.Count == 0 ? "0 seconds" : string.Join(' ', parts);
    }

    /// <summary>Returns a count such as <c>once</c>, <c>twice</c> or <c>3 times</c>.</summary>
    public static string Times(int count) => count switch
    {
        1 => "once",
        2 => "twice",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} times"),
    };

    static string? Counted(int count, string unit) => count switch
    {
        0 => null,
        1 => $"1 {unit}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}s"),
    };
}
