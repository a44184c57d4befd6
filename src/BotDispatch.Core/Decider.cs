using System.Diagnostics;
using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.DispatchInput;

namespace BotDispatch.Core;

/// <summary>
/// Every rule of the product: what follows from one input, in one state, at one moment. Deciding is pure. An input that cannot be applied
/// is ignored with a reason and throws nothing, because late and repeated inputs are normal.
/// </summary>
public static class Decider
{
    /// <summary>How long the closing message after a valid key may take.</summary>
    static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(20);

    /// <summary>How long after it was hung up or rejected a call has ended for certain.</summary>
    static readonly TimeSpan CutMargin = TimeSpan.FromSeconds(15);

    /// <summary>The greatest number of mirrors: places that show a dispatch besides the place where it began.</summary>
    public const int MostMirrors = 5;

    /// <summary>
    /// Returns what follows from <paramref name="input"/> at <paramref name="now"/>. Never throws for an input that comes late or twice.
    /// </summary>
    public static Decision Decide(DispatchState state, DispatchInput input, DateTimeOffset now)
    {
        var builder = new DecisionBuilder(state, now);
        return input switch
        {
            Start start => OnStart(builder, start),
            BeginCall begin => Ordering.OnBeginCall(builder, begin),
            LineFailed failed => Ordering.OnLineFailed(builder, failed),
            DispatchInput.CallUnsure unsure => Ordering.OnCallUnsure(builder, unsure),
            DispatchInput.CallPlaced placed => Ordering.OnCallPlaced(builder, placed),
            CallNotPlaced refused => Ordering.OnCallNotPlaced(builder, refused),
            LegProgressed leg => OnLegProgressed(builder, leg),
            KeysPressed keys => OnKeysPressed(builder, keys),
            LookedUp lookedUp => Lookups.OnLookedUp(builder, lookedUp),
            Restarted => Lookups.OnRestarted(builder),
            DispatchInput.LegInformed informed => OnLegInformed(builder, informed),
            DispatchInput.LegCut cut => OnLegCut(builder, cut),
            LineFreed line => OnLineFreed(builder, line),
            DeadlinePassed deadline => OnDeadlinePassed(builder, deadline),
            Cancel cancel => OnCancel(builder, cancel),
            Skip skip => OnSkip(builder, skip),
            Take take => OnTake(builder, take),
            MarkDone done => OnMarkDone(builder, done),
            NoLongerNeeded ended => TicketNews.OnNoLongerNeeded(builder, ended),
            EditTicket edit => TicketNews.OnEditTicket(builder, edit),
            ReportTicket report => TicketNews.OnReportTicket(builder, report),
            AddMirror add => OnAddMirror(builder, add),
            GiveUpThread give => OnGiveUpThread(builder, give),
            _ => throw new UnreachableException(input.GetType().Name),
        };
    }

    static Decision OnStart(DecisionBuilder builder, Start start)
    {
        if (builder.State.Phase is not Phase.NotStarted)
            return builder.Ignored("it has already started");
        builder.Add(new Started(start.Plan, builder.Now + start.Plan.PolicyOf(0).GiveUpAfter));
        NextStep.AddMirrors(builder, start.Mirrors.IsDefault ? [] : start.Mirrors, atStart: true);
        return NextStep.GoOn(builder);
    }

