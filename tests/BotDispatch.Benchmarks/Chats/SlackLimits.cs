using System.Diagnostics;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>Slack's documented limits: one message a second in a channel, and some fifty updates a minute in a workspace.</summary>
/// <remarks>
/// https://docs.slack.dev/apis/web-api/rate-limits: <c>chat.postMessage</c> has a limit of its own, <c>chat.update</c> is in tier 3.
/// </remarks>
internal sealed class SlackLimits
{
    const int UpdatesPerMinute = 50;

    readonly Lock gate = new();
    readonly Dictionary<string, long> posted = [];
    readonly Queue<long> updated = new();

    /// <summary>How many calls were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>After how many seconds Slack wants to be asked again; null if it accepts the call.</summary>
    public int? Wait(string method, string channel)
    {
        lock (gate)
        {
            var wait = method switch
            {
                "chat.postMessage" => OfPost(channel),
                "chat.update" => OfUpdate(),
                _ => null,
            };
            Refused += wait is null ? 0 : 1;
            return wait;
        }
    }

    int? OfPost(string channel)
    {
        if (posted.TryGetValue(channel, out var last) && Stopwatch.GetElapsedTime(last) < TimeSpan.FromSeconds(1))
            return 1;
        posted[channel] = Stopwatch.GetTimestamp();
        return null;
    }

    int? OfUpdate()
    {
        while (updated.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest) > TimeSpan.FromMinutes(1))
            updated.Dequeue();
        if (updated.Count >= UpdatesPerMinute)
            return Math.Max(1, (int)Math.Ceiling(60 - Stopwatch.GetElapsedTime(updated.Peek()).TotalSeconds));
        updated.Enqueue(Stopwatch.GetTimestamp());
        return null;
    }
}
