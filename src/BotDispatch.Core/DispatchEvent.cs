using System.Text.Json.Serialization;

namespace BotDispatch.Core;

/// <summary>
/// One thing that was decided, in the past tense. State, thread and reports are all drawn from the events. Stored names may be added and
/// are never changed.
/// </summary>
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(CallWanted), "call-wanted")]
[JsonDerivedType(typeof(CallBegun), "call-begun")]
[JsonDerivedType(typeof(CallPlaced), "call-placed")]
[JsonDerivedType(typeof(CallUnsure), "call-unsure")]
[JsonDerivedType(typeof(CallWithdrawn), "call-withdrawn")]
[JsonDerivedType(typeof(LegMoved), "leg-moved")]
[JsonDerivedType(typeof(KeyRecorded), "key-heard")]
[JsonDerivedType(typeof(SettlingBegan), "settling-began")]
[JsonDerivedType(typeof(LookupBegan), "lookup-began")]
[JsonDerivedType(typeof(RecordsRead), "records-read")]
[JsonDerivedType(typeof(RecordsMissed), "records-missed")]
[JsonDerivedType(typeof(RecordsAwaited), "records-awaited")]
[JsonDerivedType(typeof(AttemptEnded), "attempt-ended")]
[JsonDerivedType(typeof(LegInformed), "leg-told")]
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
[JsonDerivedType(typeof(CalledOff), "called-off")]
[JsonDerivedType(typeof(JobEnded), "job-ended")]
[JsonDerivedType(typeof(TicketChanged), "ticket-changed")]
[JsonDerivedType(typeof(TicketReported), "ticket-reported")]
[JsonDerivedType(typeof(MarkedDone), "marked-done")]
[JsonDerivedType(typeof(MirrorAdded), "mirror-added")]
[JsonDerivedType(typeof(ThreadGivenUp), "thread-given-up")]
[JsonDerivedType(typeof(ListEnded), "list-ended")]
public abstract record DispatchEvent
{
    private DispatchEvent() { }

    /// <summary>The dispatch began.</summary>
    public sealed record Started(DispatchPlan Plan, DateTimeOffset GiveUpAt) : DispatchEvent;

    /// <summary>It is this callee's turn, and the dispatch wants to call them.</summary>
    public sealed record CallWanted(AttemptId Attempt) : DispatchEvent;

    /// <summary>We are placing the call. From here on, the number of this attempt is never used again.</summary>
    /// <param name="Attempt">The call.</param>
    /// <param name="Round">The round it belongs to, from 1.</param>
    /// <param name="InRound">The number of the callee's attempt in this round, from 1.</param>
    /// <param name="At">When we set out to call.</param>
    /// <param name="EndsBy">When we stop waiting for news of the call.</param>
    /// <param name="Length">How long the call lasts once it is answered.</param>
    /// <param name="Why">Why the callee may be called now, in words; null if there is nothing to add.</param>
    public sealed record CallBegun(AttemptId Attempt, int Round, int InRound, DateTimeOffset At, DateTimeOffset EndsBy, CallLength Length,
        string? Why = null) : DispatchEvent;

    /// <summary>The provider accepted the order of the call.</summary>
    public sealed record CallPlaced(AttemptId Attempt, string TrackingId) : DispatchEvent;

    /// <summary>The answer to the order was lost: we do not know whether the provider accepted it.</summary>
    public sealed record CallUnsure(AttemptId Attempt, DateTimeOffset At) : DispatchEvent;

    /// <summary>The provider certainly placed no call, so the number of the attempt is free again.</summary>
    public sealed record CallWithdrawn(AttemptId Attempt) : DispatchEvent;

    /// <summary>The call progressed, or the provider reported more about it.</summary>
    public sealed record LegMoved(AttemptId Attempt, LegReport Report, DateTimeOffset At) : DispatchEvent;

    /// <summary>Somebody pressed a key.</summary>
    /// <param name="Attempt">The call in which it was pressed.</param>
    /// <param name="Key">The meaning of the key.</param>
    /// <param name="Tones">All keys of that call so far.</param>
    /// <param name="AfterCall">The key was reported only after the call had ended.</param>
    /// <param name="EndsBy">When we stop waiting for the end of the call.</param>
    public sealed record KeyRecorded(AttemptId Attempt, Key Key, string Tones, bool AfterCall, DateTimeOffset EndsBy) : DispatchEvent;

