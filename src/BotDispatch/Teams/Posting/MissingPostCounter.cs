using System.Collections.Concurrent;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Counts how often, one time after the other, a conversation does not know any more what was posted there. A place that takes cards and never knows them
/// again, or lets nobody reply to them, would make an endless row of them.
/// </summary>
internal sealed class MissingPostCounter
{
    const int Most = 3;

    readonly ConcurrentDictionary<(string Tenant, string Conversation), int> counts = new();

    /// <summary>It happened again. Whether it has happened too often to post another card.</summary>
    public bool IsTooOften(Place place) => counts.AddOrUpdate((place.Tenant, place.Conversation), 1, (_, count) => count + 1) > Most;

    /// <summary>The place knows what was posted there.</summary>
    public void Over(Place place) => counts.TryRemove((place.Tenant, place.Conversation), out _);
}