    static Decision OnLegProgressed(DecisionBuilder builder, LegProgressed progressed)
    {
        if (builder.State.Leg(progressed.Attempt) is not { } before)
            return builder.Ignored("no such call");
        var after = Evolution.Merge(before, progressed.Report, builder.Now);
        if (after == before)
            return builder.Ignored("nothing new");
        // The event carries only a status that is new. Otherwise the thread would report a known status again when, say, the price
        // arrives.
        builder.Add(new LegMoved(progressed.Attempt, after.Status == before.Status
            ? progressed.Report with { Status = LegStatus.None }
            : progressed.Report, builder.Now));
        // The provider can accept an order and then fail it for lack of balance. A ring, or an answer of the network, proves that the
        // line works.
        if (before.IsLive && progressed.Report.Status is >= LegStatus.Ringing and <= LegStatus.Failed)
            NextStep.LineWorks(builder);
        if (!before.IsLive || builder.State.Leg(progressed.Attempt)!.IsLive)
            return builder.Decided();
        return builder.State.Phase is Phase.Calling(var current) && current == progressed.Attempt
            ? NextStep.CallEnded(builder, builder.State.Leg(current)!)
            : NextStep.LegEnded(builder);
    }

    static Decision OnKeysPressed(DecisionBuilder builder, KeysPressed pressed)
    {
        if (builder.State.Leg(pressed.Attempt) is not { } leg)
            return builder.Ignored("no such call");
        if (leg.FirstKey is not null)
            return builder.Ignored("this call has already been answered");
        var fresh = Keys.Fresh(leg.Tones, pressed.Tones);
        if (fresh.Length == 0)
            return builder.Ignored("no new key");

        var key = Keys.First(fresh);
        var callee = pressed.Attempt.Callee;
        var endsBy = key is Key.Wrong || leg.EndsBy < builder.Now + Goodbye ? leg.EndsBy : builder.Now + Goodbye;
        var hadRejected = builder.State.Callees[callee].Rejected;
        builder.Add(new KeyRecorded(pressed.Attempt, key, pressed.Tones, AfterCall: !leg.IsLive, endsBy));
        if (builder.State.IsClosed || key is Key.Wrong || hadRejected)
            return builder.Decided();
        if (key is Key.Accept)
        {
            builder.Add(new Accepted(pressed.Attempt, builder.Now, builder.Now + builder.Policy.AcceptedHold));
            return builder.Decided();
        }
        return NextStep.GoOnWithout(builder, callee);
    }

    static Decision OnLegInformed(DecisionBuilder builder, DispatchInput.LegInformed informed)
    {
        if (builder.State.Leg(informed.Attempt) is not { IsLive: true, InformedAt: null })
            return builder.Ignored("no such live call, or already informed");
        builder.Add(new DispatchEvent.LegInformed(informed.Attempt, builder.Now));
        return builder.Decided();
    }

    static Decision OnLegCut(DecisionBuilder builder, DispatchInput.LegCut cut)
    {
        if (builder.State.Leg(cut.Attempt) is not { IsLive: true, IsCut: false } leg)
            return builder.Ignored("no such live call, or already cut");
        var soon = builder.Now + CutMargin;
        builder.Add(new DispatchEvent.LegCut(cut.Attempt, leg.EndsBy < soon ? leg.EndsBy : soon));
        return builder.Decided();
    }

    static Decision OnLineFreed(DecisionBuilder builder, LineFreed line)
    {
        if (builder.State.IsClosed)
            return builder.Ignored("it is closed");
        var freed = false;
        for (var callee = 0; callee < builder.State.Callees.Length; callee++)
        {
            if (builder.State.Callees[callee].BusyUntil is null || builder.State.Plan.Roster[callee].Phone != line.Phone)
                continue;
            builder.Add(new PersonFreed(callee));
            freed = true;
        }
        if (!freed)
            return builder.Ignored("nobody here waits for that line");
        return builder.State.Phase is Phase.AwaitingPerson ? NextStep.GoOn(builder) : builder.Decided();
    }

