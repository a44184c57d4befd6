namespace BotDispatch.Chat;

/// <summary>Compares names of chat users as administrators write them.</summary>
internal static class UserIds
{
    /// <summary>Whether an entry means this user: the whole id, or what stands after its last slash. Case does not matter.</summary>
    public static bool Mean(string? entry, string userId) =>
        entry?.Trim() is { Length: > 0 } meant
        && (meant.Equals(userId, StringComparison.OrdinalIgnoreCase)
            || (userId.LastIndexOf('/') is >= 0 and var slash
                && meant.AsSpan().Equals(userId.AsSpan(slash + 1), StringComparison.OrdinalIgnoreCase)));
}
