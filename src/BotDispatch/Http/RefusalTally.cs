using System.Globalization;

namespace BotDispatch.Http;

/// <summary>
/// Counts the requests that the whole app refuses, and logs them: the first one at once, then all since the last line in one line a minute,
/// also when no further request comes. So a flood costs one counter each and is still visible. Safe for concurrent use.
/// </summary>
internal sealed partial class RefusalTally : IDisposable
{
    /// <summary>The shortest time between two lines.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Endpoints and reasons are our own words, never a sender's. This limit is for a sender's words that somebody adds by mistake.
    const int MostKinds = 64;

    static readonly (string Endpoint, string Reason) Others = ("elsewhere", "for other reasons");

    readonly Lock gate = new();
    readonly Dictionary<(string Endpoint, string Reason), long> since = [];
    readonly ILogger<RefusalTally> log;
    readonly ITimer timer;
    bool isWaiting;

    /// <param name="clock">Real time.</param>
    /// <param name="log">Receives the lines.</param>
    public RefusalTally(TimeProvider clock, ILogger<RefusalTally> log)
    {
        this.log = log;
        // The timer is made here and not with the first refusal, because a timer keeps the execution context in which it is made, which
        // would be that request's.
        timer = clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Counts one request.</summary>
    /// <param name="endpoint">The endpoint, in our words: never the address that the sender wrote.</param>
    /// <param name="reason">Why it was refused, in our words.</param>
    public void Add(string endpoint, string reason)
    {
        string? line;
        lock (gate)
        {
            var kind = since.Count < MostKinds || since.ContainsKey((endpoint, reason)) ? (endpoint, reason) : Others;
            since[kind] = since.GetValueOrDefault(kind) + 1;
            line = isWaiting ? null : Take();
        }
        Write(line);
    }

    /// <summary>Logs what was counted since the last line.</summary>
    public void Dispose()
    {
        Tell();
        timer.Dispose();
    }

    void Tell()
    {
        string? line;
        lock (gate)
            line = Take();
        Write(line);
    }

    // Null if nothing was counted: then the next refusal is logged at once.
    string? Take()
    {
        isWaiting = since.Count > 0;
        if (!isWaiting)
            return null;
        var line = string.Join("; ", since.GroupBy(each => each.Key.Endpoint)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(each => Words(each.Key.Reason, each.Value)))}"));
        since.Clear();
        timer.Change(Interval, Timeout.InfiniteTimeSpan);
        return line;
    }

    void Write(string? line)
    {
        if (line is not null)
            RequestsRefused(log, line);
    }

    static string Words(string reason, long times) =>
        times == 1 ? reason : string.Create(CultureInfo.InvariantCulture, $"{reason} ({times} times)");

    [LoggerMessage(800, LogLevel.Warning, "Requests were refused at {Reasons}. Further ones are counted and logged in a minute")]
    static partial void RequestsRefused(ILogger log, string reasons);
}
