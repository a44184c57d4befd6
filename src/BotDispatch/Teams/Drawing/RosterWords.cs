using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>What came of somebody's calls, in few words.</summary>
internal static class RosterWords
{
    /// <summary>In brackets, to follow their state; empty without a call. Of more than <paramref name="most"/> outcomes the last ones are said; with 0, only how many calls there were.</summary>
    public static string Calls(CardPerson person, int most)
    {
        // Not "Accepted (Accepted)".
        var calls = person.Calls is [.. var earlier, { } last] && Words.Of(last) == person.State ? earlier : person.Calls;
        return calls.Length == 0 ? "" : most == 0 ? $" (calls: {calls.Length})" : $" ({CallsInWords.InARow(calls, most)})";
    }
}
