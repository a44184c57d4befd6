using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>
/// One change to the lines: what keeps a telephone number from being rung. A call holds its number until it ends, an accepted job holds its
/// owner's number until it is done.
/// </summary>
public abstract record LineChange
{
    private LineChange() { }

    /// <summary>A call begins: no other call may ring the number before <paramref name="Until"/>.</summary>
    public sealed record HoldForCall(string Phone, AttemptId Attempt, DateTimeOffset Until) : LineChange;

    /// <summary>The call ended, or was surely not placed.</summary>
    public sealed record FreeCall(string Phone, AttemptId Attempt) : LineChange;

    /// <summary>
    /// The owner of the number has the job of the dispatch: no other dispatch may ring it before <paramref name="Until"/>.
    /// </summary>
    /// <param name="Phone">The number.</param>
    /// <param name="Dispatch">The dispatch whose job it is.</param>
    /// <param name="Attempt">The call that was accepted; null if the job was taken in the channel.</param>
    /// <param name="Until">When the hold expires.</param>
    public sealed record HoldForJob(string Phone, DispatchId Dispatch, AttemptId? Attempt, DateTimeOffset Until) : LineChange;

    /// <summary>The job of the dispatch is done or was dispatched again: it holds no number any more.</summary>
    public sealed record FreeJob(DispatchId Dispatch) : LineChange;

    /// <summary>The dispatch passed the number over because it is held, and wants to know when it is free.</summary>
    public sealed record AwaitLine(string Phone, DispatchId Dispatch) : LineChange;

    /// <summary>The dispatch is closed: it waits for no number any more.</summary>
    public sealed record StopWaiting(DispatchId Dispatch) : LineChange;
}

/// <summary>The rules of lines.</summary>
public static class LineChanges
{
    /// <summary>What a decision changes about lines, in the order in which it must be applied.</summary>
    /// <param name="before">The state that was decided upon.</param>
    /// <param name="decision">What was decided.</param>
    public static ImmutableArray<LineChange> Of(DispatchState before, Decision decision)
    {
        if (decision.Events.IsEmpty)
            return [];
        var (after, changes) = (decision.State, ImmutableArray.CreateBuilder<LineChange>());
        // A call that was withdrawn is no longer in the state.
        foreach (var leg in before.Legs)
            if (leg.IsLive && after.Leg(leg.Attempt) is not { IsLive: true })
                changes.Add(new LineChange.FreeCall(Phone(leg.Attempt.Callee), leg.Attempt));
        foreach (var happened in decision.Events)
            if (Of(happened) is { } change)
                changes.Add(change);
        if (after.IsClosed && !before.IsClosed)
            changes.Add(new LineChange.StopWaiting(after.Plan.Id));
        return changes.ToImmutable();

        LineChange? Of(DispatchEvent happened) => happened switch
        {
            DispatchEvent.CallBegun begun => new LineChange.HoldForCall(Phone(begun.Attempt.Callee), begun.Attempt, begun.EndsBy),
            DispatchEvent.Accepted accepted =>
                new LineChange.HoldForJob(Phone(accepted.Attempt.Callee), after.Plan.Id, accepted.Attempt, accepted.HeldUntil),
            DispatchEvent.Taken { Phone: { } phone } taken => new LineChange.HoldForJob(phone, after.Plan.Id, null, taken.HeldUntil),
            DispatchEvent.MarkedDone or DispatchEvent.JobEnded => new LineChange.FreeJob(after.Plan.Id),
            DispatchEvent.Started { Plan.Replaces: { } old } => new LineChange.FreeJob(old),
            DispatchEvent.PassedOver { Reason: PassedOverReason.OnThePhone or PassedOverReason.HasAccepted } passed =>
                new LineChange.AwaitLine(Phone(passed.Callee), after.Plan.Id),
            _ => null,
        };

        string Phone(int callee) => after.Plan.Roster[callee].Phone;
    }
}
