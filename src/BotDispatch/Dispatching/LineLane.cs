using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Tells a dispatch that somebody it passed over as busy is free.</summary>
internal sealed class LineLane(DispatchEngine engine, DispatchStore store, [FromKeyedServices("dispatch-clock")] TimeProvider story)
{
    /// <summary>Looks which of the lines that the dispatch waits for are free.</summary>
    public async Task<LaneResult> LookAsync(StoredDispatch stored, CancellationToken ct)
    {
        var state = stored.State;
        var awaited = state.Plan.Roster.Where((_, callee) => state.Callees[callee].BusyUntil is not null).Select(callee => callee.Phone).Distinct().ToList();
        if (awaited.Count > 0)
            foreach (var phone in await store.FreeLinesAsync(awaited, story.GetUtcNow(), ct))
                await engine.ApplyAsync(state.Plan.Id, new DispatchInput.LineFreed(phone), ct);
        return new LaneResult.Done();
    }
}
