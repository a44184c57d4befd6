using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>
/// The telephone: places calls that speak a ticket and collect a key. The provider's callbacks deliver the results as inputs.
/// </summary>
internal interface IVoiceGateway
{
    /// <summary>Returns how long a call to this person lasts, computed from what it would speak.</summary>
    CallLength LengthOf(DispatchPlan plan, Callee callee);

    /// <summary>
    /// Prepares what an order needs, such as an access token, before anything is committed. Returns null if it is ready, otherwise why
    /// nobody can be called. Takes at most ten seconds, whatever hangs.
    /// </summary>
    Task<LineDownReason?> PrepareAsync(CancellationToken ct);

    /// <summary>
    /// Asks whether the order of this call may be sent now, because the provider limits their number per second. Returns null if it may,
    /// which then counts; otherwise how long until its turn. Orders have their turns in the order of asking. One that is not asked for
    /// again within five seconds after its turn loses it.
    /// </summary>
    TimeSpan? AskForTurn(AttemptId attempt);

    /// <summary>Whether an order of this dispatch waits for its turn. A dispatch has one order at a time.</summary>
    bool IsWaitingForTurn(DispatchId dispatch);

    /// <summary>Gives up the place of an order that is not wanted any more, so that the next ones move up.</summary>
    void LeaveTurn(AttemptId attempt);

    /// <summary>
    /// Places a call. It is called once for each attempt, after the intent was committed, and never again after a lost answer. <paramref
    /// name="maySend"/> is asked before each attempt to send, repeated ones included; once it returns false, nothing is sent.
    /// </summary>
    Task<PlacedCall> PlaceAsync(AttemptId attempt, DispatchPlan plan, MaySend maySend, CancellationToken ct);

    /// <summary>Ends a live call in the way that its state requires.</summary>
    Task<EndedLeg> EndAsync(LegToEnd end, DispatchState state, CancellationToken ct);

    /// <summary>Reads in the provider's records what became of a call.</summary>
    Task<LookedUpCall> LookUpAsync(Leg leg, DispatchState state, CancellationToken ct);
}

/// <summary>Returns whether an order may still be sent: it is in time, and the dispatch still wants this very call.</summary>
/// <remarks>
/// A delegate, because it is passed as a value: each order has its own, and it travels with the order down to the bytes that are sent.
/// </remarks>
internal delegate Task<bool> MaySend(CancellationToken ct);

/// <summary>The provider's answer to the order of a call.</summary>
internal abstract record PlacedCall
{
    private PlacedCall() { }

    /// <summary>The provider accepted the order.</summary>
    public sealed record Placed(string TrackingId) : PlacedCall;

    /// <summary>The provider certainly places no call.</summary>
    public sealed record NotPlaced(Core.NotPlaced Why) : PlacedCall;

    /// <summary>The answer was lost, so we do not know. A webhook, the records or the deadline will decide.</summary>
    public sealed record Unsure(string Because) : PlacedCall;
}

/// <summary>The result of ending a call.</summary>
internal abstract record EndedLeg
{
    private EndedLeg() { }

    /// <summary>The call was ended as far as the provider allowed.</summary>
    public sealed record Done : EndedLeg;

    /// <summary>The provider could not be asked. Try again after the given time.</summary>
    public sealed record TryLater(string Because, TimeSpan After) : EndedLeg;
}

/// <summary>What the provider's records say about a call.</summary>
internal abstract record LookedUpCall
{
    private LookedUpCall() { }

    /// <summary>The records contain the call. <paramref name="Tones"/> is null if they say nothing about keys.</summary>
    public sealed record Found(LegReport Report, string? Tones) : LookedUpCall;

    /// <summary>The records were read, and no entry can be this call. Soon after the call that proves nothing.</summary>
    public sealed record NotFound : LookedUpCall;

    /// <summary>The records could not be requested or read, or do not show whether an entry is this call.</summary>
    public sealed record Unreachable(string Because) : LookedUpCall;
}
