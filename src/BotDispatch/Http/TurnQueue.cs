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
    // The moments of sent messages that still count; oldest first.
    readonly List<DateTimeOffset> sent = [];
    // The reserved turns that are still to come; soonest first. Those of waiters may stand between them.
    readonly List<DateTimeOffset> reserved = [];
    readonly List<(string Who, DateTimeOffset Turn)> waiting = [];
    DateTimeOffset notBefore = DateTimeOffset.MinValue;

    /// <summary>Returns a queue of evenly spaced turns; null for a rate of zero, which means no limit.</summary>
    public static TurnQueue? Even(double perSecond) => perSecond > 0 ? new((1, TimeSpan.FromSeconds(1 / perSecond))) : null;

    /// <summary>
    /// Reserves a turn for a message that is sent again, and returns it: after the first waiter, whose moment has nearly come, and before
    /// all others, who asked later. It counts from now on, whether it is used or not, and nobody moves it.
    /// </summary>
    public DateTimeOffset Reserve(DateTimeOffset now)
    {
        lock (gate)
        {
            Clean(now);
            var turn = TurnOf(Math.Min(waiting.Count, 1), now);
            var later = reserved.FindIndex(each => each > turn);
            reserved.Insert(later < 0 ? reserved.Count : later, turn);
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

    /// <summary>Whether this waiter has a place. One who does not come in time loses it.</summary>
    public bool IsWaiting(string who, DateTimeOffset now)
    {
        lock (gate)
        {
            Clean(now);
            return waiting.Exists(each => each.Who == who);
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
            return sent.Count == 0 && reserved.Count == 0 && waiting.Count == 0 && notBefore <= now;
        }
    }

    // Returns the turn of a waiter with this many ahead, if all of those send as soon as they can. Reserved turns stay where they are.
    DateTimeOffset TurnOf(int place, DateTimeOffset now)
    {
        var ahead = new List<DateTimeOffset>(place);
        var nextReserved = 0;
        while (true)
        {
            var next = NextAfter(ahead, now);
            for (; nextReserved < reserved.Count && !LeavesReserved(ahead, next, nextReserved, now); next = NextAfter(ahead, now))
                ahead.Add(reserved[nextReserved++]);
            if (place-- == 0)
                return next;
            ahead.Add(next);
        }
    }

    // Whether a message at that moment leaves all reserved turns from this one on within the limits.
    bool LeavesReserved(List<DateTimeOffset> ahead, DateTimeOffset moment, int from, DateTimeOffset now)
    {
        if (reserved[from] <= moment)
            return false;
        List<DateTimeOffset> then = [.. ahead, moment];
        for (var n = from; n < reserved.Count; n++)
        {
            if (NextAfter(then, now) > reserved[n])
                return false;
            then.Add(reserved[n]);
        }
        return true;
    }

    DateTimeOffset NextAfter(List<DateTimeOffset> ahead, DateTimeOffset now)
    {
        var next = notBefore > now ? notBefore : now;
        foreach (var (count, within) in limits)
        {
            if (NthLast(count, ahead) is { } before && before + within > next)
                next = before + within;
        }
        return next;
    }

    DateTimeOffset? NthLast(int n, List<DateTimeOffset> ahead) =>
        n <= ahead.Count ? ahead[^n] : n - ahead.Count <= sent.Count ? sent[^(n - ahead.Count)] : null;

    void Clean(DateTimeOffset now)
    {
        var come = reserved.FindIndex(turn => turn > now) is >= 0 and var coming ? coming : reserved.Count;
        sent.AddRange(reserved[..come]);
        reserved.RemoveRange(0, come);
        sent.RemoveRange(0, sent.FindIndex(moment => moment + longest > now) is >= 0 and var first ? first : sent.Count);
        waiting.RemoveAll(each => each.Turn + Lapse < now);
    }
}
