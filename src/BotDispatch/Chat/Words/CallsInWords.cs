using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Says in the words of a thread how calls ended.</summary>
internal static class CallsInWords
{
    /// <summary>Returns how a call ended, and the reason.</summary>
    public static string Of(CallOutcome outcome, Evidence evidence) =>
        Words.Of(evidence) is { Length: > 0 } because ? $"{Words.Of(outcome)} ({because})" : Words.Of(outcome);

    /// <summary>Returns how often a person was called, and how the calls ended; equal outcomes are counted together.</summary>
    public static string Of(DispatchState state, int callee)
    {
        var ends = state.Legs
            .Where(leg => leg.Attempt.Callee == callee)
            .GroupBy(leg => leg.Outcome is { } outcome ? Of(outcome, leg.Evidence) : leg.IsLive ? "under way" : "ended without a report")
            .Select(group => group.Count() == 1 ? group.Key : $"{group.Key} {Durations.Times(group.Count())}")
            .ToList();
        var calls = state.Legs.Count(leg => leg.Attempt.Callee == callee);
        return (calls, Words.OfPassedOver(state.Callees[callee])) switch
        {
            (0, { } reason) => $"not called: {reason}",
            (0, null) => "not called",
            _ => $"called {Durations.Times(calls)}: {string.Join(", ", ends)}",
        };
    }

    /// <summary>
    /// Returns the outcomes in order, such as <c>No answer ×2, Busy</c>. Equal outcomes in a row are counted together, and only the last
    /// <paramref name="most"/> are listed. Empty without a call.
    /// </summary>
    /// <param name="calls">How each call ended, in order; null for one that is under way.</param>
    /// <param name="most">How many are listed.</param>
    public static string InARow(IEnumerable<CallOutcome?> calls, int most)
    {
        List<(string Words, int Times)> outcomes = [];
        foreach (var outcome in calls)
        {
            var words = outcome is { } ended ? Words.Of(ended) : "under way";
            if (outcomes.Count > 0 && outcomes[^1].Words == words)
                outcomes[^1] = (words, outcomes[^1].Times + 1);
            else
                outcomes.Add((words, 1));
        }
        var said = outcomes.TakeLast(most).Select(each => each.Times == 1 ? each.Words : $"{each.Words} ×{each.Times}");
        return (outcomes.Count > most ? "…, " : "") + string.Join(", ", said);
    }
}