    /// <summary>The call ended without a key. A key that was lost on its way is awaited until <paramref name="Until"/>.</summary>
    public sealed record SettlingBegan(AttemptId Attempt, DateTimeOffset At, DateTimeOffset Until) : DispatchEvent;

    /// <summary>The process restarted, and reads in the provider's records what became of this call.</summary>
    /// <param name="Attempt">The call.</param>
    /// <param name="At">When the process restarted.</param>
    /// <param name="EndsBy">When we stop waiting for news of the call: the longest it could have rung and lasted.</param>
    public sealed record LookupBegan(AttemptId Attempt, DateTimeOffset At, DateTimeOffset EndsBy) : DispatchEvent;

    /// <summary>
    /// The provider's records said what we waited for: that the call is under way, or which keys were pressed in one that has ended.
    /// </summary>
    public sealed record RecordsRead(AttemptId Attempt, DateTimeOffset At) : DispatchEvent;

    /// <summary>The provider's records do not know the call. Soon after a call that proves nothing, because the records lag.</summary>
    public sealed record RecordsMissed(AttemptId Attempt, DateTimeOffset At) : DispatchEvent;

    /// <summary>
    /// The key grace of an ended call is over, and the provider's records have not said which keys were pressed. They are awaited until
    /// <paramref name="Until"/>.
    /// </summary>
    public sealed record RecordsAwaited(AttemptId Attempt, DateTimeOffset At, DateTimeOffset Until) : DispatchEvent;

    /// <summary>The attempt's outcome is known.</summary>
    /// <param name="Attempt">The call.</param>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="Evidence">The reason for that outcome.</param>
    /// <param name="At">When we stopped waiting; null if we know when the call ended. The pause before the next call counts from
    /// here.</param>
    public sealed record AttemptEnded(AttemptId Attempt, CallOutcome Outcome, Evidence Evidence = Evidence.None, DateTimeOffset? At = null)
        : DispatchEvent;

    /// <summary>A closing message was played to somebody whose call is about to be ended.</summary>
    public sealed record LegInformed(AttemptId Attempt, DateTimeOffset At) : DispatchEvent;

    /// <summary>We hung up or rejected a call that should end.</summary>
    public sealed record LegCut(AttemptId Attempt, DateTimeOffset EndsBy) : DispatchEvent;

    /// <summary>The dispatch pauses before it calls the same callee again.</summary>
    public sealed record RetryPauseBegan(int Callee, DateTimeOffset Until) : DispatchEvent;

    /// <summary>Every callee had their turn. The next round begins after a pause.</summary>
    public sealed record RoundEnded(int Round, DateTimeOffset Until) : DispatchEvent;

    /// <summary>This callee is not called now, for the reason given.</summary>
    /// <param name="Callee">Who is passed over, as an index into the roster.</param>
    /// <param name="Reason">The reason.</param>
    /// <param name="Until">When they may be called at the earliest; null if that is not known.</param>
    /// <param name="Detail">The reason in words, with its end; null if the reason says all.</param>
    public sealed record PassedOver(int Callee, PassedOverReason Reason, DateTimeOffset? Until, string? Detail = null) : DispatchEvent;

    /// <summary>Only busy callees remain in this round; the dispatch waits for one of them.</summary>
    public sealed record PersonAwaited(DateTimeOffset Until) : DispatchEvent;

    /// <summary>A callee who was busy may be free now.</summary>
    public sealed record PersonFreed(int Callee) : DispatchEvent;

    /// <summary>The telephone line is down for everybody. <paramref name="Times"/> counts how often in a row.</summary>
    public sealed record LineWentDown(LineDownReason Reason, int Times, DateTimeOffset Until) : DispatchEvent;

    /// <summary>The provider places calls again.</summary>
    public sealed record LineRestored : DispatchEvent;

    /// <summary>Somebody ended this callee's turn in this round.</summary>
    public sealed record Skipped(int Callee, Person By) : DispatchEvent;

    /// <summary>A callee pressed 1: the dispatch is closed.</summary>
    public sealed record Accepted(AttemptId Attempt, DateTimeOffset At, DateTimeOffset HeldUntil) : DispatchEvent;

