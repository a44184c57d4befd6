namespace BotDispatch.Teams.Connector;

/// <summary>Who may send into one conversation, and when: inside all limits at once, in the order of asking.</summary>
internal sealed class Turns
{
    static readonly (int Count, TimeSpan Within)[] Limits =
    [
        (7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1)),
    ];
    // Whoever does not come when it is their turn loses it: they may have nothing to send any more.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    const int MostWaiters = 1000;

    readonly Lock gate = new();
    // The moments of what was sent and still counts, oldest first.
    readonly List<DateTimeOffset> sent = [];
    readonly List<(string Who, DateTimeOffset Turn)> waiting = [];
    DateTimeOffset notBefore = DateTimeOffset.MinValue;

    /// <summary>Null if <paramref name="who"/> may send now, which then counts; else how long until it is their turn.</summary>
    public TimeSpan? Ask(string who, DateTimeOffset now)
    {
        lock (gate)
        {
            Clean(now);
            var place = waiting.FindIndex(each => each.Who == who) is >= 0 and var known ? known : waiting.Count;
            var turn = TurnOf(place, now);
            if (turn > now)
            {
                if (place < waiting.Count)
                    waiting[place] = (who, turn);
                else if (place < MostWaiters)
                    waiting.Add((who, turn));
                return turn - now;
            }
            if (place < waiting.Count)
                waiting.RemoveAt(place);
            sent.Add(now);
            return null;
        }
    }

    public void Hold(DateTimeOffset until)
    {
        lock (gate) notBefore = until > notBefore ? until : notBefore;
    }

    /// <summary>Nothing is remembered that could still matter.</summary>
    public bool IsIdle(DateTimeOffset now)
    {
        lock (gate)
        {
            Clean(now);
            return sent.Count == 0 && waiting.Count == 0 && notBefore <= now;
        }
    }

    // When whoever has so many before them can send, if all of those send as soon as they can.
    DateTimeOffset TurnOf(int place, DateTimeOffset now)
    {
        var ahead = new List<DateTimeOffset>(place);
        while (true)
        {
            var next = notBefore > now ? notBefore : now;
            foreach (var (count, within) in Limits)
            {
                if (NthLast(count, ahead) is { } before && before + within > next)
                    next = before + within;
            }
            if (ahead.Count == place)
                return next;
            ahead.Add(next);
        }
    }

    DateTimeOffset? NthLast(int n, List<DateTimeOffset> ahead) =>
        n <= ahead.Count ? ahead[^n] : n - ahead.Count <= sent.Count ? sent[^(n - ahead.Count)] : null;

    void Clean(DateTimeOffset now)
    {
        sent.RemoveRange(0, sent.FindIndex(moment => moment + Limits[^1].Within > now) is >= 0 and var first ? first : sent.Count);
        waiting.RemoveAll(each => each.Turn + Patience < now);
    }
}
