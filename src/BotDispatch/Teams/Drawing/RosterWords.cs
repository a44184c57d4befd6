using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>What came of somebody's calls, in few words.</summary>
internal static class RosterWords
{
    /// <summary>In brackets, to follow their state; empty for who was not called. What came again and again is said once; of more than <paramref name="most"/> the last ones count.</summary>
    public static string Calls(CardPerson person, int most)
    {
        List<(string Words, int Times)> ends = [];
        // Not "Accepted (Accepted)".
        var calls = person.Calls is [.. var earlier, { } last] && Words.Of(last) == person.State ? earlier : person.Calls;
        foreach (var outcome in calls)
        {
            var words = outcome is { } ended ? Words.Of(ended) : "under way";
            if (ends.Count > 0 && ends[^1].Words == words)
                ends[^1] = (words, ends[^1].Times + 1);
            else
                ends.Add((words, 1));
        }
        if (ends.Count == 0)
            return "";
        if (most == 0)
            return $" (calls: {calls.Length})";
        return $" ({(ends.Count > most ? "…, " : "")}{string.Join(", ", ends.TakeLast(most).Select(end => end.Times == 1 ? end.Words : $"{end.Words} ×{end.Times}"))})";
    }
}
