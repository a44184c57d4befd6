namespace BotDispatch.Files;

/// <summary>Where the text of a list outlives the process.</summary>
internal interface IListCopy
{
    /// <summary>What an earlier process has read last; null if there is nothing, or it was not looked for yet. Returns at once.</summary>
    (string Text, DateTimeOffset ReadAt)? Earlier { get; }

    /// <summary>Keeps the text of a list that was read. Returns at once.</summary>
    void Keep(string text, DateTimeOffset readAt);
}
