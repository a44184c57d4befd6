using System.Collections.Immutable;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Core;

/// <summary>
/// Decides what a dispatch does after something ended: it calls the same callee, the next one, starts the next round, or closes.
/// </summary>
internal static class NextStep
{
    /// <summary>
    /// The shortest pause between rounds. Without it, rounds of people who are all off duty would follow each other without end.
    /// </summary>
    static readonly TimeSpan ShortestRoundPause = TimeSpan.FromSeconds(1);

    /// <summary>The part of its full length that a call must last to count as listened to the end. Spoken lengths are estimates.</summary>
    const double FullLengthFrom = 0.7;

    /// <summary>
    /// The part of the ring time after which an unanswered call counts as rung out; a call that ended earlier was declined. The provider
    /// has one status, NoAnswer, for both, and rings for the whole ring time unless the call is declined. The rest is room for reports that
    /// come slow or early.
    /// </summary>
    const double RangOutFrom = 0.8;

    /// <summary>Decides what comes next.</summary>
    public static Decision GoOn(DecisionBuilder builder) => GoOn(builder, null);

    static Decision GoOn(DecisionBuilder builder, AttemptId? notAtOnce)
    {
        var state = builder.State;
        if (builder.Now >= state.GiveUpAt && !state.HasLiveLeg)
            return ListIsOver(builder, ExhaustedBecause.TimeIsUp, notAtOnce);
        if (NextCallee(state, builder.Now) is { } callee)
            return Turn(builder, callee, notAtOnce);

        // A person on the phone is free soon. A person held for hours must not delay the next call to the others.
        var busy = state.Callees.Where(IsInRound).ToList();
        var isOnThePhone = busy.Any(each => each.PassedOver is PassedOverReason.OnThePhone);
        var roundPause = Max(builder.Policy.RoundPause, ShortestRoundPause);
        if (isOnThePhone || (busy.Count > 0 && state.Callees.All(each => each.IsOut || IsInRound(each))))
        {
            var free = busy.Min(each => each.BusyUntil)!.Value;
            // Those of the next list must not wait for hours until somebody of this one is on shift.
            if (!isOnThePhone && state.NextList is not null && free > builder.Now + roundPause)
                return ListIsOver(builder, ExhaustedBecause.NobodyAvailable, notAtOnce);
            builder.Add(new PersonAwaited(free));
        }
        else if (state.Callees.All(each => each.IsOut))
            return ListIsOver(builder, ExhaustedBecause.NobodyLeft, notAtOnce);
        else if (builder.Policy.Rounds > 0 && state.ListRound >= builder.Policy.Rounds)
            return ListIsOver(builder, ExhaustedBecause.RoundsAreOver, notAtOnce);
        else
            builder.Add(new RoundEnded(state.ListRound, builder.Now + roundPause));
        return builder.Decided();
    }

    /// <summary>Nobody of this list is called any more: goes on with the next list, or closes if there is none.</summary>
    /// <param name="builder">What was decided so far.</param>
    /// <param name="because">Why nobody of it is called any more.</param>
    /// <param name="notAtOnce">The call that was about to begin; null if none was. If the next list wants the same call, it waits a
    /// moment: otherwise the same input twice would begin it.</param>
    static Decision ListIsOver(DecisionBuilder builder, ExhaustedBecause because, AttemptId? notAtOnce)
    {
        notAtOnce ??= builder.State.Phase is Phase.Placing(var wanted) ? wanted : null;
        var (list, next) = (builder.State.CurrentList, builder.State.NextList);
        if (next is not null)
            builder.Add(new ListEnded(builder.State.List, because, builder.Now, builder.Now + next.Policy.GiveUpAfter));
        AddMirrors(builder, list?.ShownWhenExhausted ?? [], atStart: false);
        return next is null ? Close(builder, because) : GoOn(builder, notAtOnce);
    }

    /// <summary>Shows the dispatch in these places as well: in none twice, and in no more than <see cref="Decider.MostMirrors"/>.</summary>
    public static void AddMirrors(DecisionBuilder builder, ImmutableArray<Mirror> mirrors, bool atStart)
    {
        foreach (var mirror in mirrors)
            if (builder.State.ThreadIn(mirror.Channel) is null && builder.State.Mirrors.Length < Decider.MostMirrors)
                builder.Add(new MirrorAdded(mirror, atStart));
    }

    /// <summary>
    /// This callee is out. Nothing waits for them any more, and the dispatch ends if they were the last. A line that is down stays down.
    /// </summary>
    public static Decision GoOnWithout(DecisionBuilder builder, int callee)
    {
        var state = builder.State;
        if (state.IsClosed)
            return builder.Decided();
        var concernsThem = IsWaitingFor(state, callee) && state.Phase is not Phase.LineDown;
        return concernsThem || state.Callees.All(each => each.IsOut) ? GoOn(builder) : LegEnded(builder);
    }

