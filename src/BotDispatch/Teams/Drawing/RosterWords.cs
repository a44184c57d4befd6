using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>Writes the outcomes of a person's calls in few words.</summary>
internal static class RosterWords
{
    /// <summary>
    /// The outcomes in brackets, to follow the person's state; empty without a call. Shows the last <paramref name="most"/> outcomes; with
    /// 0, only the number of calls.
    /// </summary>
    public static string Calls(CardPerson person, int most)
    {
        // Leave out the last outcome if it repeats the state, as in "Accepted (Accepted)".
        var calls = person.Calls is [.. var earlier, { } last] && Words.Of(last) == person.State ? earlier : person.Calls;
        return calls.Length == 0 ? "" : most == 0 ? $" (calls: {calls.Length})" : $" ({CallsInWords.InARow(calls, most)})";
    }
}
