using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>What was decided about one input: the events, in order, or the reason why there are none.</summary>
/// <param name="Events">What happened; empty if the input was ignored.</param>
/// <param name="Because">Why the input was ignored; null if it was not.</param>
/// <param name="State">The state after the events.</param>
public sealed record Decision(ImmutableArray<DispatchEvent> Events, string? Because, DispatchState State)
{
    /// <summary>The input changed nothing. That is normal for late and repeated inputs.</summary>
    public bool IsIgnored => Because is not null;
}
