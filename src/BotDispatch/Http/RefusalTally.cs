using System.Globalization;

namespace BotDispatch.Http;

/// <summary>
/// Counts requests that were refused, and says when a log line is due: at once for the first, then at most one in a minute, for all since the last one.
/// So a flood costs one counter each, and still cannot hide.
/// </summary>
internal sealed class RefusalTally(TimeProvider clock)
{
    /// <summary>How often a line is written at most.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Reasons are ours, never a sender's words; this is for the one that somebody adds by mistake.
    const int MostReasons = 32;

    readonly Lock gate = new();
    readonly Dictionary<string, long> since = [];
    long? last;

    /// <summary>Counts one; what to write now, as "reason (times), …", or null if it is not time.</summary>
    public string? Add(string reason)
    {
        lock (gate)
        {
            if (since.Count < MostReasons || since.ContainsKey(reason))
                since[reason] = since.GetValueOrDefault(reason) + 1;
            if (last is { } before && clock.GetElapsedTime(before) < Interval)
                return null;
            last = clock.GetTimestamp();
            var line = string.Join(", ", since.Select(each => each.Value == 1 ? each.Key : string.Create(CultureInfo.InvariantCulture, $"{each.Key} ({each.Value} times)")));
            since.Clear();
            return line;
        }
    }
}
