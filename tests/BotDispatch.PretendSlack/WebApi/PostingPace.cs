using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>One message per second and channel, with a short burst after a pause.</summary>
/// <remarks>https://docs.slack.dev/apis/web-api/rate-limits</remarks>
internal sealed class PostingPace(TimeProvider clock, Disorder disorder)
{
    readonly Dictionary<(string, string), (double Left, DateTimeOffset At)> buckets = [];

    /// <summary>The seconds to wait; null if it may be posted now, which is counted.</summary>
    public int? Refuses(Workspace team, string? channel)
    {
        if (disorder.PostsPerSecondPerChannel <= 0) return null;
        var (key, now) = ((team.Id, channel ?? ""), clock.GetUtcNow());
        var (left, at) = buckets.GetValueOrDefault(key, (disorder.PostBurst, now));
        left = Math.Min(disorder.PostBurst, left + (now - at).TotalSeconds * disorder.PostsPerSecondPerChannel);
        // A second is a second, also where it was counted in fractions.
        var may = left > 1 - 1e-6;
        buckets[key] = (may ? left - 1 : left, now);
        return may ? null : (int)Math.Ceiling((1 - left) / disorder.PostsPerSecondPerChannel - 1e-6);
    }
}
