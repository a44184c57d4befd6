using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Places the calls that states want, ends the legs that should not live, and asks the provider's records where its webhooks are overdue.</summary>
internal sealed class VoiceLanes(DispatchEngine engine, IVoiceGateway voice, [FromKeyedServices("story")] TimeProvider story)
{
    /// <summary>How soon records that could not be asked are asked again.</summary>
    static readonly TimeSpan LookupRetry = TimeSpan.FromSeconds(3);

    /// <summary>Phones, if a call is wanted. The intent is committed first; whoever finds it committed by somebody else does not phone.</summary>
    public async Task<LaneResult> PlaceAsync(StoredDispatch stored, CancellationToken ct)
    {
        if (Agenda.CallToPlace(stored.State) is not { } attempt)
            return new LaneResult.Done();
        var plan = stored.State.Plan;
        await voice.WaitForPaceAsync(ct);
        // From here on the process may die at any point, but it may not change its mind.
        var begun = await engine.ApplyAsync(plan.Id, new DispatchInput.BeginCall(attempt, voice.LengthOf(plan, plan.Roster[attempt.Callee])), CancellationToken.None);
        if (begun is not Applied.Decided { Decision.Events: var events } || !events.Any(happened => happened is DispatchEvent.CallBegun mine && mine.Attempt == attempt))
            return new LaneResult.Done();

        DispatchInput? answer = await voice.PlaceAsync(attempt, plan, ct) switch
        {
            PlacedCall.Placed placed => new DispatchInput.CallPlaced(attempt, placed.TrackingId),
            PlacedCall.NotPlaced not => new DispatchInput.CallNotPlaced(attempt, not.Why),
            _ => null,
        };
        if (answer is not null)
            await engine.ApplyAsync(plan.Id, answer, CancellationToken.None);
        return new LaneResult.Done();
    }

    /// <summary>Ends, in the way that fits how far it is, each leg that should not live.</summary>
    public async Task<LaneResult> EndAsync(StoredDispatch stored, CancellationToken ct)
    {
        var (state, now) = (stored.State, story.GetUtcNow());
        var ends = Agenda.LegsToEnd(state);
        LaneResult result = ends.Where(end => end.DueAt > now).Select(end => end.DueAt).Order().ToList() is [var next, ..] ? new LaneResult.Again(next) : new LaneResult.Done();
        foreach (var end in ends.Where(end => end.DueAt <= now))
        {
            if (await voice.EndAsync(end, state, ct) is EndedLeg.TryLater later)
                result = new LaneResult.TryLater(later.Because, later.After);
            else
                await engine.ApplyAsync(state.Plan.Id, end.By is EndLegBy.Telling ? new DispatchInput.LegTold(end.Leg.Attempt) : new DispatchInput.LegCut(end.Leg.Attempt), ct);
        }
        return result;
    }

    /// <summary>Asks the records, and hands in what they say as if the webhooks had come.</summary>
    public async Task<LaneResult> LookUpAsync(StoredDispatch stored, CancellationToken ct)
    {
        var state = stored.State;
        LaneResult.TryLater? unreachable = null;
        foreach (var leg in Agenda.LegsToLookUp(state))
        {
            var lookedUp = await voice.LookUpAsync(leg, state.Plan, ct);
            if (lookedUp is LookedUpCall.Unreachable(var because))
                unreachable = new(because, LookupRetry);
            if (lookedUp is not LookedUpCall.Found found)
                continue;
            // The key first: the status alone would settle a call that was answered.
            if (!string.IsNullOrEmpty(found.Tones))
                await engine.ApplyAsync(state.Plan.Id, new DispatchInput.KeysPressed(leg.Attempt, found.Tones), ct);
            await engine.ApplyAsync(state.Plan.Id, new DispatchInput.LegProgressed(leg.Attempt, found.Report), ct);
        }
        if (unreachable is not null)
            return unreachable;
        var now = story.GetUtcNow();
        var after = (await engine.FindAsync(state.Plan.Id, stored.Seq, ct))?.State ?? state;
        return Agenda.NextLookup(after, now + TimeSpan.FromMilliseconds(1)) is { } next ? new LaneResult.Again(next) : new LaneResult.Done();
    }
}