    /// <summary>
    /// Returns the call that the dispatch is busy with: under way, or ended with an unknown outcome. Returns null if there is none.
    /// </summary>
    public static AttemptId? CallOf(Phase phase) => phase switch
    {
        Phase.Calling(var attempt) => attempt,
        Phase.Settling(var attempt, _) => attempt,
        Phase.AwaitingRecords(var attempt, _, _) => attempt,
        _ => null,
    };

    /// <summary>Whether the dispatch is calling this callee, or waits to call them.</summary>
    public static bool IsWaitingFor(DispatchState state, int callee) => state.Phase switch
    {
        Phase.Placing(var attempt) => attempt.Callee == callee,
        Phase.Calling or Phase.Settling or Phase.AwaitingRecords => CallOf(state.Phase)!.Value.Callee == callee,
        Phase.Pausing(_, var paused) => paused == callee,
        Phase.LineDown => state.Turn == callee,
        Phase.AwaitingPerson => state.Callees[callee].BusyUntil is not null,
        _ => false,
    };

    /// <summary>Whether the dispatch waits for a turn of this callee that Skip can still end.</summary>
    public static bool IsTheirTurn(DispatchState state, int callee) => IsWaitingFor(state, callee) && IsInRound(state.Callees[callee]);

    /// <summary>The current call ended without a key.</summary>
    public static Decision CallEnded(DecisionBuilder builder, Leg leg)
    {
        if (leg.Status is LegStatus.Unsent)
            return OutOfBalance(builder, leg);
        if (leg.WasAnswered)
        {
            builder.Add(new SettlingBegan(leg.Attempt, builder.Now, builder.Now + Grace(builder.Policy)));
            return builder.Decided();
        }
        builder.Add(leg.Status switch
        {
            LegStatus.Busy => new AttemptEnded(leg.Attempt, CallOutcome.Busy),
            LegStatus.NoAnswer => new AttemptEnded(leg.Attempt, CallOutcome.NoAnswer, Unanswered(builder, leg)),
            _ => new AttemptEnded(leg.Attempt, CallOutcome.Failed),
        });
        return GoOn(builder);
    }

    /// <summary>A call that the dispatch no longer waits for has ended. The time for trying may be over by now.</summary>
    public static Decision LegEnded(DecisionBuilder builder) =>
        builder.State.Phase is Phase.Placing && builder.Now >= builder.State.GiveUpAt && !builder.State.HasLiveLeg
            ? GoOn(builder)
            : builder.Decided();

    /// <summary>No news of a live call came in time.</summary>
    public static void StopWaitingForNews(DecisionBuilder builder, Leg leg)
    {
        builder.Add(new LegMoved(leg.Attempt, new LegReport(LegStatus.Lost), builder.Now));
        if (builder.State.Phase is Phase.Calling(var current) && current == leg.Attempt)
            builder.Add(new SettlingBegan(leg.Attempt, builder.Now, builder.Now + Grace(builder.Policy)));
    }

    /// <summary>The records do not know an order whose answer was lost: no call was placed.</summary>
    public static Decision NeverPlaced(DecisionBuilder builder, Leg leg)
    {
        var isCurrent = CallOf(builder.State.Phase) == leg.Attempt;
        builder.Add(new LegMoved(leg.Attempt, new LegReport(LegStatus.Lost), builder.Now));
        if (!isCurrent)
            return LegEnded(builder);
        builder.Add(new AttemptEnded(leg.Attempt, CallOutcome.Failed, Evidence.Unsure, builder.Now));
        return GoOn(builder);
    }

    /// <summary>The records did not say in time whether a key was pressed. The thread has said so, and the dispatch goes on.</summary>
    public static Decision SettledWithoutRecords(DecisionBuilder builder, Leg leg)
    {
        if (leg.Status is LegStatus.Terminated or LegStatus.Unsent)
            return OutOfBalance(builder, leg);
        builder.Add(new AttemptEnded(leg.Attempt, CallOutcome.Failed, leg.WasAnswered ? Evidence.KeysUnknown : Evidence.Unsure,
            builder.Now));
        return GoOn(builder);
    }

