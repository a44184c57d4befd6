using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Voice.Routee;

/// <summary>Places calls through Routee's Voice Conversation API.</summary>
internal sealed class RouteeGateway(RouteeApi api, DialPlans plans, Pace pace, Placing placing, LiveCalls calls, CallRecords records)
    : IVoiceGateway
{
    public CallLength LengthOf(DispatchPlan plan, Callee callee) => plans.LengthOf(plan, callee);

    public Task<LineDownReason?> PrepareAsync(CancellationToken ct) => api.PrepareAsync(ct);

    public TimeSpan? AskForTurn(AttemptId attempt) => pace.Ask(attempt.Dispatch);

    public bool IsWaitingForTurn(DispatchId dispatch) => pace.IsWaiting(dispatch);

    public void LeaveTurn(AttemptId attempt) => pace.Leave(attempt.Dispatch);

    public Task<PlacedCall> PlaceAsync(AttemptId attempt, DispatchPlan plan, MaySend maySend, CancellationToken ct) =>
        placing.PlaceAsync(attempt, plan, maySend, ct);

    public Task<EndedLeg> EndAsync(LegToEnd end, DispatchState state, CancellationToken ct) => calls.EndAsync(end, state, ct);

    public Task<LookedUpCall> LookUpAsync(Leg leg, DispatchState state, CancellationToken ct) => records.LookUpAsync(leg, state, ct);
}
