using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// Gives everybody who wants to post in a channel a turn, in the order they asked, no more of them a second than the channel takes. Nobody waits in here: who comes back for
/// their turn gets it. For one process; what several of them post too much, Slack answers with 429.
/// </summary>
/// <remarks>https://docs.slack.dev/apis/web-api/rate-limits: one message per second and channel.</remarks>
internal sealed class PostingPace(IOptions<SlackOptions> options, TimeProvider clock)
{
    const int MostChannels = 5000;

    /// <summary>A turn that nobody comes for so long is lost.</summary>
    static readonly TimeSpan Lapses = TimeSpan.FromSeconds(10);

    /// <summary>Clocks and timers count in milliseconds.</summary>
    static readonly TimeSpan Early = TimeSpan.FromMilliseconds(5);

    readonly Lock gate = new();
    readonly long begin = clock.GetTimestamp();
    readonly Dictionary<(string Installation, string Channel), Turns> channels = [];

    /// <summary>Zero if it is their turn, which is used up by that; else how long it is until then.</summary>
    public TimeSpan Ask(string installation, string channel, string who)
    {
        if (options.Value.MessagesPerSecondPerChannel <= 0)
            return TimeSpan.Zero;
        lock (gate)
        {
            var now = clock.GetElapsedTime(begin);
            var turns = Of(installation, channel, now);
            if (turns.Kept.TryGetValue(who, out var mine) && now - mine <= Lapses)
            {
                if (mine > now + Early)
                    return mine - now;
                turns.Kept.Remove(who);
                return TimeSpan.Zero;
            }
            mine = turns.Free > now ? turns.Free : now;
            turns.Free = mine + TimeSpan.FromSeconds(1 / options.Value.MessagesPerSecondPerChannel);
            turns.Forget(now - Lapses);
            if (mine > now)
                turns.Kept[who] = mine;
            return mine - now;
        }
    }

    Turns Of(string installation, string channel, TimeSpan now)
    {
        if (channels.TryGetValue((installation, channel), out var turns))
            return turns;
        if (channels.Count >= MostChannels)
            foreach (var (idle, _) in channels.Where(each => each.Value.Free < now - Lapses))
                channels.Remove(idle);
        return channels[(installation, channel)] = new();
    }

    sealed class Turns
    {
        /// <summary>The first moment that nobody has.</summary>
        public TimeSpan Free { get; set; }

        /// <summary>Whose turn comes when.</summary>
        public Dictionary<string, TimeSpan> Kept { get; } = [];

        public void Forget(TimeSpan before)
        {
            foreach (var (who, _) in Kept.Where(turn => turn.Value < before))
                Kept.Remove(who);
        }
    }
}
