using System.Collections.Concurrent;
using BotDispatch.Http;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Keeps the messages to one conversation, with all its threads, within the limits of Teams. It never waits: it says when to come again,
/// and the first in line goes first. It counts for one process; nodes that write to the same conversations notice each other when Teams
/// throttles them.
/// </summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, "Per bot per thread limit"</remarks>
internal sealed class PostingPace(TimeProvider clock)
{
    static readonly (int Count, TimeSpan Within)[] Limits =
    [
        (7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1)),
    ];
    const int ManyConversations = 1000;

    readonly ConcurrentDictionary<(string Tenant, string Conversation), TurnQueue> turns = new();

    /// <summary>
    /// Asks to send a message now. Returns null if it may be sent, which then counts; otherwise how long to wait before asking again.
    /// </summary>
    /// <param name="tenant">The tenant of the conversation.</param>
    /// <param name="conversation">Its id, with a thread or without.</param>
    /// <param name="who">Names the waiter, the same each time, such as the thread's root.</param>
    public TimeSpan? NotYet(string tenant, string conversation, string who)
    {
        var now = clock.GetUtcNow();
        Forget(now);
        return Of(tenant, conversation).Ask(who, now);
    }

    /// <summary>Notes that Teams itself asked us not to use the conversation for that long.</summary>
    public void Hold(string tenant, string conversation, TimeSpan after) => Of(tenant, conversation).Hold(clock.GetUtcNow() + after);

    TurnQueue Of(string tenant, string conversation) =>
        turns.GetOrAdd((tenant, TeamsAddress.SplitThread(conversation).Conversation), _ => new(Limits));

    void Forget(DateTimeOffset now)
    {
        if (turns.Count <= ManyConversations)
            return;
        foreach (var idle in turns.Where(each => each.Value.IsIdle(now)))
            turns.TryRemove(idle);
    }
}
