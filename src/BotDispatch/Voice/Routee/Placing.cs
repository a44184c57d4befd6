using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>Orders one call from Routee, and reports whether a phone may ring: yes for certain, no for certain, or unknown.</summary>
internal sealed class Placing(RouteeApi api, DialPlans plans, CallbackAddresses addresses, CallbackWatch callbacks,
    IOptions<RouteeOptions> options, ILogger<Placing> log)
{
    const int LongestRing = 60;

    public async Task<PlacedCall> PlaceAsync(AttemptId attempt, DispatchPlan plan, MaySend maySend, CancellationToken ct)
    {
        // Noted before the order is sent, because a callback may come before the answer.
        callbacks.Ordered(attempt);
        var order = Order(attempt, plan);
        RouteeResult result;
        try
        {
            result = await api.PlaceAsync(order, maySend, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The process is stopping. It must not assume that no phone rings.
            result = new RouteeResult.Lost("we were stopped while asking");
        }
        var placed = Read(result);
        Log(attempt, placed);
        return placed;
    }

    void Log(AttemptId attempt, PlacedCall placed)
    {
        switch (placed)
        {
            case PlacedCall.Placed:
                log.Placed(attempt);
                break;
            case PlacedCall.NotPlaced refusal:
                log.NotPlaced(attempt, refusal.Why switch
                {
                    NotPlaced.LineIsDown down => down.Reason.ToString(),
                    NotPlaced.Refused refused => refused.Detail,
                    NotPlaced.NotSent => "it was not wanted any more, or too late",
                    _ => "the number cannot be called",
                });
                break;
            case PlacedCall.Unsure unsure:
                log.Unsure(attempt, unsure.Because);
                break;
        }
    }

    PlaceCall Order(AttemptId attempt, DispatchPlan plan) => new(
        options.Value.CallerId,
        new(plan.Roster[attempt.Callee].Phone),
        plans.ForCall(plan, attempt),
        // With OnCompletion we would learn the leg's id, which is needed to hang up, only when the call has ended.
        new(addresses.Status(attempt), "OnChange"),
        Math.Clamp((int)Math.Round(plan.Policy.RingTimeout.TotalSeconds), 1, LongestRing),
        (int)Math.Ceiling(plans.LengthOf(plan, plan.Roster[attempt.Callee]).Longest.TotalSeconds),
        options.Value.MachineDetection is MachineDetectionKind.Hangup ? new("Hangup") : null);

    static PlacedCall Read(RouteeResult result) => result switch
    {
        RouteeResult.Answer { IsGood: true } answer => answer.ReadJson()?.Id("trackingId") is { } id
            ? new PlacedCall.Placed(id)
            : new PlacedCall.Unsure("Routee agreed without saying to what"),
        RouteeResult.Answer { IsRefusal: true } refusal => new PlacedCall.NotPlaced(ProviderError.Read(refusal)),
        RouteeResult.Answer answer => new PlacedCall.Unsure($"Routee answered {(int)answer.Status}"),
        RouteeResult.NotSent unsent => new PlacedCall.NotPlaced(new NotPlaced.LineIsDown(unsent.Reason)),
        RouteeResult.Withheld => new PlacedCall.NotPlaced(new NotPlaced.NotSent()),
        RouteeResult.Lost lost => new PlacedCall.Unsure(lost.Because),
        _ => new PlacedCall.Unsure("no answer"),
    };
}