    /// <summary>An employee took the job in the channel: the dispatch is closed.</summary>
    /// <param name="By">The person who pressed the button.</param>
    /// <param name="Employee">Their entry in the directory.</param>
    /// <param name="Callee">Their index in the roster; -1 if they are not on it.</param>
    /// <param name="At">When they pressed it.</param>
    /// <param name="HeldUntil">Until when other dispatches do not call them.</param>
    /// <param name="Phone">The number that is not called until then; null if they have none.</param>
    public sealed record Taken(Person By, EmployeeId Employee, int Callee, DateTimeOffset At, DateTimeOffset HeldUntil,
        string? Phone = null) : DispatchEvent;

    /// <summary>Somebody cancelled: the dispatch is closed.</summary>
    public sealed record Cancelled(Person By, DateTimeOffset At) : DispatchEvent;

    /// <summary>Nobody accepted, and nobody is left to be called: the dispatch is closed.</summary>
    public sealed record Exhausted(ExhaustedBecause Because, DateTimeOffset At) : DispatchEvent;

    /// <summary>The job is no longer needed: the dispatch is closed.</summary>
    /// <param name="Because">The reason as a clause for a sentence, without a full stop.</param>
    /// <param name="At">When the news arrived.</param>
    public sealed record CalledOff(string Because, DateTimeOffset At) : DispatchEvent;

    /// <summary>The accepted job is over, although nobody marked it as done in the chat.</summary>
    /// <param name="Because">The reason as a clause for a sentence, without a full stop.</param>
    /// <param name="At">When the news arrived.</param>
    public sealed record JobEnded(string Because, DateTimeOffset At) : DispatchEvent;

    /// <summary>The text of the ticket was changed in its own system.</summary>
    /// <param name="Before">The ticket as it was spoken and shown until now.</param>
    /// <param name="After">The ticket as it is now, with the same reference.</param>
    /// <param name="Where">The name of the system.</param>
    /// <param name="At">When the news arrived.</param>
    public sealed record TicketChanged(Ticket Before, Ticket After, string Where, DateTimeOffset At) : DispatchEvent;

    /// <summary>Something about the ticket that the threads report once.</summary>
    /// <param name="About">Identifies it.</param>
    /// <param name="Words">One or more whole sentences.</param>
    public sealed record TicketReported(string About, string Words) : DispatchEvent;

    /// <summary>The accepted job is done.</summary>
    public sealed record MarkedDone(Person By, DateTimeOffset At) : DispatchEvent;

    /// <summary>
    /// The dispatch is shown in one more place, or again in a place that was given up. <paramref name="AtStart"/>: from its beginning.
    /// </summary>
    public sealed record MirrorAdded(Mirror Mirror, bool AtStart) : DispatchEvent;

    /// <summary>One place stopped showing the dispatch; its other places report that.</summary>
    /// <param name="Thread">The number of the place: 0 is where the dispatch began, and mirrors count from 1.</param>
    /// <param name="Because">Why it stopped.</param>
    /// <param name="Detail">The reason in the words of that chat; may be empty.</param>
    public sealed record ThreadGivenUp(int Thread, GivenUpBecause Because, string Detail) : DispatchEvent;

    /// <summary>Nobody of a list accepted, and the next list of the plan is called.</summary>
    /// <param name="List">The list that is exhausted, as an index into the lists of the plan.</param>
    /// <param name="Because">Why nobody of it is called any more.</param>
    /// <param name="At">When it ended.</param>
    /// <param name="GiveUpAt">The moment after which nobody of the next list is called.</param>
    public sealed record ListEnded(int List, ExhaustedBecause Because, DateTimeOffset At, DateTimeOffset GiveUpAt) : DispatchEvent;
}

/// <summary>Why a place stopped showing a dispatch.</summary>
public enum GivenUpBecause
{
    /// <summary>The chat refuses to post there for good.</summary>
    Refused,
    /// <summary>The person who asked for this place is not a member of it.</summary>
    NotAMember,
    /// <summary>An administrator no longer allows this place.</summary>
    NotAllowed,
}

/// <summary>Why a dispatch ended without a person.</summary>
public enum ExhaustedBecause
{
    /// <summary>Everyone rejected or cannot be called.</summary>
    NobodyLeft,
    /// <summary>The time for trying is over.</summary>
    TimeIsUp,
    /// <summary>There were as many rounds as the policy allows.</summary>
    RoundsAreOver,
    /// <summary>Nobody left on a list can be called soon, and another list follows.</summary>
    NobodyAvailable,
}
