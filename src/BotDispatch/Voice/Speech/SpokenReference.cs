using System.Text.RegularExpressions;

namespace BotDispatch.Voice.Speech;

/// <summary>
/// Spells a ticket's reference sign by sign, with a pause after each, so that a listener can write it down: <c>INC-1042</c> becomes "I. N.
/// C. 1. 0. 4. 2."
/// </summary>
internal static partial class SpokenReference
{
    // Longer references are ids for machines. Nobody can follow them, and they would use the time that the job needs.
    const int LongestSpelled = 24;

    /// <summary>Returns the spelled reference; empty if it contains nothing to write down.</summary>
    public static string Of(string reference, IReadOnlyDictionary<string, string> pronunciations)
    {
        var parts = Parts().Matches(reference.Length > 200 ? "" : reference).Select(match => match.Value).ToList();
        return parts.Sum(part => part.Length) > LongestSpelled ? "" : string.Join(' ', parts.Select(part => Say(part, pronunciations)));
    }

    static string Say(string part, IReadOnlyDictionary<string, string> pronunciations)
    {
        foreach (var (word, spoken) in pronunciations)
            if (string.Equals(word, part, StringComparison.OrdinalIgnoreCase))
                return spoken.EndsWith('.') ? spoken : spoken + ".";
        return string.Join(' ', part.EnumerateRunes().Select(sign => $"{sign}."));
    }

    [GeneratedRegex(@"\p{L}+|\p{Nd}+")]
    private static partial Regex Parts();
}
