using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>The telephone: places calls that speak a ticket and collect a key. What comes of them arrives as inputs, from its callbacks.</summary>
internal interface IVoiceGateway
{
    /// <summary>How long a call to this person lasts, from what it would speak.</summary>
    CallLength LengthOf(DispatchPlan plan, Callee callee);

    /// <summary>
    /// Has ready what an order needs, as an access token, before anything is committed. Null when it is ready, and otherwise why nobody can be phoned.
    /// It takes ten seconds at most, whatever hangs.
    /// </summary>
    Task<LineDownReason?> PrepareAsync(CancellationToken ct);

    /// <summary>Waits until the provider may be asked for one more call: it limits how many per second.</summary>
    Task WaitForPaceAsync(CancellationToken ct);

    /// <summary>
    /// Phones. Called once per attempt, after the intent was committed: an answer that was lost is never asked for again.
    /// <paramref name="maySend"/> is asked before each sending, a repeated one too; once it says no, nothing leaves.
    /// </summary>
    Task<PlacedCall> PlaceAsync(AttemptId attempt, DispatchPlan plan, MaySend maySend, CancellationToken ct);

    /// <summary>Ends a live leg in the way that its state asks for.</summary>
    Task<EndedLeg> EndAsync(LegToEnd end, DispatchState state, CancellationToken ct);

    /// <summary>Asks the provider's records what became of a call of this dispatch.</summary>
    Task<LookedUpCall> LookUpAsync(Leg leg, DispatchState state, CancellationToken ct);
}

/// <summary>Whether an order may still leave: it is in time, and the dispatch still wants this very call.</summary>
internal delegate Task<bool> MaySend(CancellationToken ct);

/// <summary>What the provider said when it was asked to phone.</summary>
internal abstract record PlacedCall
{
    private PlacedCall() { }

    /// <summary>It phones.</summary>
    public sealed record Placed(string TrackingId) : PlacedCall;

    /// <summary>It surely does not.</summary>
    public sealed record NotPlaced(Core.NotPlaced Why) : PlacedCall;

    /// <summary>Nobody knows: the answer was lost on its way. A webhook, the records or the deadline decide.</summary>
    public sealed record Unsure(string Because) : PlacedCall;
}

/// <summary>How ending a leg went.</summary>
internal abstract record EndedLeg
{
    private EndedLeg() { }

    /// <summary>Done as far as the provider would.</summary>
    public sealed record Done : EndedLeg;

    /// <summary>The provider could not be asked; try again.</summary>
    public sealed record TryLater(string Because, TimeSpan After) : EndedLeg;
}

/// <summary>What the provider's records say of a call.</summary>
internal abstract record LookedUpCall
{
    private LookedUpCall() { }

    /// <summary>What they say; <paramref name="Tones"/> is null where they say nothing of keys.</summary>
    public sealed record Found(LegReport Report, string? Tones) : LookedUpCall;

    /// <summary>They were read, and nothing in them can be this call. Soon after the call that is no proof.</summary>
    public sealed record NotFound : LookedUpCall;

    /// <summary>They could not be asked, not be read, or do not tell whether a call in them is this one.</summary>
    public sealed record Unreachable(string Because) : LookedUpCall;
}
