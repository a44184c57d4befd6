using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.DispatchInput;

namespace BotDispatch.Core;

/// <summary>What follows after the provider's records were read or could not be read.</summary>
internal static class Lookups
{
    /// <summary>The least time between two reads of the records that both do not know a call, before the two count as proof.</summary>
    public static readonly TimeSpan BetweenAnswers = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The process restarted: looks up every call that may be under way at once, because its reports in the meantime may be lost.
    /// </summary>
    public static Decision OnRestarted(DecisionBuilder builder)
    {
        foreach (var leg in Agenda.LegsToLookUp(builder.State))
        {
            var isAnswered = leg.FirstKey is not null;
            if (leg.LookupSince == builder.Now || (isAnswered && !leg.IsLive) || Agenda.IsGivenUp(builder.State, leg))
                continue;
            var latest = leg.BegunAt + builder.Policy.RingTimeout + leg.Length.Longest;
            // The plan that answers a key ends the call. If it was lost with the process, the call goes on as if no key had been pressed.
            var endsBy = isAnswered || (leg.IsLive && latest < leg.EndsBy) ? latest : leg.EndsBy;
            builder.Add(new LookupBegan(leg.Attempt, builder.Now, endsBy));
        }
        return builder.HasDecided ? builder.Decided() : builder.Ignored("no call is under way");
    }

    /// <summary>The records were read. Their keys and their progress were applied before.</summary>
    public static Decision OnLookedUp(DecisionBuilder builder, LookedUp lookedUp)
    {
        if (builder.State.Leg(lookedUp.Attempt) is not { } leg)
            return builder.Ignored("no such call");
        if (leg.FirstKey is not null)
            return builder.Ignored("this call has already been answered");
        return (leg.IsLive, lookedUp.Said) switch
        {
            (true, null) => OnLiveMissing(builder, leg),
            (true, _) => OnLiveFound(builder, leg),
            (false, var said) => OnEnded(builder, leg, said),
        };
    }

    /// <summary>
    /// The key grace of an ended call is over. The call gets its outcome if the records were read; otherwise it waits for them.
    /// </summary>
    public static Decision GraceIsOver(DecisionBuilder builder, Leg leg)
    {
        if (leg.RecordsReadAt is not null)
            return NextStep.Settled(builder, leg);
        builder.Add(new RecordsAwaited(leg.Attempt, builder.Now, builder.Now + builder.Policy.RecordsTimeout));
        return builder.Decided();
    }

    static Decision OnLiveFound(DecisionBuilder builder, Leg leg)
    {
        if (leg is { LookupSince: null, MissingSince: null, UnsureSince: null })
            return builder.Ignored("nothing new");
        builder.Add(new RecordsRead(leg.Attempt, builder.Now));
        return builder.Decided();
    }

    // A call with an id of the provider exists. If it is missing from the records, it may have ended, but only after a restart, when we
    // may have missed its end. An answered call is waited for until the longest call would have ended.
    static Decision OnLiveMissing(DecisionBuilder builder, Leg leg)
    {
        if (Agenda.IsKnown(leg) && leg.LookupSince is null)
            return builder.Ignored("the provider has named this call");
        // Somebody talks on that phone, so records without this call are behind. A second call would reach an engaged phone, or a second
        // person.
        if (Agenda.IsKnown(leg) && leg.WasAnswered)
            return builder.Ignored("the provider has reported that this call was answered");
        if (leg.MissingSince is not { } since)
        {
            builder.Add(new RecordsMissed(leg.Attempt, builder.Now));
            return builder.Decided();
        }
        if (builder.Now < Agenda.ProofFrom(leg) || builder.Now - since < BetweenAnswers)
            return builder.Ignored("soon after the call that is no proof");
        if (!Agenda.IsKnown(leg) && !leg.WasAnswered)
            return NextStep.NeverPlaced(builder, leg);
        NextStep.StopWaitingForNews(builder, leg);
        return NextStep.LegEnded(builder);
    }

    static Decision OnEnded(DecisionBuilder builder, Leg leg, LegStatus? said)
    {
        var isCurrent = NextStep.CallOf(builder.State.Phase) == leg.Attempt;
        if (leg.RecordsReadAt is not null || !(isCurrent || Agenda.IsGivenUp(builder.State, leg)))
            return builder.Ignored("nothing waits for its records");
        if (said is null && leg.GivenUpAt == builder.Now)
            return builder.Ignored("it was given up at this moment");
        // These records show an ended call as under way, so they are behind and may lack its last key.
        if (said is not (null or LegStatus.None or >= LegStatus.Completed))
            return builder.Ignored("the records are behind");
        if (said is null && !IsProof(builder, leg))
        {
            if (leg.MissingSince is not null)
                return builder.Ignored("that is no proof that no key was pressed");
            builder.Add(new RecordsMissed(leg.Attempt, builder.Now));
            return builder.Decided();
        }
        if (builder.State.Phase is Phase.Settling(_, var until) && isCurrent && builder.Now < until - Agenda.BeforeGraceEnds)
            return builder.Ignored("they are asked once more before the grace ends");
        builder.Add(new RecordsRead(leg.Attempt, builder.Now));
        return builder.State.Phase is Phase.AwaitingRecords && isCurrent
            ? NextStep.Settled(builder, builder.State.Leg(leg.Attempt)!)
            : builder.Decided();
    }

    // A person who picked up may have pressed a key. If nobody picked up, a call that the records do not know never happened.
    static bool IsProof(DecisionBuilder builder, Leg leg) =>
        !leg.WasAnswered && (!Agenda.IsKnown(leg) || builder.Now - leg.MissingSince >= BetweenAnswers);
}
