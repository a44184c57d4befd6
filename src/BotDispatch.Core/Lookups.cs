using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.DispatchInput;

namespace BotDispatch.Core;

/// <summary>What follows from asking the provider's records, and from not having been able to ask them.</summary>
internal static class Lookups
{
    /// <summary>Two answers that know nothing of a call count only if so much time lies between them.</summary>
    public static readonly TimeSpan BetweenAnswers = TimeSpan.FromSeconds(10);

    /// <summary>The process started anew: every call that may be under way is asked about at once, for what it told meanwhile may be lost.</summary>
    public static Decision OnRestarted(Story story)
    {
        foreach (var leg in Agenda.LegsToLookUp(story.State))
        {
            if (leg.LookupSince == story.Now || leg.FirstKey is not null || Agenda.IsGivenUp(story.State, leg))
                continue;
            var latest = leg.BegunAt + story.Policy.RingTimeout + leg.Length.Longest;
            story.Add(new LookupBegan(leg.Attempt, story.Now, leg.IsLive && latest < leg.EndsBy ? latest : leg.EndsBy));
        }
        return story.HasDecided ? story.Decided() : story.Ignored("no call is under way");
    }

    /// <summary>The records were read. What they say of keys and progress was handed in before.</summary>
    public static Decision OnLookedUp(Story story, LookedUp lookedUp)
    {
        if (story.State.Leg(lookedUp.Attempt) is not { } leg)
            return story.Ignored("no such call");
        if (leg.FirstKey is not null)
            return story.Ignored("this call has already been answered");
        return (leg.IsLive, lookedUp.Said) switch
        {
            (true, null) => OnLiveMissing(story, leg),
            (true, _) => OnLiveFound(story, leg),
            (false, var said) => OnEnded(story, leg, said),
        };
    }

    /// <summary>The grace of an ended call is over: it gets its outcome if the records were read, and waits for them if not.</summary>
    public static Decision GraceIsOver(Story story, Leg leg)
    {
        if (leg.RecordsReadAt is not null)
            return NextStep.Settled(story, leg);
        story.Add(new RecordsAwaited(leg.Attempt, story.Now, story.Now + story.Policy.RecordsTimeout));
        return story.Decided();
    }

    static Decision OnLiveFound(Story story, Leg leg)
    {
        if (leg is { LookupSince: null, MissingSince: null, UnsureSince: null })
            return story.Ignored("nothing new");
        story.Add(new RecordsRead(leg.Attempt, story.Now));
        return story.Decided();
    }

    // A call that the provider has named exists: only after a restart, when its end may have been told to nobody, can its missing mean that it is over.
    static Decision OnLiveMissing(Story story, Leg leg)
    {
        if (Agenda.IsKnown(leg) && leg.LookupSince is null)
            return story.Ignored("the provider has named this call");
        if (leg.MissingSince is not { } since)
        {
            story.Add(new RecordsMissed(leg.Attempt, story.Now));
            return story.Decided();
        }
        if (story.Now < Agenda.ProofFrom(leg) || story.Now - since < BetweenAnswers)
            return story.Ignored("soon after the call that is no proof");
        if (!Agenda.IsKnown(leg) && !leg.WasAnswered)
            return NextStep.NeverPlaced(story, leg);
        NextStep.StopWaitingForNews(story, leg);
        return NextStep.LegEnded(story);
    }

    static Decision OnEnded(Story story, Leg leg, LegStatus? said)
    {
        var isCurrent = NextStep.CallOf(story.State.Phase) == leg.Attempt;
        if (leg.RecordsReadAt is not null || !(isCurrent || Agenda.IsGivenUp(story.State, leg)))
            return story.Ignored("nothing waits for its records");
        // Records that show a call under way which has ended are behind, and may lack its last key.
        if (said is not (null or LegStatus.None or >= LegStatus.Completed))
            return story.Ignored("the records are behind");
        if (said is null && !IsProof(story, leg))
        {
            if (leg.MissingSince is not null)
                return story.Ignored("that is no proof that no key was pressed");
            story.Add(new RecordsMissed(leg.Attempt, story.Now));
            return story.Decided();
        }
        if (story.State.Phase is Phase.Settling(_, var until) && isCurrent && story.Now < until - Agenda.BeforeGraceEnds)
            return story.Ignored("they are asked once more before the grace ends");
        story.Add(new RecordsRead(leg.Attempt, story.Now));
        return story.State.Phase is Phase.AwaitingRecords && isCurrent ? NextStep.Settled(story, story.State.Leg(leg.Attempt)!) : story.Decided();
    }

    // Somebody who picked up may have pressed a key. Where nobody did, a call that the records do not know was none.
    static bool IsProof(Story story, Leg leg) => !leg.WasAnswered && (!Agenda.IsKnown(leg) || story.Now - leg.MissingSince >= BetweenAnswers);
}
