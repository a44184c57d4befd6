namespace BotDispatch.Http;

/// <summary>
/// Says who may send, and when: inside all limits at once, in the order of asking. It never waits itself, and counts for one process. Safe for many at once.
/// </summary>
/// <param name="limits">Each allows so many within so long, at any time.</param>
internal sealed class TurnQueue(params (int Count, TimeSpan Within)[] limits)
{
    // A waiter who does not come when it is their turn loses it: they may have nothing to send any more.
    static readonly TimeSpan Lapse = TimeSpan.FromSeconds(5);
    const int MostWaiters = 1000;

    readonly TimeSpan longest = limits.Max(limit => limit.Within);
    readonly Lock gate = new();
    // When something was sent that still counts, or will be sent by a reserved turn; oldest first.
    readonly List<DateTimeOffset> sent = [];
    readonly List<(string Who, DateTimeOffset Turn)> waiting = [];
    DateTimeOffset notBefore = DateTimeOffset.MinValue;

    /// <summary>One turn after another, evenly spaced; null for a rate of zero, which is no limit.</summary>
    public static TurnQueue? Even(double perSecond) => perSecond > 0 ? new((1, TimeSpan.FromSeconds(1 / perSecond))) : null;

    /// <summary>Reserves the next free turn and returns it: it counts from now on, whether it is used or not, and nobody moves it.</summary>
    public DateTimeOffset Reserve(DateTimeOffset now)
    {
        lock (gate)
        {
            Clean(now);
            var turn = TurnOf(waiting.Count, now);
            sent.Add(turn);
            return turn;
        }
    }

    /// <summary>Null if <paramref name="who"/> may send now, which then counts; else how long until it is their turn. Turns move up when a waiter does not come.</summary>
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

    /// <summary>The server asks to be left alone until then. Of two such wishes the later one counts.</summary>
    public void Hold(DateTimeOffset until)
    {
        lock (gate)
            notBefore = until > notBefore ? until : notBefore;
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

    // The turn of a waiter with so many ahead, if all of those send as soon as they can.
    DateTimeOffset TurnOf(int place, DateTimeOffset now)
    {
        var ahead = new List<DateTimeOffset>(place);
        while (true)
        {
            var next = notBefore > now ? notBefore : now;
            foreach (var (count, within) in limits)
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
        sent.RemoveRange(0, sent.FindIndex(moment => moment + longest > now) is >= 0 and var first ? first : sent.Count);
        waiting.RemoveAll(each => each.Turn + Lapse < now);
    }
}
