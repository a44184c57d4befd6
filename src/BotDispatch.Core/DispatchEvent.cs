using System.Text.Json.Serialization;

namespace BotDispatch.Core;

/// <summary>
/// What was decided, in the past tense. The events are the truth: state, thread and reports are drawn from them.
/// The stored names are added to and never changed.
/// </summary>
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(CallWanted), "call-wanted")]
[JsonDerivedType(typeof(CallBegun), "call-begun")]
[JsonDerivedType(typeof(CallPlaced), "call-placed")]
[JsonDerivedType(typeof(CallUnsure), "call-unsure")]
[JsonDerivedType(typeof(CallWithdrawn), "call-withdrawn")]
[JsonDerivedType(typeof(LegMoved), "leg-moved")]
[JsonDerivedType(typeof(KeyHeard), "key-heard")]
[JsonDerivedType(typeof(SettlingBegan), "settling-began")]
[JsonDerivedType(typeof(LookupBegan), "lookup-began")]
[JsonDerivedType(typeof(RecordsRead), "records-read")]
[JsonDerivedType(typeof(RecordsMissed), "records-missed")]
[JsonDerivedType(typeof(RecordsAwaited), "records-awaited")]
[JsonDerivedType(typeof(AttemptEnded), "attempt-ended")]
[JsonDerivedType(typeof(LegTold), "leg-told")]
[JsonDerivedType(typeof(LegCut), "leg-cut")]
[JsonDerivedType(typeof(RetryPauseBegan), "retry-pause-began")]
[JsonDerivedType(typeof(RoundEnded), "round-ended")]
[JsonDerivedType(typeof(PassedOver), "passed-over")]
[JsonDerivedType(typeof(PersonAwaited), "person-awaited")]
[JsonDerivedType(typeof(PersonFreed), "person-freed")]
[JsonDerivedType(typeof(LineWentDown), "line-went-down")]
[JsonDerivedType(typeof(LineRestored), "line-restored")]
[JsonDerivedType(typeof(Skipped), "skipped")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Exhausted), "exhausted")]
[JsonDerivedType(typeof(MarkedDone), "marked-done")]
[JsonDerivedType(typeof(MirrorAdded), "mirror-added")]
[JsonDerivedType(typeof(ThreadGivenUp), "thread-given-up")]
public abstract record DispatchEvent
{
    private DispatchEvent() { }

    /// <summary>The dispatch began.</summary>
    public sealed record Started(DispatchPlan Plan, DateTimeOffset GiveUpAt) : DispatchEvent;

    /// <summary>It is this callee's turn to be phoned.</summary>
    public sealed record CallWanted(AttemptId Attempt) : DispatchEvent;

    /// <summary>We are phoning: from here on this attempt is never begun again.</summary>
    /// <param name="Attempt">The call.</param>
    /// <param name="Round">The round it belongs to, from 1.</param>
    /// <param name="InRound">Which of the callee's attempts in this round, from 1.</param>
    /// <param name="At">When.</param>
    /// <param name="EndsBy">When we stop waiting for news of it.</param>
    /// <param name="Length">How long it lasts once answered.</param>
    public sealed record CallBegun(AttemptId Attempt, int Round, int InRound, DateTimeOffset At, DateTimeOffset EndsBy, CallLength Length) : DispatchEvent;

    /// <summary>The provider took the call.</summary>
    public sealed record CallPlaced(AttemptId Attempt, string TrackingId) : DispatchEvent;

    /// <summary>Nobody knows whether the provider took the call.</summary>
    public sealed record CallUnsure(AttemptId Attempt, DateTimeOffset At) : DispatchEvent;

    /// <summary>The provider surely never phoned: the attempt's number is free again.</summary>
    public sealed record CallWithdrawn(AttemptId Attempt) : DispatchEvent;

    /// <summary>A leg came further, or more became known of it.</summary>
    public sealed record LegMoved(AttemptId Attempt, LegReport Report, DateTimeOffset At) : DispatchEvent;

    /// <summary>A key was pressed.</summary>
    /// <param name="Attempt">In which call.</param>
    /// <param name="Key">What it means.</param>
    /// <param name="Tones">All keys of that call so far.</param>
    /// <param name="AfterCall">It became known only after the call had ended.</param>
    /// <param name="EndsBy">When the call will have ended, as far as we wait.</param>
    public sealed record KeyHeard(AttemptId Attempt, Key Key, string Tones, bool AfterCall, DateTimeOffset EndsBy) : DispatchEvent;

    /// <summary>The call is over without a key; one that was lost on its way is awaited until then.</summary>
    public sealed record SettlingBegan(AttemptId Attempt, DateTimeOffset At, DateTimeOffset Until) : DispatchEvent;

    /// <summary>The process has started anew, and asks the provider's records what became of this call.</summary>
    /// <param name="Attempt">The call.</param>
    /// <param name="At">When.</param>
    /// <param name="EndsBy">When we stop waiting for news of it: no later than it could have rung and lasted.</param>
    public sealed record LookupBegan(AttemptId Attempt, DateTimeOffset At, DateTimeOffset EndsBy) : DispatchEvent;

