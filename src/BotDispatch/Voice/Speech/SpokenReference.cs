using System.Text.RegularExpressions;

namespace BotDispatch.Voice.Speech;

/// <summary>A ticket's reference, sign by sign with a rest after each, so that it can be written down: <c>INC-1042</c> is "I. N. C. 1. 0. 4. 2."</summary>
internal static partial class SpokenReference
{
    // Longer ones are ids for machines: nobody can follow them, and they would take the time that the job needs.
    const int LongestSpelled = 24;

    /// <summary>The words; empty if there is nothing that somebody could write down.</summary>
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
