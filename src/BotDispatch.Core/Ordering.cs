using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.DispatchInput;

namespace BotDispatch.Core;

/// <summary>What follows from setting out to phone, and from what the provider says to the order.</summary>
internal static class Ordering
{
    /// <summary>Beyond ringing and talking, how long news of a call may take before we stop waiting for it.</summary>
    static readonly TimeSpan NewsMargin = TimeSpan.FromSeconds(15);

    public static Decision OnBeginCall(Story story, BeginCall begin)
    {
        if (story.State.Phase is not Phase.Placing(var wanted) || wanted != begin.Attempt)
            return story.Ignored("this call is not wanted any more");
        if (story.State.HasLiveLeg)
            return story.Ignored("another phone of this dispatch may still be off the hook");
        if (story.Now >= story.State.GiveUpAt)
            return NextStep.GoOn(story);
        if (begin.Line.Because is { } reason)
        {
            // A moment that has passed would be asked about again at once, and again.
            var until = begin.Line.Until <= story.Now ? story.Now + TimeSpan.FromSeconds(1) : begin.Line.Until;
            story.Add(new PassedOver(wanted.Callee, reason, until));
            return NextStep.GoOn(story);
        }
        var endsBy = story.Now + story.Policy.RingTimeout + begin.Length.Longest + NewsMargin;
        story.Add(new CallBegun(wanted, story.State.Round, story.State.Callees[wanted.Callee].UsedThisRound + 1, story.Now, endsBy, begin.Length));
        return story.Decided();
    }

    public static Decision OnLineFailed(Story story, LineFailed failed)
    {
        if (story.State.Phase is not Phase.Placing(var wanted) || wanted != failed.Attempt)
            return story.Ignored("this call is not wanted any more");
        return NextStep.LineDown(story, failed.Reason);
    }

    public static Decision OnCallUnsure(Story story, DispatchInput.CallUnsure unsure)
    {
        if (story.State.Leg(unsure.Attempt) is not { Status: LegStatus.None, TrackingId: null, MessageId: null, Tones: "" })
            return story.Ignored("the provider has said otherwise");
        if (story.State.Leg(unsure.Attempt) is not { UnsureSince: null })
            return story.Ignored("that is known");
        story.Add(new DispatchEvent.CallUnsure(unsure.Attempt, story.Now));
        return story.Decided();
    }

    public static Decision OnCallPlaced(Story story, DispatchInput.CallPlaced placed)
    {
        if (story.State.Leg(placed.Attempt) is not { } leg)
            return story.Ignored("no such call");
        if (leg.TrackingId is not null)
            return story.Ignored("its webhook came before the answer");
        story.Add(new DispatchEvent.CallPlaced(placed.Attempt, placed.TrackingId));
        return story.Decided();
    }

    public static Decision OnCallNotPlaced(Story story, CallNotPlaced not)
    {
        // It may have been given up meanwhile: that nobody was phoned is worth knowing all the same.
        if (story.State.Leg(not.Attempt) is not { Status: LegStatus.None or LegStatus.Lost, TrackingId: null, MessageId: null, Tones: "" } leg
            || (leg.Outcome is not null && !leg.IsLive))
            return story.Ignored("the provider has said otherwise");
        var isCurrent = NextStep.CallOf(story.State.Phase) == not.Attempt;
        switch (not.Why)
        {
            case NotPlaced.LineIsDown down:
                story.Add(new CallWithdrawn(not.Attempt));
                return isCurrent ? NextStep.LineDown(story, down.Reason) : NextStep.LegEnded(story);
            case NotPlaced.NotSent:
                story.Add(new CallWithdrawn(not.Attempt));
                break;
            case NotPlaced.NumberIsBad:
                story.Add(new AttemptEnded(not.Attempt, CallOutcome.BadNumber));
                return NextStep.GoOnWithout(story, not.Attempt.Callee);
            case NotPlaced.Refused:
                story.Add(new AttemptEnded(not.Attempt, CallOutcome.Failed));
                break;
        }
        return isCurrent ? NextStep.GoOn(story) : NextStep.LegEnded(story);
    }
}
