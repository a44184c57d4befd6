using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>Everything that can happen to a dispatch: a person's wish, a provider's report, or time. Any of them may come twice, late, or out of order.</summary>
public abstract record DispatchInput
{
    private DispatchInput() { }

    /// <summary>The dialog was sent. <paramref name="Mirrors"/> are where it is shown as well.</summary>
    public sealed record Start(DispatchPlan Plan, ImmutableArray<Mirror> Mirrors = default) : DispatchInput;

    /// <summary>
    /// We are about to phone: committed before the provider is asked, so that no phone rings twice for one attempt.
    /// </summary>
    /// <param name="Attempt">The call the state wants.</param>
    /// <param name="Length">How long the call lasts once answered.</param>
    /// <param name="Line">Whether the callee may be phoned now, read in the transaction that commits this.</param>
    public sealed record BeginCall(AttemptId Attempt, CallLength Length, LineFacts Line = default) : DispatchInput;

    /// <summary>Nobody can be phoned now: what an order needs, as an access token, is not to be had. Nothing was begun, so nobody's attempt is used up.</summary>
    public sealed record LineFailed(AttemptId Attempt, LineDownReason Reason) : DispatchInput;

    /// <summary>The call was ordered, and the answer was lost, or was a server error: nobody knows whether a phone will ring.</summary>
    public sealed record CallUnsure(AttemptId Attempt) : DispatchInput;

    /// <summary>The provider took the call.</summary>
    public sealed record CallPlaced(AttemptId Attempt, string TrackingId) : DispatchInput;

    /// <summary>The provider did not take the call, and surely phones nobody.</summary>
    public sealed record CallNotPlaced(AttemptId Attempt, NotPlaced Why) : DispatchInput;

    /// <summary>The provider said how far a leg has come, by webhook or by its records.</summary>
    public sealed record LegProgressed(AttemptId Attempt, LegReport Report) : DispatchInput;

    /// <summary>
    /// The provider's records were read. Comes after what they say of keys and progress was handed in.
    /// </summary>
    /// <param name="Attempt">The call they were asked about.</param>
    /// <param name="Said">How far they say it is; null if they know of no such call.</param>
    public sealed record LookedUp(AttemptId Attempt, LegStatus? Said) : DispatchInput;

    /// <summary>The process has started anew: what calls under way have told meanwhile may be lost.</summary>
    public sealed record Restarted : DispatchInput;

    /// <summary>All keys pressed so far in a call; the empty text is a report too.</summary>
    public sealed record KeysPressed(AttemptId Attempt, string Tones) : DispatchInput;

    /// <summary>A leg that should end was told the truth.</summary>
    public sealed record LegTold(AttemptId Attempt) : DispatchInput;

    /// <summary>A leg that should end was hung up or rejected, as far as the provider would.</summary>
    public sealed record LegCut(AttemptId Attempt) : DispatchInput;

    /// <summary>Somebody who was busy may be free.</summary>
    public sealed record LineFreed(string Phone) : DispatchInput;

    /// <summary>Time. Counts only if it is the state's own deadline and has passed.</summary>
    public sealed record DeadlinePassed(DateTimeOffset Deadline) : DispatchInput;

    /// <summary>The button Cancel.</summary>
    public sealed record Cancel(Person By) : DispatchInput;

    /// <summary>The button Skip, drawn while it was <paramref name="Callee"/>'s turn in <paramref name="Round"/>.</summary>
    public sealed record Skip(Person By, int Callee, int Round) : DispatchInput;

    /// <summary>The button I take it, pressed by somebody who is <paramref name="Employee"/>, phoned at <paramref name="Phone"/> if at all.</summary>
    public sealed record Take(Person By, EmployeeId Employee, string? Phone = null) : DispatchInput;

    /// <summary>The button Done: whoever accepted is free for other dispatches.</summary>
    public sealed record MarkDone(Person By) : DispatchInput;

    /// <summary>Somebody wants it shown in one more place.</summary>
    public sealed record AddMirror(Mirror Mirror) : DispatchInput;

    /// <summary>One of its places will never show it: 0 is where it was begun, the mirrors count on from there.</summary>
    public sealed record GiveUpThread(int Thread, GivenUpBecause Because, string Detail) : DispatchInput;
}

/// <summary>How long a call lasts once answered, worked out from what will be spoken.</summary>
/// <param name="Full">Until everything has been said and no key was pressed.</param>
/// <param name="Longest">With every repetition that wrong keys can bring; the provider cuts the call there.</param>
public readonly record struct CallLength(TimeSpan Full, TimeSpan Longest);

/// <summary>Whether a callee may be phoned now.</summary>
/// <param name="Because">Why not; null if they may.</param>
/// <param name="Until">When to ask again at the latest, where that is known.</param>
public readonly record struct LineFacts(PassedOverReason? Because, DateTimeOffset? Until = null)
{
    /// <summary>They may be phoned.</summary>
    public static LineFacts Free => default;
}

/// <summary>What the provider says of one leg. A later report may know less than an earlier one.</summary>
/// <param name="Status">How far it has come.</param>
/// <param name="MessageId">The leg's id; learned from the first webhook or from the records.</param>
/// <param name="TrackingId">The conversation's id.</param>
/// <param name="AnsweredBy">Who picked up; only the records say.</param>
/// <param name="Duration">How long it was answered.</param>
/// <param name="Price">What it cost, in the account's currency.</param>
public sealed record LegReport(
    LegStatus Status, string? MessageId = null, string? TrackingId = null, AnsweredBy AnsweredBy = AnsweredBy.Unknown, TimeSpan? Duration = null, decimal? Price = null);

/// <summary>Why a call was surely not placed.</summary>
public abstract record NotPlaced
{
    private NotPlaced() { }

    /// <summary>The line as a whole is down.</summary>
    public sealed record LineIsDown(LineDownReason Reason) : NotPlaced;

    /// <summary>The provider will never phone this number.</summary>
    public sealed record NumberIsBad : NotPlaced;

    /// <summary>It was not ordered: it was not wanted any more, or its order came too late to be sent.</summary>
    public sealed record NotSent : NotPlaced;

    /// <summary>The provider refused this call for a reason of its own.</summary>
    public sealed record Refused(string Detail) : NotPlaced;
}
