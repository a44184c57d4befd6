using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>What a button on the card does.</summary>
public enum CardAction
{
    /// <summary>Close the dispatch.</summary>
    Cancel,
    /// <summary>End the current callee's turn in this round.</summary>
    Skip,
    /// <summary>The presser takes the job.</summary>
    TakeIt,
    /// <summary>A new dispatch in the same thread.</summary>
    Redispatch,
    /// <summary>The accepted job is done.</summary>
    Done,
}

/// <summary>How a dispatch stands, in one word; the word is shown as it is spelt here.</summary>
public enum CardStatus
{
    /// <summary>A phone is being called, rings, or is answered.</summary>
    Calling,
    /// <summary>The next call comes by itself.</summary>
    Waiting,
    /// <summary>The telephone line is down.</summary>
    Paused,
    /// <summary>A person has the job.</summary>
    Accepted,
    /// <summary>Somebody has ended it.</summary>
    Cancelled,
    /// <summary>Nobody is left to call, or the time is up.</summary>
    Exhausted,
}

/// <summary>A button. <paramref name="Callee"/> and <paramref name="Round"/> say what a Skip was drawn for; other buttons have no callee.</summary>
public sealed record CardButton(CardAction Action, string Label, int? Callee = null, int Round = 0);

/// <summary>One of the roster on the card.</summary>
/// <param name="Name">Who.</param>
/// <param name="IsCurrent">What the dispatch does concerns them.</param>
/// <param name="Calls">How each of their calls ended, in order; null for one that is under way.</param>
/// <param name="State">In words: whose turn, rejected, passed over and why.</param>
public sealed record CardPerson(string Name, bool IsCurrent, ImmutableArray<CallOutcome?> Calls, string State);

