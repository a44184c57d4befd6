using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>What a button on the card does.</summary>
public enum CardAction
{
    /// <summary>Closes the dispatch as cancelled.</summary>
    Cancel,
    /// <summary>Ends the current callee's turn in this round.</summary>
    Skip,
    /// <summary>Gives the job to the person who presses the button.</summary>
    TakeIt,
    /// <summary>Starts a new dispatch in the same thread.</summary>
    Redispatch,
    /// <summary>Marks the accepted job as done.</summary>
    Done,
}

/// <summary>How a dispatch stands, in one word. The card shows the name of the value exactly as it is spelt here.</summary>
public enum CardStatus
{
    /// <summary>A call is being placed, is ringing, or is answered.</summary>
    Calling,
    /// <summary>The dispatch waits, and places its next call by itself.</summary>
    Waiting,
    /// <summary>The telephone line is down.</summary>
    Paused,
    /// <summary>A person has the job.</summary>
    Accepted,
    /// <summary>Somebody cancelled the dispatch, or its job is no longer needed.</summary>
    Cancelled,
    /// <summary>Nobody is left to call, or the time for trying is over.</summary>
    Exhausted,
}

/// <summary>
/// One button of the card. A Skip button carries the callee and the round for which it was drawn; other buttons have no callee.
/// </summary>
public sealed record CardButton(CardAction Action, string Label, int? Callee = null, int Round = 0);

/// <summary>One line of the card: a callee of the roster.</summary>
/// <param name="Name">The callee's name.</param>
/// <param name="IsCurrent">The dispatch is calling them, or waits to call them.</param>
/// <param name="Calls">How each of their calls ended, in order; null for a call that is still under way.</param>
/// <param name="State">Their situation in words: on turn, rejected, or passed over and why.</param>
public sealed record CardPerson(string Name, bool IsCurrent, ImmutableArray<CallOutcome?> Calls, string State);

