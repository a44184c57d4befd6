using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>Builds one decision. Each event is applied at once, so that the next rule sees its effect.</summary>
internal sealed class DecisionBuilder(DispatchState before, DateTimeOffset now)
{
    readonly ImmutableArray<DispatchEvent>.Builder events = ImmutableArray.CreateBuilder<DispatchEvent>();

    public DispatchState State { get; private set; } = before;

    public DateTimeOffset Now => now;

    public EscalationPolicy Policy => State.Policy;

    public void Add(DispatchEvent happened)
    {
        events.Add(happened);
        State = Evolution.Evolve(State, happened);
    }

    /// <summary>At least one event was added.</summary>
    public bool HasDecided => events.Count > 0;

    /// <summary>Ends the decision with every event that was added.</summary>
    public Decision Decided() => new(events.ToImmutable(), HasDecided ? null : "nothing follows from it", State);

    /// <summary>Ends the decision without a further event, for a reason. Events that were added before are kept.</summary>
    public Decision Ignored(string because) => new(events.ToImmutable(), HasDecided ? null : because, State);
}
