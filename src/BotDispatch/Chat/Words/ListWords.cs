using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>The lines of a thread about the named lists that a dispatch calls.</summary>
internal static class ListWords
{
    const int MostLeftOut = 5;

    /// <summary>The label of the field in which a list is chosen.</summary>
    public const string Label = "From a list";

    /// <summary>The choice of that field that calls no list.</summary>
    public const string NoList = "No list";

    /// <summary>Returns whom the lists of a plan call, and in which order.</summary>
    public static string Order(DispatchPlan plan) =>
        $"To {plan.Lists[0].Name.Isolated()}, in this order: {Names(plan, plan.Lists[0].People)}."
        + string.Concat(plan.Lists.Skip(1).Select(list =>
            $" Then, if nobody accepts, {list.Name.Isolated()}: {Names(plan, list.People)}."));

    /// <summary>Returns what the chosen list of a dialog does, and who of it is left out.</summary>
    public static string InDialog(ListChain chain)
    {
        var (first, following) = (chain.First, chain.Lists.Skip(1).Select(each => PlainWords.OneLine(each.List.Name).Isolated()).ToList());
        var leftOut = first.LeftOut.Take(MostLeftOut).Select(each =>
            $"{PlainWords.Shortened(PlainWords.OneLine(each.Who), 60).Isolated()} ({each.Why.TrimEnd('.')})").ToList();
        return $"From the list {PlainWords.OneLine(first.List.Name).Isolated()}."
            + (following.Count == 0 ? "" : $" If nobody accepts, then {string.Join(", then ", following)}.")
            + (leftOut.Count == 0 ? "" : $" Left out: {string.Join(", ", leftOut)}"
                + (first.LeftOut.Length > MostLeftOut ? $" and {first.LeftOut.Length - MostLeftOut} more." : "."));
    }

    /// <summary>Returns the lines that say that a list is exhausted and which one follows.</summary>
    public static IEnumerable<UpdateLine> Ended(DispatchState state, DispatchEvent.ListEnded ended)
    {
        var (list, next) = (state.Plan.Lists[ended.List], state.Plan.Lists[ended.List + 1]);
        var left = next.People.Where(each => !state.Callees[each.Callee].Rejected).ToList();
        return
        [
            new(Tone.Alert, $"{list.Name.Isolated()} is exhausted: {Words.Of(ended.Because)} Going on with {next.Name.Isolated()}"
                + $"{(left.Count == 0 ? "" : $": {Names(state.Plan, left)}")}."),
            .. Informed(list),
        ];
    }

    /// <summary>Returns a line for everybody who is mentioned once a list is exhausted.</summary>
    public static IEnumerable<UpdateLine> Informed(PlannedList? list) => list is null
        ? []
        : list.MentionedWhenExhausted.Select(person =>
            new UpdateLine(Tone.Alert, $"For {person.Name.Isolated()}: nobody on {list.Name.Isolated()} has accepted.", person));

    static string Names(DispatchPlan plan, IEnumerable<ListPick> people) =>
        string.Join(", ", people.Select(each => plan.Roster[each.Callee].Name.Isolated()));
}