    static Decision OnDeadlinePassed(DecisionBuilder builder, DeadlinePassed deadline)
    {
        if (Agenda.Deadline(builder.State) != deadline.Deadline)
            return builder.Ignored("it waits for another moment");
        if (builder.Now < deadline.Deadline)
            return builder.Ignored("that moment has not come");
        foreach (var leg in builder.State.Legs)
            if (leg.IsLive && leg.EndsBy <= builder.Now)
                NextStep.StopWaitingForNews(builder, leg);
        switch (builder.State.Phase)
        {
            case Phase.Settling(var attempt, var until) when until <= builder.Now:
                return Lookups.GraceIsOver(builder, builder.State.Leg(attempt)!);
            case Phase.AwaitingRecords(var attempt, _, var until) when until <= builder.Now:
                return NextStep.SettledWithoutRecords(builder, builder.State.Leg(attempt)!);
            case Phase.Pausing(var until, _) when until <= builder.Now:
            case Phase.AwaitingPerson(var free) when free <= builder.Now:
            case Phase.LineDown(_, var again) when again <= builder.Now:
                return NextStep.GoOn(builder);
            case Phase.Placing or Phase.Pausing or Phase.AwaitingPerson or Phase.LineDown when builder.Now >= builder.State.GiveUpAt
                && !builder.State.HasLiveLeg:
                return NextStep.GoOn(builder);
            default:
                return builder.Decided();
        }
    }

    static Decision OnCancel(DecisionBuilder builder, Cancel cancel)
    {
        if (builder.State.Phase is Phase.NotStarted or Phase.Closed)
            return builder.Ignored("it is not open");
        builder.Add(new Cancelled(cancel.By, builder.Now));
        return builder.Decided();
    }

    static Decision OnSkip(DecisionBuilder builder, Skip skip)
    {
        var state = builder.State;
        if (state.Phase is Phase.NotStarted or Phase.Closed)
            return builder.Ignored("it is not open");
        if (state.Round != skip.Round || !NextStep.IsTheirTurn(state, skip.Callee))
            return builder.Ignored("it is not their turn any more");
        builder.Add(new Skipped(skip.Callee, skip.By));
        return state.Phase is Phase.LineDown ? builder.Decided() : NextStep.GoOn(builder);
    }

    static Decision OnTake(DecisionBuilder builder, Take take)
    {
        if (builder.State.Phase is Phase.NotStarted or Phase.Closed)
            return builder.Ignored("it is not open");
        var callee = builder.State.Plan.Roster.ToList().FindIndex(each => each.Id == take.Employee);
        builder.Add(new Taken(take.By, take.Employee, callee, builder.Now, builder.Now + builder.Policy.AcceptedHold,
            callee >= 0 ? builder.State.Plan.Roster[callee].Phone : take.Phone));
        return builder.Decided();
    }

    static Decision OnMarkDone(DecisionBuilder builder, MarkDone done)
    {
        if (!builder.State.IsHeld)
            return builder.Ignored("nobody has it, or it is done");
        builder.Add(new MarkedDone(done.By, builder.Now));
        return builder.Decided();
    }

    static Decision OnAddMirror(DecisionBuilder builder, AddMirror add)
    {
        var state = builder.State;
        if (state.Phase is Phase.NotStarted or Phase.Closed)
            return builder.Ignored("it is not open");
        var thread = state.ThreadIn(add.Mirror.Channel);
        if (thread is { } shown && !state.GivenUpThreads.Contains(shown))
            return builder.Ignored("it is shown there already");
        if (thread is null && state.Mirrors.Length >= MostMirrors)
            return builder.Ignored("it is shown in as many places as it can be");
        builder.Add(new MirrorAdded(add.Mirror, AtStart: false));
        return builder.Decided();
    }

    // This also applies to a closed dispatch, because its other places report the one that was given up.
    static Decision OnGiveUpThread(DecisionBuilder builder, GiveUpThread give)
    {
        var state = builder.State;
        if (state.Phase is Phase.NotStarted
            || give.Thread < 0
            || give.Thread > state.Mirrors.Length
            || state.GivenUpThreads.Contains(give.Thread))
            return builder.Ignored("it is not shown there");
        builder.Add(new ThreadGivenUp(give.Thread, give.Because, give.Detail));
        return builder.Decided();
    }
}
