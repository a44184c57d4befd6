using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using BotDispatch.Core;
using BotDispatch.Ports;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Chat;

/// <summary>
/// Writes what happened into a thread, in the product's words: everything that it has not shown, as one reply. Events that only matter to
/// machines are left out.
/// </summary>
internal static class UpdateLines
{
    /// <summary>Returns the reply; null if there is nothing to say.</summary>
    /// <param name="state">The state after the events.</param>
    /// <param name="fromSeq">The number of the first of the events.</param>
    /// <param name="events">The events that the thread has not shown, without gaps and in order.</param>
    public static ThreadUpdate? Of(DispatchState state, long fromSeq, IReadOnlyList<DispatchEvent> events)
    {
        var lines = ImmutableArray.CreateBuilder<UpdateLine>();
        for (var i = 0; i < events.Count; i++)
            foreach (var line in LinesOf(new(state, events, i)))
                if (!IsRepeated(line, events[i], lines))
                    lines.Add(line);
        var key = string.Create(CultureInfo.InvariantCulture, $"{state.Plan.Id}-{fromSeq}-{fromSeq + events.Count - 1}");
        return lines.Count == 0 ? null : new(key, lines.ToImmutable(), events.Any(each => each is Accepted or Taken));
    }

    // A dispatch that waits for busy people considers each of them again and again.
    static bool IsRepeated(UpdateLine line, DispatchEvent happened, ImmutableArray<UpdateLine>.Builder lines) =>
        happened is PassedOver or PersonAwaited ? lines.Contains(line) : lines.Count > 0 && lines[^1] == line;

    static IEnumerable<UpdateLine> LinesOf(EventContext here) => here.Event switch
    {
        Started e => [Plain(StartedWords(e.Plan))],
        CallBegun e when here.LineWasDown() || here.IsWithdrawn(e.Attempt) => [],
        CallBegun e => [Plain($"Calling {here.Name(e.Attempt)}, {here.Attempt(e.Attempt)}.{Why(here, e)}")],
        LegMoved { Report.Status: LegStatus.InProgress } e when here.Leg(e.Attempt)?.AnsweredAt == e.At =>
            [Plain($"{here.Name(e.Attempt)} answered.")],
        KeyRecorded e => KeyWords(here, e),
        AttemptEnded { Outcome: CallOutcome.LineDown } => [],
        AttemptEnded { Outcome: CallOutcome.BadNumber } e =>
            [new(Tone.Alert, $"{here.Name(e.Attempt)}: {Words.Of(e.Outcome)}. The number in the directory must be corrected.")],
        AttemptEnded e => [new(Tone.Bad, $"{here.Name(e.Attempt)}, {here.Attempt(e.Attempt)}: {CallsInWords.Of(e.Outcome, e.Evidence)}.")],
        LookupBegan e when here.WasClosed() || here.HadAnswer(e.Attempt) => [],
        LookupBegan e => [Plain($"BotDispatch restarted and is looking up the call to {here.Name(e.Attempt)}.")],
        RecordsAwaited e => [new(Tone.Alert,
            $"We cannot read Routee's records, so we do not know yet whether {here.Name(e.Attempt)} pressed a key. We call nobody "
            + $"until we can read them. After {Durations.InWords(e.Until - e.At)}, the dispatch goes on without knowing.",
                here.State.Plan.AskedBy)],
        // The next list calls them in a moment.
        RetryPauseBegan e when here.State.List > 0 && here.State.Callees[e.Callee].LastCallEnded is null => [],
        RetryPauseBegan e =>
            [Plain($"Calling {here.Name(e.Callee)} again {Durations.InWords(here.Policy.RetryPause)} after their last call ended.")],
        RoundEnded e =>
            [Plain($"Nobody accepted in round {e.Round}. Round {e.Round + 1} begins in "
                + $"{Durations.InWords(Longer(here.Policy.RoundPause))}.")],
        PassedOver e => [Plain($"{here.Name(e.Callee)} is passed over: {e.Detail ?? Words.Of(e.Reason)}.")],
        PersonAwaited e when here.AwaitsDuty() => [e.Until >= here.State.GiveUpAt
            ? new(Tone.Alert, "Nobody left can be called in the time for trying. Take this job, or cancel it and dispatch somebody else.",
                here.State.Plan.AskedBy)
            : Plain("Nobody left can be called now; the first to be available is called.")],
        PersonAwaited e when e.Until >= here.State.GiveUpAt =>
            [new(Tone.Alert, "Everyone left has accepted another job and will not be free in time. "
                + "Press Done on a finished job, take this one yourself, or cancel and dispatch other people.", here.State.Plan.AskedBy)],
        PersonAwaited => [Plain("Everyone left is busy with another dispatch. We call the first who is free.")],
        LineWentDown { Times: 1 } e =>
            [new(Tone.Alert, $"{Words.Of(e.Reason)} This dispatch is paused and tries again by itself. No attempt is used up.")],
        LineWentDown e when e.Times > 2 && BitOperations.IsPow2(e.Times) =>
            [new(Tone.Alert, $"Still down after {e.Times} tries. {Words.Of(e.Reason)}")],
        LineRestored =>
            [Plain("The telephone line works again."
                + (here.CallThatRestored() is { } call ? $" Calling {here.Name(call)}, {here.Attempt(call)}." : ""))],
        Skipped e => [Plain($"{e.By.Name.Isolated()} skipped {here.Name(e.Callee)}{(here.State.ListRound > 1 ? " for this round" : "")}.")],
        Accepted e => [new(Tone.Good, AcceptedWords(here, e), here.State.Plan.AskedBy)],
        Taken e => [new(
            Tone.Good, $"Accepted: taken by {e.By.Name.Isolated()} in the channel. {TicketWords(here.State)}", here.State.Plan.AskedBy)],
        Cancelled e => [Plain($"Cancelled by {e.By.Name.Isolated()}. No further calls.")],
        CalledOff e => [new(Tone.Alert, $"Cancelled: {e.Because}. No further calls.", here.State.Plan.AskedBy)],
        JobEnded e => [Plain($"Done: {e.Because}.")],
        TicketChanged e => [.. TicketChanges.LinesOf(here, e)],
        TicketReported e => [new(Tone.Alert, e.Words)],
        Exhausted e => ExhaustedWords(here, e),
        ListEnded e => ListWords.Ended(here.State, e),
        MarkedDone e => [Plain($"{e.By.Name.Isolated()} marked it done.")],
        // A successor goes on in all places of its predecessor.
        MirrorAdded { AtStart: true } when here.State.Plan.Replaces is not null || here.Next is MirrorAdded { AtStart: true } => [],
        MirrorAdded { AtStart: true } => [Plain($"Shown in {here.PlacesAtStart()}.")],
        MirrorAdded { Mirror.IsByRule: true } e => [Plain($"Now shown in {here.Place(e.Mirror.Channel)} as well.")],
        MirrorAdded e => [Plain($"{e.Mirror.By.Name.Isolated()} also shows this in {here.Place(e.Mirror.Channel)}.")],
        // Nobody asked for it, but it was announced.
        ThreadGivenUp e =>
            [new(e.Because is GivenUpBecause.NotAMember && here.State.Mirrors[e.Thread - 1].IsByRule ? Tone.Plain : Tone.Alert,
            $"Not shown in {here.Place(e.Thread)}: {Words.Of(e, here.WhoWants(e.Thread))}.")],
        _ => [],
    };

