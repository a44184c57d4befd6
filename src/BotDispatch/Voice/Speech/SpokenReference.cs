using System.Text;

namespace BotDispatch.Voice.Speech;

/// <summary>
/// Spells a ticket's reference sign by sign, with a pause after each, so that a listener can write it down: <c>INC-1042</c> becomes "I. N.
/// C. 1. 0. 4. 2."
/// </summary>
internal static class SpokenReference
{
    // Longer references are ids for machines. Nobody can follow them, and they would use the time that the job needs.
    const int LongestSpelled = 24;

    const int LongestRead = 200;

    /// <summary>Returns the spelled reference; empty if it contains nothing to write down.</summary>
    public static string Of(string reference, IReadOnlyDictionary<string, string> pronunciations)
    {
        if (reference.Length > LongestRead)
            return "";
        var spoken = new StringBuilder();
        var spelled = 0;
        var at = 0;
        while (at < reference.Length)
        {
            if (!char.IsLetter(reference[at]) && !char.IsDigit(reference[at]))
            {
                at++;
                continue;
            }
            var part = reference.AsSpan(at, EndOfPart(reference, at) - at);
            Say(part, pronunciations, spoken);
            spelled += part.Length;
            at += part.Length;
        }
        return spelled > LongestSpelled ? "" : spoken.ToString();
    }

    // A part is a run of letters or a run of digits.
    static int EndOfPart(string reference, int at)
    {
        var end = at;
        if (char.IsLetter(reference[at]))
            while (end < reference.Length && char.IsLetter(reference[end]))
                end++;
        else
            while (end < reference.Length && char.IsDigit(reference[end]))
                end++;
        return end;
    }

    static void Say(ReadOnlySpan<char> part, IReadOnlyDictionary<string, string> pronunciations, StringBuilder spoken)
    {
        foreach (var (word, own) in pronunciations)
            if (part.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                Separate(spoken).Append(own.EndsWith('.') ? own : own + ".");
                return;
            }
        foreach (var sign in part)
            Separate(spoken).Append(sign).Append('.');
    }

    static StringBuilder Separate(StringBuilder spoken) => spoken.Length == 0 ? spoken : spoken.Append(' ');
}
