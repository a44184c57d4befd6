using BotDispatch.Core;

namespace BotDispatch.Dispatching;

/// <summary>The only place that changes a dispatch: decides each input and answers once what was decided is kept.</summary>
internal sealed class DispatchEngine(TimeProvider clock)
{
    readonly Lock gate = new();
    readonly Dictionary<DispatchId, DispatchState> states = [];

    /// <summary>Decides <paramref name="input"/>. Cancelling ends the waiting, never the input.</summary>
    public Task<Applied> ApplyAsync(DispatchId dispatch, DispatchInput input, CancellationToken ct)
    {
        lock (gate)
        {
            if (input is DispatchInput.Start start && FindOpen(start.Plan.Ticket.Reference) is { } other && other.Plan.Id != dispatch)
                return Task.FromResult<Applied>(new Applied.TicketIsOpen(other));
            if (!states.TryGetValue(dispatch, out var state) && input is not DispatchInput.Start)
                return Task.FromResult<Applied>(new Applied.NoSuchDispatch());
            var decision = Decider.Decide(state ?? DispatchState.Initial, input, clock.GetUtcNow());
            states[dispatch] = decision.State;
            return Task.FromResult<Applied>(new Applied.Decided(decision));
        }
    }

    /// <summary>The committed state; null if there is no such dispatch.</summary>
    public Task<DispatchState?> FindAsync(DispatchId dispatch, CancellationToken ct)
    {
        lock (gate)
            return Task.FromResult(states.GetValueOrDefault(dispatch));
    }

    /// <summary>The open dispatch of this ticket; null if nobody is working on it. References are compared without case.</summary>
    public Task<DispatchState?> FindOpenByTicketAsync(string reference, CancellationToken ct)
    {
        lock (gate)
            return Task.FromResult(FindOpen(reference));
    }

    /// <summary>Every open dispatch, the newest first.</summary>
    public Task<IReadOnlyList<DispatchState>> ListOpenAsync(CancellationToken ct)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<DispatchState>>([.. states.Values.Where(state => !state.IsClosed)]);
    }

    DispatchState? FindOpen(string reference) =>
        states.Values.FirstOrDefault(state => !state.IsClosed && string.Equals(state.Plan.Ticket.Reference, reference, StringComparison.OrdinalIgnoreCase));
}
