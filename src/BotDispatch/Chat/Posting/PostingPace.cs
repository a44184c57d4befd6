using System.Collections.Concurrent;
using BotDispatch.Http;

namespace BotDispatch.Chat;

/// <summary>
/// Keeps the messages to each place of one chat within the limits of that chat, in the order of asking. It never waits: it says when to
/// come again. It counts for one process; if several processes post too much together, the chat itself throttles them.
/// </summary>
/// <param name="clock">Real time.</param>
/// <param name="limits">The limits for one place: so many messages within so long. Without any, everything may be sent at once.</param>
internal sealed class PostingPace(TimeProvider clock, params (int Count, TimeSpan Within)[] limits)
{
    const int ManyPlaces = 1000;

    readonly ConcurrentDictionary<(string Tenant, string Place), TurnQueue> turns = new();

    /// <summary>Returns a pace of evenly spaced messages; zero means no limit.</summary>
    public static PostingPace Even(TimeProvider clock, double perSecond) =>
        perSecond > 0 ? new(clock, (1, TimeSpan.FromSeconds(1 / perSecond))) : new(clock);

    /// <summary>
    /// Asks to send a message now. Returns null if it may be sent, which then counts; otherwise how long to wait before asking again, in
    /// whole milliseconds, because that is what timers and stored moments count in.
    /// </summary>
    /// <param name="tenant">The tenant of the place.</param>
    /// <param name="place">The channel or conversation. Its threads count together.</param>
    /// <param name="who">Names the waiter, the same each time, such as the thread's first message.</param>
    public TimeSpan? NotYet(string tenant, string place, string who)
    {
        if (limits.Length == 0)
            return null;
        var now = clock.GetUtcNow();
        return Of(tenant, place, now).Ask(who, now) is { } wait ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : null;
    }

    /// <summary>Notes that the chat itself asked us not to use the place for that long.</summary>
    public void Hold(string tenant, string place, TimeSpan after)
    {
        var now = clock.GetUtcNow();
        if (limits.Length > 0)
            Of(tenant, place, now).Hold(now + after);
    }

    TurnQueue Of(string tenant, string place, DateTimeOffset now)
    {
        if (turns.Count > ManyPlaces && !turns.ContainsKey((tenant, place)))
            foreach (var idle in turns.Where(each => each.Value.IsIdle(now)))
                turns.TryRemove(idle);
        return turns.GetOrAdd((tenant, place), _ => new(limits));
    }
}
