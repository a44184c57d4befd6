using System.Collections.Concurrent;
using BotDispatch.Http;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Keeps what is sent into one conversation, over all its threads, under the limits of Teams. Never waits: says when to come again, and who was told so first is let in first.
/// For one process; nodes that send into the same conversations learn of each other by being throttled.
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

    /// <summary>Asks to send something now; null if it may be, which then counts, else how long to wait before asking again.</summary>
    /// <param name="tenant">Whose conversation.</param>
    /// <param name="conversation">Its id, with a thread or without.</param>
    /// <param name="who">The same each time the same waiter asks, as the thread's root.</param>
    public TimeSpan? NotYet(string tenant, string conversation, string who)
    {
        var now = clock.GetUtcNow();
        Forget(now);
        return Of(tenant, conversation).Ask(who, now);
    }

    /// <summary>Teams itself asked to leave the conversation alone for that long.</summary>
    public void Hold(string tenant, string conversation, TimeSpan after) => Of(tenant, conversation).Hold(clock.GetUtcNow() + after);

    TurnQueue Of(string tenant, string conversation) => turns.GetOrAdd((tenant, TeamsAddress.SplitThread(conversation).Conversation), _ => new(Limits));

    void Forget(DateTimeOffset now)
    {
        if (turns.Count <= ManyConversations)
            return;
        foreach (var idle in turns.Where(each => each.Value.IsIdle(now)))
            turns.TryRemove(idle);
    }
}
