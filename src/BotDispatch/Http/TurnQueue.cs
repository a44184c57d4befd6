namespace BotDispatch.Http;

/// <summary>
/// Decides who may send, and when: within all limits at once, in the order of asking. It never waits itself, and counts for one process.
/// Safe for concurrent use.
/// </summary>
/// <param name="limits">Each limit allows so many within so long, at any time.</param>
internal sealed class TurnQueue(params (int Count, TimeSpan Within)[] limits)
{
    // A waiter who does not come in time loses their turn: they may have nothing to send any more.
    static readonly TimeSpan Lapse = TimeSpan.FromSeconds(5);
    const int MostWaiters = 1000;

    readonly TimeSpan longest = limits.Max(limit => limit.Within);
    readonly Lock gate = new();
    // The moments of sent messages that still count, and of reserved turns; oldest first.
    readonly List<DateTimeOffset> sent = [];
    readonly List<(string Who, DateTimeOffset Turn)> waiting = [];
    DateTimeOffset notBefore = DateTimeOffset.MinValue;

    /// <summary>Returns a queue of evenly spaced turns; null for a rate of zero, which means no limit.</summary>
    public static TurnQueue? Even(double perSecond) => perSecond > 0 ? new((1, TimeSpan.FromSeconds(1 / perSecond))) : null;

    /// <summary>
    /// Reserves the next free turn and returns it. It counts from now on, whether it is used or not, and nobody moves it.
    /// </summary>
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

    /// <summary>
    /// Returns null if <paramref name="who"/> may send now, which then counts; otherwise how long until their turn. Turns move up when a
    /// waiter does not come.
    /// </summary>
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

    /// <summary>Gives up the place of a waiter who has nothing to send any more, so that those behind move up.</summary>
    public void Leave(string who)
    {
        lock (gate)
            waiting.RemoveAll(each => each.Who == who);
    }

    /// <summary>Notes that the server asks us to send nothing until then. If it asks twice, the later moment counts.</summary>
    public void Hold(DateTimeOffset until)
    {
        lock (gate)
            notBefore = until > notBefore ? until : notBefore;
    }

    /// <summary>Whether the queue remembers nothing that could still matter.</summary>
    public bool IsIdle(DateTimeOffset now)
    {
        lock (gate)
        {
            Clean(now);
            return sent.Count == 0 && waiting.Count == 0 && notBefore <= now;
        }
    }

    // Returns the turn of a waiter with this many ahead, if all of those send as soon as they can.
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
