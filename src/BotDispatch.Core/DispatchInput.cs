using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>
/// Everything that can happen to a dispatch: a person acts, the provider reports, or time passes. Every input may come twice, late, or out
/// of order.
/// </summary>
public abstract record DispatchInput
{
    private DispatchInput() { }

    /// <summary>Somebody sent the dialog. <paramref name="Mirrors"/> are the further places that show the dispatch.</summary>
    public sealed record Start(DispatchPlan Plan, ImmutableArray<Mirror> Mirrors = default) : DispatchInput;

    /// <summary>
    /// We are about to call. This is committed before the provider gets the order, so that no phone rings twice for one attempt.
    /// </summary>
    /// <param name="Attempt">The call that the state wants.</param>
    /// <param name="Length">How long the call lasts once it is answered.</param>
    /// <param name="Line">Whether the callee may be called now; read in the transaction that commits this input.</param>
    /// <param name="IsEarly">The order must still wait for its turn, so nothing begins; a callee who may not be called is passed
    /// over.</param>
    public sealed record BeginCall(
        AttemptId Attempt, CallLength Length, LineStatus Line = default, bool IsEarly = false) : DispatchInput;

    /// <summary>
    /// No call can be placed now, because something that an order needs, such as an access token, is missing. Nothing was begun, so no
    /// attempt is used up.
    /// </summary>
    public sealed record LineFailed(AttemptId Attempt, LineDownReason Reason) : DispatchInput;

    /// <summary>The call was ordered, but the answer was lost or was a server error. We do not know whether a phone will ring.</summary>
    public sealed record CallUnsure(AttemptId Attempt) : DispatchInput;

    /// <summary>The provider accepted the order of the call.</summary>
    public sealed record CallPlaced(AttemptId Attempt, string TrackingId) : DispatchInput;

    /// <summary>The provider refused the order, so certainly no phone rings.</summary>
    public sealed record CallNotPlaced(AttemptId Attempt, NotPlaced Why) : DispatchInput;

    /// <summary>The provider reported how far a call is, by webhook or in its records.</summary>
    public sealed record LegProgressed(AttemptId Attempt, LegReport Report) : DispatchInput;

    /// <summary>The provider's records were read. This input comes after the keys and the progress that the records contain.</summary>
    /// <param name="Attempt">The call that was looked up.</param>
    /// <param name="Said">The status that the records give; null if they do not know the call.</param>
    public sealed record LookedUp(AttemptId Attempt, LegStatus? Said) : DispatchInput;

    /// <summary>The process restarted. Reports that the calls under way sent in the meantime may be lost.</summary>
    public sealed record Restarted : DispatchInput;

    /// <summary>All keys pressed in a call so far. An empty text counts as a report, too.</summary>
    public sealed record KeysPressed(AttemptId Attempt, string Tones) : DispatchInput;

    /// <summary>The closing message was played in a call that should end.</summary>
    public sealed record LegInformed(AttemptId Attempt) : DispatchInput;

    /// <summary>A call that should end was hung up or rejected, as far as the provider allowed.</summary>
    public sealed record LegCut(AttemptId Attempt) : DispatchInput;

    /// <summary>The phone with this number may be free now.</summary>
    public sealed record LineFreed(string Phone) : DispatchInput;

    /// <summary>A moment passed. Counts only if it is the deadline of the state itself.</summary>
    public sealed record DeadlinePassed(DateTimeOffset Deadline) : DispatchInput;

    /// <summary>Somebody pressed Cancel.</summary>
    public sealed record Cancel(Person By) : DispatchInput;

    /// <summary>
    /// Somebody pressed Skip on a card that was drawn during the turn of <paramref name="Callee"/> in <paramref name="Round"/>.
    /// </summary>
    public sealed record Skip(Person By, int Callee, int Round) : DispatchInput;

    /// <summary>
    /// Somebody pressed "I take it". In the directory they are <paramref name="Employee"/>; <paramref name="Phone"/> is null if they have
    /// no number.
    /// </summary>
    public sealed record Take(Person By, EmployeeId Employee, string? Phone = null) : DispatchInput;

