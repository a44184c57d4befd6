namespace BotDispatch.Chat;

/// <summary>The words for people who cannot be found while a source of people cannot be read. They may be in that source.</summary>
internal static class UnreadText
{
    const int MostTrouble = 300;

    /// <summary>Words that follow a sentence about somebody who is not found; empty if every source can be read.</summary>
    /// <param name="troubles">A sentence for each source that cannot be read now.</param>
    public static string Of(IReadOnlyList<string> troubles) => troubles.Count == 0 ? ""
        : $" People may be missing at this moment, because not all sources of people can be read. ⚠ {First(troubles)}";

    /// <summary>Says why there is nobody to choose from: the directory is empty, or it cannot be read.</summary>
    public static string Nobody(IReadOnlyList<string> troubles) => troubles.Count == 0 ? ReplyText.NobodyInDirectory
        : "The employee directory cannot be read, so nobody is known who could be phoned. Try again in a moment, or have an administrator "
            + $"correct it. ⚠ {First(troubles)}";

    static string First(IReadOnlyList<string> troubles) => PlainWords.Shortened(PlainWords.OneLine(troubles[0]), MostTrouble)
        + (troubles.Count == 1 ? "" : $" And {troubles.Count - 1} more: /dispatch list");
}
