using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>
/// Decides what follows when a chat does not accept a message, where that is the same in every chat. What an administrator must repair is
/// logged once, and tried again until they have. Safe for concurrent use.
/// </summary>
internal sealed class PostingTrouble
{
    /// <summary>When to try again after a failed connection. The pause grows with every try.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    static readonly TimeSpan UntilRepaired = TimeSpan.FromMinutes(5);
    static readonly TimeSpan UntilUnderstood = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, string> logged = new();

    /// <summary>Notes that the app may post there again.</summary>
    public void Worked(string tenant) => logged.TryRemove(tenant, out _);

    /// <summary>Returns what follows if an administrator must repair it. Calls <paramref name="log"/> if the reason is new there.</summary>
    public Posted.TryLater Repairable(string tenant, string code, Action log)
    {
        if (!logged.TryGetValue(tenant, out var last) || last != code)
            log();
        logged[tenant] = code;
        return new(code, UntilRepaired);
    }

    /// <summary>Returns what follows from an answer that we do not understand.</summary>
    public static Posted.TryLater NotUnderstood(string code) => new(code, UntilUnderstood);

    /// <summary>
    /// If a place refuses a card, the dispatch is followed in the bot's own chat with the person who asked. A mirror is not: they see the
    /// first thread. Nor can a person of another chat be written to here.
    /// </summary>
    /// <param name="card">The card that was refused.</param>
    /// <param name="platform">The chat that refused it.</param>
    /// <param name="isPersonal">The place that refused it is already that chat.</param>
    /// <param name="because">Why it was refused.</param>
    /// <param name="post">Posts the card to the person who asked.</param>
    public static async Task<Posted> FollowElsewhereAsync(
        DispatchCard card, string platform, bool isPersonal, string because, Func<Task<Posted>> post)
    {
        if (card.Thread > 0 || card.AskedBy.Platform != platform || isPersonal)
            return new Posted.Refused(because);
        return await post() is var direct && direct is Posted.Gone(var there)
            ? new Posted.Refused($"{because}; nor can we write to the person who asked: {there}")
            : direct;
    }
}

/// <summary>
/// Counts how often, in a row, a place does not know what was posted there. A place that accepts messages and never knows them again, or
/// lets nobody reply to them, would otherwise get an endless row of cards. Safe for concurrent use.
/// </summary>
internal sealed class MissingPostCounter
{
    const int Most = 3;

    readonly ConcurrentDictionary<(string Tenant, string Place), int> counts = new();

    /// <summary>Notes that it happened again. Returns whether it has happened too often to post another card.</summary>
    public bool IsTooOften(string tenant, string place) => counts.AddOrUpdate((tenant, place), 1, (_, count) => count + 1) > Most;

    /// <summary>Notes that the place knows what was posted there.</summary>
    public void Over(string tenant, string place) => counts.TryRemove((tenant, place), out _);
}
