using System.Globalization;

namespace BotDispatch.Http;

/// <summary>
/// Counts the requests that the whole app refuses, and tells them in the log: the first at once, then all since the last line in one line a minute, also where no
/// further one comes. So a flood costs one counter each, and still cannot hide. Safe for many at once.
/// </summary>
internal sealed partial class RefusalTally : IDisposable
{
    /// <summary>How long it is from one line to the next, at least.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Endpoints and reasons are ours, never a sender's words; this is for the one that somebody adds by mistake.
    const int MostKinds = 64;

    static readonly (string Endpoint, string Reason) Others = ("elsewhere", "for other reasons");

    readonly Lock gate = new();
    readonly Dictionary<(string Endpoint, string Reason), long> since = [];
    readonly ILogger<RefusalTally> log;
    readonly ITimer timer;
    bool isWaiting;

    /// <param name="clock">Real time.</param>
    /// <param name="log">Where the lines go.</param>
    public RefusalTally(TimeProvider clock, ILogger<RefusalTally> log)
    {
        this.log = log;
        // Made here and not with the first refusal: a timer keeps what surrounds its making, which would be that request.
        timer = clock.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Counts one request.</summary>
    /// <param name="endpoint">Where it was sent, as we call that place: never the address that the sender wrote.</param>
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

    /// <summary>Tells what was not told yet.</summary>
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

    // Null if nothing was counted: then the next one is told at once.
    string? Take()
    {
        isWaiting = since.Count > 0;
        if (!isWaiting)
            return null;
        var line = string.Join("; ", since.GroupBy(each => each.Key.Endpoint).Select(group => $"{group.Key}: {string.Join(", ", group.Select(each => Words(each.Key.Reason, each.Value)))}"));
        since.Clear();
        timer.Change(Interval, Timeout.InfiniteTimeSpan);
        return line;
    }

    void Write(string? line)
    {
        if (line is not null)
            RequestsRefused(log, line);
    }

    static string Words(string reason, long times) => times == 1 ? reason : string.Create(CultureInfo.InvariantCulture, $"{reason} ({times} times)");

    [LoggerMessage(800, LogLevel.Warning, "Requests were refused at {Reasons}. Further ones are counted and told in a minute")]
    static partial void RequestsRefused(ILogger log, string reasons);
}
