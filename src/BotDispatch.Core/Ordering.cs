using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.DispatchInput;

namespace BotDispatch.Core;

/// <summary>What follows from placing a call and from the provider's answer to the order.</summary>
internal static class Ordering
{
    /// <summary>How long news of a call may take, beyond ringing and talking, before we stop waiting for it.</summary>
    static readonly TimeSpan NewsMargin = TimeSpan.FromSeconds(15);

    public static Decision OnBeginCall(DecisionBuilder builder, BeginCall begin)
    {
        if (builder.State.Phase is not Phase.Placing(var wanted) || wanted != begin.Attempt)
            return builder.Ignored("this call is not wanted any more");
        if (builder.State.HasLiveLeg)
            return builder.Ignored("another phone of this dispatch may still be off the hook");
        if (builder.Now >= builder.State.GiveUpAt)
            return NextStep.GoOn(builder);
        if (begin.Line.Because is { } reason)
        {
            // A moment in the past would be asked about again at once, without end.
            var until = begin.Line.Until <= builder.Now ? builder.Now + TimeSpan.FromSeconds(1) : begin.Line.Until;
            builder.Add(new PassedOver(wanted.Callee, reason, until, begin.Line.Detail));
            return NextStep.GoOn(builder);
        }
        if (begin.IsEarly)
            return builder.Ignored("its turn has not come");
        var endsBy = builder.Now + builder.Policy.RingTimeout + begin.Length.Longest + NewsMargin;
        builder.Add(new CallBegun(wanted, builder.State.ListRound, builder.State.Callees[wanted.Callee].UsedThisRound + 1, builder.Now,
            endsBy, begin.Length, begin.Line.Detail));
        return builder.Decided();
    }

    public static Decision OnLineFailed(DecisionBuilder builder, LineFailed failed)
    {
        if (builder.State.Phase is not Phase.Placing(var wanted) || wanted != failed.Attempt)
            return builder.Ignored("this call is not wanted any more");
        return NextStep.LineDown(builder, failed.Reason);
    }

    public static Decision OnCallUnsure(DecisionBuilder builder, DispatchInput.CallUnsure unsure)
    {
        if (builder.State.Leg(unsure.Attempt) is not { Status: LegStatus.None, TrackingId: null, MessageId: null, Tones: "" })
            return builder.Ignored("the provider has said otherwise");
        if (builder.State.Leg(unsure.Attempt) is not { UnsureSince: null })
            return builder.Ignored("that is known");
        builder.Add(new DispatchEvent.CallUnsure(unsure.Attempt, builder.Now));
        return builder.Decided();
    }

    public static Decision OnCallPlaced(DecisionBuilder builder, DispatchInput.CallPlaced placed)
    {
        if (builder.State.Leg(placed.Attempt) is not { } leg)
            return builder.Ignored("no such call");
        if (leg.TrackingId is not null)
            return builder.Ignored("its webhook came before the answer");
        builder.Add(new DispatchEvent.CallPlaced(placed.Attempt, placed.TrackingId));
        return builder.Decided();
    }

    public static Decision OnCallNotPlaced(DecisionBuilder builder, CallNotPlaced refused)
    {
        // The call may have been given up in the meantime. The thread still reports that nobody was called.
        if (builder.State.Leg(refused.Attempt)
                is not { Status: LegStatus.None or LegStatus.Lost, TrackingId: null, MessageId: null, Tones: "" } leg
            || (leg.Outcome is not null && !leg.IsLive))
            return builder.Ignored("the provider has said otherwise");
        var isCurrent = NextStep.CallOf(builder.State.Phase) == refused.Attempt;
        switch (refused.Why)
        {
            case NotPlaced.LineIsDown down:
                builder.Add(new CallWithdrawn(refused.Attempt));
                return isCurrent ? NextStep.LineDown(builder, down.Reason) : NextStep.LegEnded(builder);
            case NotPlaced.NotSent:
                builder.Add(new CallWithdrawn(refused.Attempt));
                break;
            case NotPlaced.NumberIsBad:
                builder.Add(new AttemptEnded(refused.Attempt, CallOutcome.BadNumber));
                return NextStep.GoOnWithout(builder, refused.Attempt.Callee);
            case NotPlaced.Refused:
                builder.Add(new AttemptEnded(refused.Attempt, CallOutcome.Failed));
                break;
        }
        return isCurrent ? NextStep.GoOn(builder) : NextStep.LegEnded(builder);
    }
}
