using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Storage;

/// <summary>A telephone that takes every call, and remembers them.</summary>
internal sealed class PretendPhone : IVoiceGateway
{
    int ending;

    public static readonly CallLength Length = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));

    public ConcurrentQueue<AttemptId> Placed { get; } = new();

    public CallLength LengthOf(DispatchPlan plan, Callee callee) => Length;

    public Task<LineDownReason?> PrepareAsync(CancellationToken ct) => Task.FromResult<LineDownReason?>(null);

    public TimeSpan? AskForTurn(AttemptId attempt) => null;

    public bool IsWaitingForTurn(DispatchId dispatch) => false;

    public void LeaveTurn(AttemptId attempt)
    {
    }

    public Task<PlacedCall> PlaceAsync(AttemptId attempt, DispatchPlan plan, MaySend maySend, CancellationToken ct)
    {
        Placed.Enqueue(attempt);
        return Task.FromResult<PlacedCall>(new PlacedCall.Placed("tracking-" + attempt));
    }

    /// <summary>Whether the ends of calls are not answered until they are cancelled.</summary>
    public bool EndsHang { get; set; }

    /// <summary>Blocks the thread that ends a call until it is set; null if nothing blocks.</summary>
    public ManualResetEventSlim? EndsBlock { get; set; }

    /// <summary>How often the end of a call was asked for.</summary>
    public int Ending => Volatile.Read(ref ending);

    public async Task<EndedLeg> EndAsync(LegToEnd end, DispatchState state, CancellationToken ct)
    {
        Interlocked.Increment(ref ending);
        EndsBlock?.Wait(ct);
        if (EndsHang)
            await Task.Delay(Timeout.Infinite, ct);
        return new EndedLeg.Done();
    }

    public Task<LookedUpCall> LookUpAsync(Leg leg, DispatchState state, CancellationToken ct) => Task.FromResult<LookedUpCall>(new LookedUpCall.NotFound());
}
