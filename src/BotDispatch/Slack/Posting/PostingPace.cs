using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// Gives everybody who wants to post in a channel a turn, in the order of asking, and no more turns a second than the channel accepts.
/// Nobody waits in here: a waiter comes back at their turn. It counts for one process; if several processes post too much together, Slack
/// answers with 429.
/// </summary>
/// <remarks>https://docs.slack.dev/apis/web-api/rate-limits: one message per second and channel.</remarks>
internal sealed class PostingPace(IOptions<SlackOptions> options, TimeProvider clock)
{
    const int MostChannels = 5000;

    /// <summary>A reserved turn expires if it is not used for this long.</summary>
    static readonly TimeSpan Lapse = TimeSpan.FromSeconds(10);

    /// <summary>Clocks and timers count in milliseconds, so a waiter may come this early.</summary>
    static readonly TimeSpan Early = TimeSpan.FromMilliseconds(5);

    readonly Lock gate = new();
    readonly Dictionary<(string Installation, string Channel), ChannelTurns> channels = [];

    /// <summary>Returns zero if it is their turn, which is then used up; otherwise how long until their turn.</summary>
    public TimeSpan Ask(string installation, string channel, string who)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            return Of(installation, channel, now)?.Ask(who, now) ?? TimeSpan.Zero;
        }
    }

    // Null where there is no limit.
    ChannelTurns? Of(string installation, string channel, DateTimeOffset now)
    {
        if (channels.TryGetValue((installation, channel), out var turns))
            return turns;
        if (TurnQueue.Even(options.Value.MessagesPerSecondPerChannel) is not { } queue)
            return null;
        if (channels.Count >= MostChannels)
            foreach (var (idle, _) in channels.Where(each => each.Value.IsIdle(now)))
                channels.Remove(idle);
        return channels[(installation, channel)] = new(queue);
    }

    sealed class ChannelTurns(TurnQueue queue)
    {
        readonly Dictionary<string, DateTimeOffset> reserved = [];

        public TimeSpan Ask(string who, DateTimeOffset now)
        {
            if (reserved.TryGetValue(who, out var mine) && now - mine <= Lapse)
            {
                if (mine > now + Early)
                    return mine - now;
                reserved.Remove(who);
                return TimeSpan.Zero;
            }
            mine = queue.Reserve(now);
            foreach (var (other, _) in reserved.Where(turn => turn.Value < now - Lapse))
                reserved.Remove(other);
            if (mine > now)
                reserved[who] = mine;
            return mine - now;
        }

        public bool IsIdle(DateTimeOffset now) => queue.IsIdle(now - Lapse);
    }
}