/// <summary>Everything that a channel shows of a dispatch. The card is drawn from the state, as a whole, each time.</summary>
/// <param name="Id">The dispatch; every button carries this id.</param>
/// <param name="Ticket">The ticket to be accepted.</param>
/// <param name="Note">The note from the dialog; null if there is none.</param>
/// <param name="AskedBy">The person who sent the dialog.</param>
/// <param name="Status">The status in one word.</param>
/// <param name="Headline">One sentence: what happens now, or how the dispatch ended.</param>
/// <param name="Until">When the headline changes by itself, so that a card can count down; null if only an input changes it.</param>
/// <param name="Next">Part of a sentence: who is called next, and whether they are busy now. Names are isolated (<see
/// cref="Isolation.Isolated"/>). Null if nobody is left.</param>
/// <param name="People">The roster, in order.</param>
/// <param name="Buttons">The buttons that can be pressed now.</param>
/// <param name="IsClosed">The dispatch is closed and stays closed.</param>
/// <param name="Thread">The thread for which the card is drawn: 0 is the place where the dispatch began.</param>
/// <param name="AlsoIn">The other places that show the dispatch, under the names that an administrator gave them. The place where it began
/// goes by the name of its chat.</param>
public sealed record DispatchCard(
    DispatchId Id, Ticket Ticket, string? Note, Person AskedBy, CardStatus Status, string Headline, DateTimeOffset? Until, string? Next,
    ImmutableArray<CardPerson> People, ImmutableArray<CardButton> Buttons, bool IsClosed, int Thread = 0,
    ImmutableArray<string> AlsoIn = default)
{
    /// <summary>
    /// The other places that show the dispatch, under the names that an administrator gave them. The place where it began goes by the name
    /// of its chat.
    /// </summary>
    public ImmutableArray<string> AlsoIn { get; init; } = AlsoIn.IsDefault ? [] : AlsoIn;

    /// <summary>Whether the other card looks the same, so that it need not be drawn anew.</summary>
    public bool ShowsTheSameAs(DispatchCard other) =>
        this with { People = [], Buttons = [], AlsoIn = [] } == other with { People = [], Buttons = [], AlsoIn = [] }
        && Buttons.SequenceEqual(other.Buttons) && AlsoIn.SequenceEqual(other.AlsoIn)
        && People.Length == other.People.Length
        && People.Zip(other.People).All(each =>
            each.First with { Calls = [] } == each.Second with { Calls = [] } && each.First.Calls.SequenceEqual(each.Second.Calls));

    /// <summary>
    /// Draws the card for the place with the number <paramref name="thread"/>: 0 is where the dispatch began, and mirrors count from 1.
    /// </summary>
    /// <param name="state">The state to draw.</param>
    /// <param name="thread">The number of the place.</param>
    /// <param name="busyPhones">Phone numbers that another dispatch is calling or that are held for an accepted job; null if that is not
    /// known.</param>
    public static DispatchCard Of(DispatchState state, int thread = 0, IReadOnlySet<string>? busyPhones = null)
    {
        var (status, headline, until) = Saying(state);
        return new(state.Plan.Id, state.Plan.Ticket, state.Plan.Note, state.Plan.AskedBy, status, headline, until,
            NextAfter(state, busyPhones),
            [.. Enumerable.Range(0, state.Callees.Length).Select(callee => PersonOf(state, callee))], ButtonsOf(state), state.IsClosed,
            thread, Elsewhere(state, thread));
    }

    static (CardStatus Status, string Headline, DateTimeOffset? Until) Saying(DispatchState state) => state.Phase switch
    {
        Phase.Placing(var attempt) when state.HasLiveLeg =>
            (CardStatus.Waiting, $"The last call is ending. {Named(state, attempt.Callee)} is called next.", null),
        Phase.Placing(var attempt) => (CardStatus.Calling, $"Calling {Named(state, attempt.Callee)} now.", null),
        Phase.Calling(var attempt) when state.Leg(attempt) is { } leg =>
            (CardStatus.Calling, CallingWords(state, leg), RingsUntil(state, leg)),
        Phase.Settling(var attempt, var until) => (CardStatus.Waiting,
            $"The call to {Named(state, attempt.Callee)} ended without a key. Checking that no key was lost.", until),
        Phase.AwaitingRecords(var attempt, _, var until) =>
            (CardStatus.Waiting,
                $"We cannot read Routee's records yet, so we do not know whether {Named(state, attempt.Callee)} pressed a key. "
                + "We call nobody until we can.", until),
        Phase.Pausing(var until, { } callee) => (CardStatus.Waiting, $"Pause before the next call to {Named(state, callee)}.", until),
        Phase.Pausing(var until, _) => (CardStatus.Waiting,
            $"Nobody has accepted yet. Round {state.ListRound} begins after a pause.", until),
        Phase.AwaitingPerson(var until) when state.AwaitsDuty => (CardStatus.Waiting, until >= state.GiveUpAt
            ? "Nobody left can be called in the time for trying. Take this job, or cancel it and dispatch somebody else."
            : "Nobody left can be called now; the first to be available is called.", until < state.GiveUpAt ? until : state.GiveUpAt),
        Phase.AwaitingPerson(var until) when until >= state.GiveUpAt =>
            (CardStatus.Waiting,
                "Nobody left will be free in time. "
                + "Press Done on their job, or cancel this and re-dispatch it to others.", state.GiveUpAt),
        Phase.AwaitingPerson(var until) =>
            (CardStatus.Waiting, "Everyone left is busy with another dispatch. We call the first who is free.", until),
        Phase.LineDown(var reason, var until) => (CardStatus.Paused, $"{Words.Of(reason)} Trying again by itself.", until),
        Phase.Closed(var resolution, _) => (Words.StatusOf(resolution), Ending(state, resolution), null),
        _ => (CardStatus.Waiting, "About to begin.", null),
    };

    static string CallingWords(DispatchState state, Leg leg)
    {
        if (leg.LookupSince is not null)
            return $"Looking up the call to {Named(state, leg.Attempt.Callee)} after a restart.";
        if (leg.UnsureSince is not null)
            return $"We do not know yet whether Routee is calling {Named(state, leg.Attempt.Callee)}. Reading its records.";
        var doing = leg.Status switch
        {
            LegStatus.InProgress => "On the phone with",
            LegStatus.Ringing => "Ringing",
            _ => "Calling",
        };
        return $"{doing} {Named(state, leg.Attempt.Callee)}, {Words.Attempt(leg, state.PolicyOf(leg))}.";
    }

    static DateTimeOffset? RingsUntil(DispatchState state, Leg leg) =>
        leg is { Status: LegStatus.InProgress } or { LookupSince: not null } or { UnsureSince: not null }
            ? null
            : leg.BegunAt + state.PolicyOf(leg).RingTimeout;

    static string Ending(DispatchState state, Resolution resolution) => resolution switch
    {
        Resolution.Accepted accepted => $"{Named(state, accepted.Attempt.Callee)} accepted by phone{(accepted.IsDone ? "; done" : "")}.",
        Resolution.Taken taken => $"Taken by {taken.By.Name.Isolated()} in the channel{(taken.IsDone ? "; done" : "")}.",
        Resolution.Cancelled cancelled => $"Cancelled by {cancelled.By.Name.Isolated()}.",
        Resolution.CalledOff calledOff => $"Cancelled: {calledOff.Because}.",
        Resolution.Exhausted exhausted => Words.Of(exhausted.Because),
        _ => "",
    };

    static string? NextAfter(DispatchState state, IReadOnlySet<string>? busyPhones)
    {
        if (state.IsClosed)
            return null;
        var current = state.Phase is Phase.Pausing(_, null) or Phase.AwaitingPerson ? -1 : state.Turn;
        string? busy = null;
        foreach (var callee in state.Order)
        {
            if (callee == current || state.Callees[callee] is not { TurnOver: false, IsOut: false } progress)
                continue;
            var isBusy = progress.BusyUntil is not null || busyPhones?.Contains(state.Plan.Roster[callee].Phone) is true;
            if (!isBusy)
                return busy is null ? Named(state, callee) : $"{busy}, else {Named(state, callee)}";
            busy ??= $"{Named(state, callee)} ({(progress.IsOffDuty ? "off duty now" : "busy now")})";
        }
        if (state.NextList is not { } list)
            return busy;
        var following = $"the list {list.Name.Isolated()}";
        return busy is null ? following : $"{busy}, else {following}";
    }

    static CardPerson PersonOf(DispatchState state, int callee)
    {
        var progress = state.Callees[callee];
        var calls = state.Legs.Where(leg => leg.Attempt.Callee == callee).Select(leg => leg.Outcome).ToImmutableArray();
        var isCurrent = NextStep.IsTheirTurn(state, callee);
        var hasJob = state.Resolution switch
        {
            Resolution.Accepted accepted => accepted.Attempt.Callee == callee,
            Resolution.Taken taken => taken.Callee == callee,
            _ => false,
        };
        var words = progress switch
        {
            _ when hasJob => "Accepted",
            { Rejected: true } => "Rejected",
            { BadNumber: true } => "Number cannot be called",
            { PassedOver: not null } => Words.OfPassedOver(progress)!,
            _ when isCurrent => "Now",
            { TurnOver: true, IsUnlisted: false } when progress.UsedThisRound < state.Policy.AttemptsPerEmployee => "Skipped",
            { IsUnlisted: true } when calls.Length == 0 =>
                LaterList(state, callee) is { } list ? $"On {list.Name.Isolated()}" : "Not called",
            _ when calls.Length == 0 => "Not called yet",
            _ => "Called",
        };
        return new(Name(state, callee), isCurrent, calls, words);
    }

    static PlannedList? LaterList(DispatchState state, int callee) =>
        state.Plan.Lists.Skip(state.List + 1).FirstOrDefault(list => list.People.Any(each => each.Callee == callee));

    static ImmutableArray<CardButton> ButtonsOf(DispatchState state)
    {
        var redispatch = new CardButton(CardAction.Redispatch, "Re-dispatch");
        return state.Resolution switch
        {
            Resolution.Accepted { IsDone: false } or Resolution.Taken { IsDone: false } => [new(CardAction.Done, "Done"), redispatch],
            not null => [redispatch],
            // Everybody sees the same card, but only people of the directory can take the job, so that button does not come first.
            _ when NextStep.IsTheirTurn(state, state.Turn) => [new(CardAction.Skip, "Skip", state.Turn, state.Round),
                new(CardAction.TakeIt, "I take it"), new(CardAction.Cancel, "Cancel")],
            _ => [new(CardAction.TakeIt, "I take it"), new(CardAction.Cancel, "Cancel")],
        };
    }

    static ImmutableArray<string> Elsewhere(DispatchState state, int here) =>
        [.. state.Mirrors.Select(mirror => mirror.Name).Prepend(Words.OfChat(state.Plan.Channel.Platform)).Index()
            .Where(each => each.Index != here && !state.GivenUpThreads.Contains(each.Index)).Select(each => each.Item)];

    static string Name(DispatchState state, int callee) => state.Plan.Roster[callee].Name;

    // A name for use inside a sentence.
    static string Named(DispatchState state, int callee) => Name(state, callee).Isolated();
}