    /// <summary>Somebody pressed Done: the person who accepted is free for other dispatches.</summary>
    public sealed record MarkDone(Person By) : DispatchInput;

    /// <summary>
    /// Another system says that the job is no longer needed: its ticket was closed or given to somebody else, or its alert ended. An open
    /// dispatch stops calling and is closed.
    /// </summary>
    /// <param name="Because">The reason as a clause for a sentence, without a full stop: <c>the ticket was closed in Redmine by Eve</c>.
    /// Names in it are isolated (<see cref="Isolation.Isolated"/>).</param>
    /// <param name="IsOver">The job itself is over, so somebody who has accepted it is free for other dispatches. False if it only needs no
    /// calls any more: then a job that somebody has accepted stays theirs.</param>
    public sealed record NoLongerNeeded(string Because, bool IsOver = true) : DispatchInput;

    /// <summary>The text of the ticket was changed in its own system. The next call speaks the new one.</summary>
    /// <param name="Ticket">The ticket as it is now. Its reference counts for nothing: a dispatch keeps the one it began with.</param>
    /// <param name="Where">The name of the system.</param>
    public sealed record EditTicket(Ticket Ticket, string Where) : DispatchInput;

    /// <summary>The threads must report something about the ticket, such as what its system refused.</summary>
    /// <param name="About">Identifies what is reported. The same is reported once.</param>
    /// <param name="Words">One or more whole sentences.</param>
    public sealed record ReportTicket(string About, string Words) : DispatchInput;

    /// <summary>Somebody asked to show the dispatch in one more place.</summary>
    public sealed record AddMirror(Mirror Mirror) : DispatchInput;

    /// <summary>One place will never show the dispatch: 0 is where it began, and mirrors count from 1.</summary>
    public sealed record GiveUpThread(int Thread, GivenUpBecause Because, string Detail) : DispatchInput;
}

/// <summary>How long a call lasts once it is answered, computed from the text that will be spoken.</summary>
/// <param name="Full">The time until everything was spoken, if no key is pressed.</param>
/// <param name="Longest">The time with every repetition that wrong keys can cause. The provider ends the call there.</param>
public readonly record struct CallLength(TimeSpan Full, TimeSpan Longest);

/// <summary>Whether a callee may be called now.</summary>
/// <param name="Because">Why they may not be called; null if they may.</param>
/// <param name="Until">When to ask again at the latest; null if that is not known.</param>
/// <param name="Detail">The reason in words, as the end of a sentence; for somebody who may be called, why it is their turn. Null if
/// there is nothing to add.</param>
public readonly record struct LineStatus(PassedOverReason? Because, DateTimeOffset? Until = null, string? Detail = null)
{
    /// <summary>The callee may be called.</summary>
    public static LineStatus Free => default;
}

/// <summary>What the provider reports about one call. A later report may contain less than an earlier one.</summary>
/// <param name="Status">How far the call is.</param>
/// <param name="MessageId">The id of the leg; known from the first webhook or from the records.</param>
/// <param name="TrackingId">The id of the conversation.</param>
/// <param name="AnsweredBy">Who picked up; only the records say that.</param>
/// <param name="Duration">How long the call was answered.</param>
/// <param name="Price">What the call cost, in the account's currency.</param>
public sealed record LegReport(
    LegStatus Status, string? MessageId = null, string? TrackingId = null, AnsweredBy AnsweredBy = AnsweredBy.Unknown,
    TimeSpan? Duration = null, decimal? Price = null);

/// <summary>Why a call was certainly not placed.</summary>
public abstract record NotPlaced
{
    private NotPlaced() { }

    /// <summary>The telephone line is down for everybody.</summary>
    public sealed record LineIsDown(LineDownReason Reason) : NotPlaced;

    /// <summary>The provider will never call this number.</summary>
    public sealed record NumberIsBad : NotPlaced;

    /// <summary>We sent no order, because the call was no longer wanted or the order would have come too late.</summary>
    public sealed record NotSent : NotPlaced;

    /// <summary>The provider refused this one call for a reason of its own.</summary>
    public sealed record Refused(string Detail) : NotPlaced;
}