    /// <summary>The provider's records have said what was waited for: that the call is under way, or what was pressed in one that has ended.</summary>
    public sealed record RecordsRead(AttemptId Attempt, DateTimeOffset At) : DispatchEvent;

    /// <summary>The provider's records know of no such call, which soon after the call is no proof.</summary>
    public sealed record RecordsMissed(AttemptId Attempt, DateTimeOffset At) : DispatchEvent;

    /// <summary>The grace of an ended call is over, and the provider's records have not said what was pressed: they are awaited until then.</summary>
    public sealed record RecordsAwaited(AttemptId Attempt, DateTimeOffset At, DateTimeOffset Until) : DispatchEvent;

    /// <summary>The attempt's outcome is known.</summary>
    /// <param name="Attempt">Which.</param>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="Evidence">What that rests on.</param>
    /// <param name="At">When we stopped waiting, where nobody knows when the call ended; the pause before the next call counts from there.</param>
    public sealed record AttemptEnded(AttemptId Attempt, CallOutcome Outcome, Evidence Evidence = Evidence.None, DateTimeOffset? At = null) : DispatchEvent;

    /// <summary>A leg that should end was told the truth.</summary>
    public sealed record LegTold(AttemptId Attempt, DateTimeOffset At) : DispatchEvent;

    /// <summary>A leg that should end was cut.</summary>
    public sealed record LegCut(AttemptId Attempt, DateTimeOffset EndsBy) : DispatchEvent;

    /// <summary>The same callee is phoned again later.</summary>
    public sealed record RetryPauseBegan(int Callee, DateTimeOffset Until) : DispatchEvent;

    /// <summary>Everybody had their turn; the next round begins later.</summary>
    public sealed record RoundEnded(int Round, DateTimeOffset Until) : DispatchEvent;

    /// <summary>This callee is not phoned now.</summary>
    public sealed record PassedOver(int Callee, PassedOverReason Reason, DateTimeOffset? Until) : DispatchEvent;

    /// <summary>Only busy people remain.</summary>
    public sealed record PersonAwaited(DateTimeOffset Until) : DispatchEvent;

    /// <summary>A callee who was busy may be free.</summary>
    public sealed record PersonFreed(int Callee) : DispatchEvent;

    /// <summary>The telephone line as a whole is down.</summary>
    public sealed record LineWentDown(LineDownReason Reason, int Times, DateTimeOffset Until) : DispatchEvent;

    /// <summary>The provider takes calls again.</summary>
    public sealed record LineRestored : DispatchEvent;

    /// <summary>Somebody ended this callee's turn in this round.</summary>
    public sealed record Skipped(int Callee, Person By) : DispatchEvent;

    /// <summary>A callee pressed 1: the dispatch is closed.</summary>
    public sealed record Accepted(AttemptId Attempt, DateTimeOffset At, DateTimeOffset HeldUntil) : DispatchEvent;

    /// <summary>An employee took the job in the channel: the dispatch is closed.</summary>
    /// <param name="By">Who pressed.</param>
    /// <param name="Employee">Who that is in the directory.</param>
    /// <param name="Callee">Where they stand on the roster, or -1.</param>
    /// <param name="At">When.</param>
    /// <param name="HeldUntil">Until when they are not phoned for other dispatches.</param>
    /// <param name="Phone">The number that is not rung until then; null if they have none.</param>
    public sealed record Taken(Person By, EmployeeId Employee, int Callee, DateTimeOffset At, DateTimeOffset HeldUntil, string? Phone = null) : DispatchEvent;

    /// <summary>Somebody cancelled: the dispatch is closed.</summary>
    public sealed record Cancelled(Person By, DateTimeOffset At) : DispatchEvent;

    /// <summary>Nobody is left to be phoned: the dispatch is closed.</summary>
    public sealed record Exhausted(ExhaustedBecause Because, DateTimeOffset At) : DispatchEvent;

    /// <summary>The accepted job is done.</summary>
    public sealed record MarkedDone(Person By, DateTimeOffset At) : DispatchEvent;

    /// <summary>It is shown in one more place, or again in one that was given up. <paramref name="AtStart"/>: from its beginning.</summary>
    public sealed record MirrorAdded(Mirror Mirror, bool AtStart) : DispatchEvent;

    /// <summary>One of its places does not show it any more, and the others say so.</summary>
    /// <param name="Thread">0 for where it was begun; the mirrors count on from there.</param>
    /// <param name="Because">Why.</param>
    /// <param name="Detail">What that chat calls the reason; may be empty.</param>
    public sealed record ThreadGivenUp(int Thread, GivenUpBecause Because, string Detail) : DispatchEvent;
}

/// <summary>Why a place does not show a dispatch.</summary>
public enum GivenUpBecause
{
    /// <summary>The chat will never take it there.</summary>
    Refused,
    /// <summary>Whoever wants it there is not a member.</summary>
    NotAMember,
    /// <summary>An administrator does not allow it there any more.</summary>
    NotAllowed,
}

/// <summary>Why a dispatch ended with nobody.</summary>
public enum ExhaustedBecause
{
    /// <summary>Everyone rejected or cannot be called at all.</summary>
    NobodyLeft,
    /// <summary>The time for trying is over.</summary>
    TimeIsUp,
}
