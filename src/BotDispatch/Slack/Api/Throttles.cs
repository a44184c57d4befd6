using System.Collections.Concurrent;

namespace BotDispatch.Slack.Api;

/// <summary>Until when Slack does not want to hear of a method in an installation. Other methods and installations go on.</summary>
/// <remarks>https://docs.slack.dev/apis/web-api/rate-limits: limits are per method and workspace.</remarks>
internal sealed class Throttles(TimeProvider clock)
{
    readonly ConcurrentDictionary<(string Installation, string Method), DateTimeOffset> until = new();

    /// <summary>How much of the wait is left; null if there is none.</summary>
    public TimeSpan? LeftOf(string installation, string method)
    {
        if (!until.TryGetValue((installation, method), out var end))
            return null;
        var left = end - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
            return left;
        until.TryRemove(new((installation, method), end));
        return null;
    }

    /// <summary>Slack asks to wait. Of two wishes the later end counts.</summary>
    public void Wait(string installation, string method, TimeSpan after)
    {
        var end = clock.GetUtcNow() + after;
        until.AddOrUpdate((installation, method), end, (_, before) => before > end ? before : end);
    }
}
