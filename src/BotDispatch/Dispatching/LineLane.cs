using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Reports to a dispatch that a callee whom it passed over as busy is free.</summary>
internal sealed class LineLane(DispatchEngine engine, DispatchStore store, [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock)
{
    /// <summary>Finds the lines that the dispatch waits for and that are free, and applies each as an input.</summary>
    public async Task<LaneResult> LookAsync(StoredDispatch stored, CancellationToken ct)
    {
        var state = stored.State;
        var busy = state.Plan.Roster.Where((_, callee) => state.Callees[callee] is { BusyUntil: not null, IsOffDuty: false });
        var awaited = busy.Select(callee => callee.Phone).Distinct().ToList();
        if (awaited.Count > 0)
            foreach (var phone in await store.FreeLinesAsync(awaited, dispatchClock.GetUtcNow(), ct))
                await engine.ApplyAsync(state.Plan.Id, new DispatchInput.LineFreed(phone), ct);
        return new LaneResult.Done();
    }
}
