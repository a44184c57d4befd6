using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.DispatchInput;

namespace BotDispatch.Core;

/// <summary>What follows from asking the provider's records, and from not having been able to ask them.</summary>
internal static class Lookups
{
    /// <summary>Two answers that know nothing of a call count only if so much time lies between them.</summary>
    public static readonly TimeSpan BetweenAnswers = TimeSpan.FromSeconds(10);

    /// <summary>The process started anew: every call that may be under way is asked about at once, for what it told meanwhile may be lost.</summary>
    public static Decision OnRestarted(DecisionBuilder builder)
    {
        foreach (var leg in Agenda.LegsToLookUp(builder.State))
        {
            var isAnswered = leg.FirstKey is not null;
            if (leg.LookupSince == builder.Now || (isAnswered && !leg.IsLive) || Agenda.IsGivenUp(builder.State, leg))
                continue;
            var latest = leg.BegunAt + builder.Policy.RingTimeout + leg.Length.Longest;
            // The words that answer a key end the call, but they may have died with the process: then the phone goes on as if nothing had been pressed.
            var endsBy = isAnswered || (leg.IsLive && latest < leg.EndsBy) ? latest : leg.EndsBy;
            builder.Add(new LookupBegan(leg.Attempt, builder.Now, endsBy));
        }
        return builder.HasDecided ? builder.Decided() : builder.Ignored("no call is under way");
    }

    /// <summary>The records were read. What they say of keys and progress was handed in before.</summary>
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

    /// <summary>The grace of an ended call is over: it gets its outcome if the records were read, and waits for them if not.</summary>
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

    // A call that the provider has named exists: only after a restart, when its end may have been told to nobody, can its missing mean that it is over.
    // One that was answered is waited for until the longest call would have ended.
    static Decision OnLiveMissing(DecisionBuilder builder, Leg leg)
    {
        if (Agenda.IsKnown(leg) && leg.LookupSince is null)
            return builder.Ignored("the provider has named this call");
        // Somebody talks on that phone: records that do not show it are behind. A second call there would meet an engaged phone, or a second person.
        if (Agenda.IsKnown(leg) && leg.WasAnswered)
            return builder.Ignored("the provider has told that this call was answered");
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
        // Records that show a call under way which has ended are behind, and may lack its last key.
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
        return builder.State.Phase is Phase.AwaitingRecords && isCurrent ? NextStep.Settled(builder, builder.State.Leg(leg.Attempt)!) : builder.Decided();
    }

    // Somebody who picked up may have pressed a key. Where nobody did, a call that the records do not know was none.
    static bool IsProof(DecisionBuilder builder, Leg leg) => !leg.WasAnswered && (!Agenda.IsKnown(leg) || builder.Now - leg.MissingSince >= BetweenAnswers);
}