/// <summary>What a channel shows of a dispatch: the whole of it, drawn anew from the state each time.</summary>
/// <param name="Id">Which dispatch; its buttons carry it.</param>
/// <param name="Ticket">The job.</param>
/// <param name="Note">What the asker added.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Headline">One sentence: what is happening, or how it ended.</param>
/// <param name="Until">When that changes by itself, where it does; a card can count down to it.</param>
/// <param name="Next">Who is phoned after that, and whether they are busy now, as a sentence takes it (<see cref="Isolation.Isolated"/>); null if nobody is left.</param>
/// <param name="People">The roster.</param>
/// <param name="Buttons">What can be pressed now.</param>
/// <param name="IsClosed">Closed stays closed.</param>
/// <param name="Thread">For which of its places it is drawn: 0 is where it was begun.</param>
/// <param name="AlsoIn">Where else it is shown, as an administrator calls those places; the place where it was begun is called by its chat.</param>
public sealed record DispatchCard(
    DispatchId Id, Ticket Ticket, string? Note, Person AskedBy, CardStatus Status, string Headline, DateTimeOffset? Until, string? Next,
    ImmutableArray<CardPerson> People, ImmutableArray<CardButton> Buttons, bool IsClosed, int Thread = 0, ImmutableArray<string> AlsoIn = default)
{
    /// <summary>Where else it is shown, as an administrator calls those places; the place where it was begun is called by its chat.</summary>
    public ImmutableArray<string> AlsoIn { get; init; } = AlsoIn.IsDefault ? [] : AlsoIn;

    /// <summary>Draws the card for the place of its <paramref name="thread"/>: 0 is where it was begun, the mirrors count on from there.</summary>
    /// <param name="state">Of which dispatch.</param>
    /// <param name="thread">For which of its places.</param>
    /// <param name="busyPhones">Numbers whose owners are phoned for another dispatch or hold an accepted job, where that is known.</param>
    public static DispatchCard Of(DispatchState state, int thread = 0, IReadOnlySet<string>? busyPhones = null)
    {
        var (status, headline, until) = Saying(state);
        return new(state.Plan.Id, state.Plan.Ticket, state.Plan.Note, state.Plan.AskedBy, status, headline, until, NextAfter(state, busyPhones),
            [.. Enumerable.Range(0, state.Callees.Length).Select(callee => PersonOf(state, callee))], Buttonry(state), state.IsClosed, thread, Elsewhere(state, thread));
    }

    static (CardStatus Status, string Headline, DateTimeOffset? Until) Saying(DispatchState state) => state.Phase switch
    {
        Phase.Placing(var attempt) when state.HasLiveLeg => (CardStatus.Waiting, $"The last call is ending; then {Named(state, attempt.Callee)} is called.", null),
        Phase.Placing(var attempt) => (CardStatus.Calling, $"Calling {Named(state, attempt.Callee)} now.", null),
        Phase.Calling(var attempt) when state.Leg(attempt) is { } leg => (CardStatus.Calling, CallingWords(state, leg), RingsUntil(state, leg)),
        Phase.Settling(var attempt, var until) => (CardStatus.Waiting, $"The call to {Named(state, attempt.Callee)} has ended without a key; checking that none was lost.", until),
        Phase.AwaitingRecords(var attempt, _, var until) =>
            (CardStatus.Waiting, $"We cannot ask Routee's records yet whether {Named(state, attempt.Callee)} pressed a key. Nobody is called until they answer.", until),
        Phase.Pausing(var until, { } callee) => (CardStatus.Waiting, $"Pause before the next call to {Named(state, callee)}.", until),
        Phase.Pausing(var until, _) => (CardStatus.Waiting, $"Nobody has accepted yet. Round {state.Round} begins after a pause.", until),
        Phase.AwaitingPerson(var until) when until >= state.GiveUpAt =>
            (CardStatus.Waiting, "Everyone left is busy until after the time for trying. Press Done on their job, or cancel this and re-dispatch it to others.", state.GiveUpAt),
        Phase.AwaitingPerson(var until) => (CardStatus.Waiting, "Everyone left is busy with another dispatch; the first to be free is called.", until),
        Phase.LineDown(var reason, var until) => (CardStatus.Paused, $"{Words.Of(reason)} Trying again by itself.", until),
        Phase.Closed(var resolution, _) => (Words.StatusOf(resolution), Ending(state, resolution), null),
        _ => (CardStatus.Waiting, "About to begin.", null),
    };

    static string CallingWords(DispatchState state, Leg leg)
    {
        if (leg.LookupSince is not null)
            return $"The call to {Named(state, leg.Attempt.Callee)} is being looked up (we restarted).";
        if (leg.UnsureSince is not null)
            return $"It is not known yet whether Routee calls {Named(state, leg.Attempt.Callee)}; its records are being asked.";
        var doing = leg.Status switch
        {
            LegStatus.InProgress => "On the phone with",
            LegStatus.Ringing => "Ringing",
            _ => "Calling",
        };
        return $"{doing} {Named(state, leg.Attempt.Callee)}, {Words.Attempt(leg, state.Plan.Policy)}.";
    }

    static DateTimeOffset? RingsUntil(DispatchState state, Leg leg) =>
        leg is { Status: LegStatus.InProgress } or { LookupSince: not null } or { UnsureSince: not null } ? null : leg.BegunAt + state.Plan.Policy.RingTimeout;

    static string Ending(DispatchState state, Resolution resolution) => resolution switch
    {
        Resolution.Accepted accepted => $"{Named(state, accepted.Attempt.Callee)} accepted by phone{(accepted.IsDone ? "; done" : "")}.",
        Resolution.Taken taken => $"Taken by {taken.By.Name.Isolated()} in the channel{(taken.IsDone ? "; done" : "")}.",
        Resolution.Cancelled cancelled => $"Cancelled by {cancelled.By.Name.Isolated()}.",
        Resolution.Exhausted exhausted => Words.Of(exhausted.Because),
        _ => "",
    };

    static string? NextAfter(DispatchState state, IReadOnlySet<string>? busyPhones)
    {
        if (state.IsClosed)
            return null;
        var current = state.Phase is Phase.Pausing(_, null) or Phase.AwaitingPerson ? -1 : state.Turn;
        string? busy = null;
        for (var callee = 0; callee < state.Callees.Length; callee++)
        {
            if (callee == current || state.Callees[callee] is not { TurnOver: false, IsOut: false } progress)
                continue;
            var isBusy = progress.BusyUntil is not null || busyPhones?.Contains(state.Plan.Roster[callee].Phone) is true;
            if (!isBusy)
                return busy is null ? Named(state, callee) : $"{busy}, else {Named(state, callee)}";
            busy ??= $"{Named(state, callee)} (busy now)";
        }
        return busy;
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
            { PassedOver: { } reason } => Words.Of(reason),
            _ when isCurrent => "Now",
            { TurnOver: true } when progress.UsedThisRound < state.Plan.Policy.AttemptsPerEmployee => "Skipped",
            _ when calls.Length == 0 => "Not called yet",
            _ => "Called",
        };
        return new(Name(state, callee), isCurrent, calls, words);
    }

    static ImmutableArray<CardButton> Buttonry(DispatchState state)
    {
        var redispatch = new CardButton(CardAction.Redispatch, "Re-dispatch");
        return state.Resolution switch
        {
            Resolution.Accepted { IsDone: false } or Resolution.Taken { IsDone: false } => [new(CardAction.Done, "Done"), redispatch],
            not null => [redispatch],
            // Everybody sees the same card, and only who is in the directory can take the job: so it does not come first.
            _ when NextStep.IsTheirTurn(state, state.Turn) => [new(CardAction.Skip, "Skip", state.Turn, state.Round), new(CardAction.TakeIt, "I take it"), new(CardAction.Cancel, "Cancel")],
            _ => [new(CardAction.TakeIt, "I take it"), new(CardAction.Cancel, "Cancel")],
        };
    }

    static ImmutableArray<string> Elsewhere(DispatchState state, int here) =>
        [.. state.Mirrors.Select(mirror => mirror.Name).Prepend(Words.OfChat(state.Plan.Channel.Platform)).Index()
            .Where(each => each.Index != here && !state.GivenUpThreads.Contains(each.Index)).Select(each => each.Item)];

    static string Name(DispatchState state, int callee) => state.Plan.Roster[callee].Name;

    // Inside a sentence.
    static string Named(DispatchState state, int callee) => Name(state, callee).Isolated();
}
