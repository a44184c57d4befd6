namespace BotDispatch.Core;

/// <summary>
/// Reads pressed keys. The provider reports all tones of a call each time, and on some networks starts again after a new prompt.
/// </summary>
public static class Keys
{
    /// <summary>
    /// Returns the new keys in <paramref name="tones"/>: the rest if they continue <paramref name="seen"/>, otherwise all of them.
    /// </summary>
    public static string Fresh(string seen, string tones) =>
        tones.StartsWith(seen, StringComparison.Ordinal) ? tones[seen.Length..] : tones;

    /// <summary>Returns the first key with a meaning; <see cref="Key.Wrong"/> if there is none.</summary>
    public static Key First(string tones)
    {
        foreach (var tone in tones)
            if (tone is '1' or '2')
                return tone is '1' ? Key.Accept : Key.Reject;
        return Key.Wrong;
    }
}