    /// <summary>No lost key arrived for an ended call, so the call gets its outcome.</summary>
    public static Decision Settled(DecisionBuilder builder, Leg leg)
    {
        if (leg.Status is LegStatus.Terminated or LegStatus.Unsent)
            return OutOfBalance(builder, leg);
        // The end of the call is unknown, so the pause counts from now.
        var at = leg.Status is LegStatus.Lost ? builder.Now : (DateTimeOffset?)null;
        builder.Add(leg switch
        {
            { WasAnswered: true, Status: LegStatus.Failed } => new AttemptEnded(leg.Attempt, CallOutcome.Failed),
            { WasAnswered: true } => new AttemptEnded(leg.Attempt, CallOutcome.NoAnswer, EvidenceOf(leg), at),
            { Status: LegStatus.NoAnswer } => new AttemptEnded(leg.Attempt, CallOutcome.NoAnswer, Unanswered(builder, leg)),
            { Status: LegStatus.Busy } => new AttemptEnded(leg.Attempt, CallOutcome.Busy),
            { Status: LegStatus.Failed } => new AttemptEnded(leg.Attempt, CallOutcome.Failed),
            _ => new AttemptEnded(leg.Attempt, CallOutcome.Failed, Evidence.Unsure, at),
        });
        return GoOn(builder);
    }

    /// <summary>The line is down for everybody. No attempt is used up, and the pause doubles each time.</summary>
    public static Decision LineDown(DecisionBuilder builder, LineDownReason reason)
    {
        var times = builder.State.TimesLineDown + 1;
        var wanted = builder.State.Phase is Phase.Placing(var attempt) ? attempt : (AttemptId?)null;
        var pause = builder.Policy.LineDownPause * Math.Pow(2, Math.Min(times - 1, 16));
        builder.Add(new LineWentDown(reason, times, builder.Now
            + (pause < builder.Policy.LineDownLongestPause ? pause : builder.Policy.LineDownLongestPause)));
        return builder.Now >= builder.State.GiveUpAt && !builder.State.HasLiveLeg ? GoOn(builder, wanted) : builder.Decided();
    }

    /// <summary>A call was placed for certain. If the line was down, the thread says that it works again.</summary>
    public static void LineWorks(DecisionBuilder builder)
    {
        if (builder.State.TimesLineDown > 0)
            builder.Add(new LineRestored());
    }

    static Decision OutOfBalance(DecisionBuilder builder, Leg leg)
    {
        builder.Add(new AttemptEnded(leg.Attempt, CallOutcome.LineDown));
        return LineDown(builder, LineDownReason.NoBalance);
    }

    static Decision Turn(DecisionBuilder builder, int callee, AttemptId? notAtOnce)
    {
        var progress = builder.State.Callees[callee];
        if (builder.State.NextAttempt(callee) == notAtOnce)
            builder.Add(new RetryPauseBegan(callee, builder.Now + ShortestRoundPause));
        // Somebody who is on two lists may have been called by the one before just now.
        else if ((progress.UsedThisRound > 0 || builder.State.List > 0)
            && progress.LastCallEnded is { } ended && ended + builder.Policy.RetryPause > builder.Now)
            builder.Add(new RetryPauseBegan(callee, ended + builder.Policy.RetryPause));
        else
            builder.Add(new CallWanted(builder.State.NextAttempt(callee)));
        return builder.Decided();
    }

    static Decision Close(DecisionBuilder builder, ExhaustedBecause because)
    {
        builder.Add(new Exhausted(because, builder.Now));
        return builder.Decided();
    }

    static int? NextCallee(DispatchState state, DateTimeOffset now)
    {
        bool Can(int callee) => IsInRound(state.Callees[callee]) && !(state.Callees[callee].BusyUntil > now);
        if (Can(state.Turn))
            return state.Turn;
        foreach (var callee in state.Order)
            if (Can(callee))
                return callee;
        return null;
    }

    static bool IsInRound(CalleeProgress progress) => !progress.TurnOver && !progress.IsOut;

    static Evidence Unanswered(DecisionBuilder builder, Leg leg) =>
        leg.EndedAt - leg.BegunAt < builder.Policy.RingTimeout * RangOutFrom ? Evidence.Declined : Evidence.NotPickedUp;

    static Evidence EvidenceOf(Leg leg)
    {
        if (leg.AnsweredBy is AnsweredBy.Machine)
            return Evidence.Voicemail;
        if (leg.WrongKeys > 0)
            return Evidence.WrongKeys;
        if (leg.Status is LegStatus.Lost)
            return Evidence.Unsure;
        var lasted = leg.Duration ?? leg.EndedAt - leg.AnsweredAt;
        if (lasted is not { } time)
            return Evidence.None;
        return time < leg.Length.Full * FullLengthFrom ? Evidence.HungUpEarly : Evidence.PressedNothing;
    }

    // The records must be read once before the grace ends, however short the setting is.
    static TimeSpan Grace(EscalationPolicy policy) => Max(policy.KeyGrace, Agenda.BeforeGraceEnds);

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
