using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Storage;

/// <summary>A telephone that takes every call, and remembers them.</summary>
internal sealed class PretendPhone : IVoiceGateway
{
    public static readonly CallLength Length = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));

    public ConcurrentQueue<AttemptId> Placed { get; } = new();

    public CallLength LengthOf(DispatchPlan plan, Callee callee) => Length;

    public Task<LineDownReason?> PrepareAsync(CancellationToken ct) => Task.FromResult<LineDownReason?>(null);

    public TimeSpan? AskForTurn(AttemptId attempt) => null;

    public void LeaveTurn(AttemptId attempt)
    {
    }

    public Task<PlacedCall> PlaceAsync(AttemptId attempt, DispatchPlan plan, MaySend maySend, CancellationToken ct)
    {
        Placed.Enqueue(attempt);
        return Task.FromResult<PlacedCall>(new PlacedCall.Placed("tracking-" + attempt));
    }

    public Task<EndedLeg> EndAsync(LegToEnd end, DispatchState state, CancellationToken ct) => Task.FromResult<EndedLeg>(new EndedLeg.Done());

    public Task<LookedUpCall> LookUpAsync(Leg leg, DispatchState state, CancellationToken ct) => Task.FromResult<LookedUpCall>(new LookedUpCall.NotFound());
}
