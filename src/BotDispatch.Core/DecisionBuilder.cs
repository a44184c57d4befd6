using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>One decision in the making: every event is applied at once, so that the next rule sees what the last one concluded.</summary>
internal sealed class DecisionBuilder(DispatchState before, DateTimeOffset now)
{
    readonly ImmutableArray<DispatchEvent>.Builder events = ImmutableArray.CreateBuilder<DispatchEvent>();

    public DispatchState State { get; private set; } = before;

    public DateTimeOffset Now => now;

    public EscalationPolicy Policy => State.Plan.Policy;

    public void Add(DispatchEvent happened)
    {
        events.Add(happened);
        State = Evolution.Evolve(State, happened);
    }

    /// <summary>Something was decided already.</summary>
    public bool HasDecided => events.Count > 0;

    /// <summary>Everything that was added.</summary>
    public Decision Decided() => new(events.ToImmutable(), HasDecided ? null : "nothing follows from it", State);

    /// <summary>Nothing, and why. What was added before it stays decided.</summary>
    public Decision Ignored(string because) => new(events.ToImmutable(), HasDecided ? null : because, State);
}