    static string StartedWords(DispatchPlan plan) =>
        $"{(plan.Replaces is null ? "Asked for" : "Re-dispatched")} by {plan.AskedBy.Name.Isolated()}. "
        + (plan.Lists.IsEmpty
            ? $"To be called, in this order: {string.Join(", ", plan.Roster.Select(each => each.Name.Isolated()))}."
            : ListWords.Order(plan));

    static IEnumerable<UpdateLine> KeyWords(EventContext here, KeyRecorded e)
    {
        var name = here.Name(e.Attempt);
        var late = e.AfterCall ? " (reported after the call)" : "";
        return (e.Key, here.WasClosed()) switch
        {
            (Key.Wrong, true) => [],
            (Key.Wrong, false) => [Plain($"{name} pressed a key that is not an option{late}.")],
            (Key.Accept, true) when here.HasJob(e.Attempt.Callee) => [],
            (Key.Accept, true) => [Plain($"{name} also pressed 1{late}, but the dispatch was already closed: {Ending(here.State)}")],
            (Key.Accept, false) when here.IsAcceptedBy(e.Attempt) => [],
            (Key.Accept, false) => [Plain($"{name} pressed 1{late}, but rejected in another call. The rejection counts.")],
            (_, true) => [Plain($"{name} pressed 2{late}, but the dispatch was already closed.")],
            _ => [new(Tone.Bad, $"{name} pressed 2: Rejected{late}.")],
        };
    }

    static string AcceptedWords(EventContext here, Accepted e) =>
        $"Accepted: {here.Name(e.Attempt)} pressed 1{(here.KeyCameLate(e.Attempt) ? "; reported after the call" : "")} "
        + $"({here.Attempt(e.Attempt)}). {TicketWords(here.State)}";

    static IEnumerable<UpdateLine> ExhaustedWords(EventContext here, Exhausted e) =>
    [
        new(Tone.Alert, $"Exhausted: {Words.Of(e.Because)}", here.State.Plan.AskedBy),
        .. ListWords.Informed(here.State.CurrentList),
        .. here.State.Plan.Roster.Select((callee, index) => Plain($"{callee.Name.Isolated()}: {CallsInWords.Of(here.State, index)}.")),
        Plain("Press Re-dispatch on the card to start again. People who rejected are not ticked there."),
    ];

    /// <summary>Returns the name of the job for a sentence.</summary>
    public static string TicketWords(DispatchState state)
    {
        var title = PlainWords.OneLine(state.Plan.Ticket.Title).Isolated();
        return state.Plan.Ticket.IsFreeText ? title : $"{state.Plan.Ticket.Reference.Isolated()}: {title}";
    }

    static string Ending(DispatchState state) => DispatchCard.Of(state).Headline;

    // The rules never let two rounds follow each other at once.
    static TimeSpan Longer(TimeSpan pause) => pause < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : pause;

    // The later attempts of a round have the same reason.
    static string Why(EventContext here, CallBegun begun) => here.Pick(begun) is { } pick ? $" {PlainWords.Begun(pick)}."
        : begun is { InRound: 1, Why: { } why } ? $" {why}." : "";

    static UpdateLine Plain(string text) => new(Tone.Plain, text);
}
