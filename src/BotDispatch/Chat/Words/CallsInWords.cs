using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>What came of calls, in the words of a thread.</summary>
internal static class CallsInWords
{
    /// <summary>How one ended, and what that rests on.</summary>
    public static string Of(CallOutcome outcome, Evidence evidence) => Words.Of(evidence) is { Length: > 0 } because ? $"{Words.Of(outcome)} ({because})" : Words.Of(outcome);

    /// <summary>How often somebody was called, and what came of it, the same outcomes counted together.</summary>
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

    /// <summary>As <c>No answer ×2, Busy</c>: the same outcome in a row is said once, and of more than <paramref name="most"/> the last ones count. Empty without a call.</summary>
    /// <param name="calls">How each call ended, in order; null for one that is under way.</param>
    /// <param name="most">How many are said.</param>
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
