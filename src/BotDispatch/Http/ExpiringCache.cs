namespace BotDispatch.Http;

/// <summary>
/// Remembers values for a while, and a bounded number of them. When it is full, it forgets expired values; if none has expired, it forgets
/// everything, so that no entry can stay for ever. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Microsoft.Extensions.Caching.Memory 10 does not fit: at its size limit it drops the new entry instead of an old one, and makes room on
/// another thread at some later time.
/// </remarks>
/// <param name="capacity">How many values are remembered at most.</param>
/// <param name="lifetime">How long each is remembered.</param>
/// <param name="clock">Decides when that time is over.</param>
internal sealed class ExpiringCache<TKey, TValue>(int capacity, TimeSpan lifetime, TimeProvider clock) where TKey : notnull
{
    readonly Lock gate = new();
    readonly Dictionary<TKey, (TValue Value, DateTimeOffset Until)> entries = [];

    /// <summary>Returns whether a value is remembered, and the value.</summary>
    public bool TryGet(TKey key, out TValue value) => Find(key, isRemoved: false, out value);

    /// <summary>Returns whether a value is remembered, and the value, and forgets it.</summary>
    public bool TryRemove(TKey key, out TValue value) => Find(key, isRemoved: true, out value);

    /// <summary>Remembers this value in place of any other, and returns it.</summary>
    public TValue Set(TKey key, TValue value)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (entries.Count >= capacity)
                foreach (var (old, (_, until)) in entries)
                    if (until <= now)
                        entries.Remove(old);
            if (entries.Count >= capacity)
                entries.Clear();
            entries[key] = (value, now + lifetime);
        }
        return value;
    }

    bool Find(TKey key, bool isRemoved, out TValue value)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            var isFound = entries.TryGetValue(key, out var entry) && entry.Until > now;
            if (isFound && isRemoved)
                entries.Remove(key);
            value = isFound ? entry.Value : default!;
            return isFound;
        }
    }
}
