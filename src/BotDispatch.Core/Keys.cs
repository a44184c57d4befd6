namespace BotDispatch.Core;

/// <summary>Reads what was pressed. The provider reports all tones of a call each time, and on some networks starts anew after a new prompt.</summary>
public static class Keys
{
    /// <summary>What is new in <paramref name="tones"/> after <paramref name="seen"/>: the rest where they continue it, all of them where they do not.</summary>
    public static string Fresh(string seen, string tones) => tones.StartsWith(seen, StringComparison.Ordinal) ? tones[seen.Length..] : tones;

    /// <summary>The first key of some that means something; <see cref="Key.Wrong"/> if none does.</summary>
    public static Key First(string tones)
    {
        foreach (var tone in tones)
            if (tone is '1' or '2')
                return tone is '1' ? Key.Accept : Key.Reject;
        return Key.Wrong;
    }
}
