using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Claims in the rows of the lanes, for any number of processes on one database.</summary>
internal sealed class SharedLaneClaims(DispatchEngine engine, LaneStore lanes) : ILaneClaims
{
    readonly string node = $"{Environment.MachineName}-{Guid.NewGuid():N}";

    public Task<IReadOnlyList<ClaimedLane>> ClaimAsync(
        IReadOnlyCollection<string> kinds, DateTimeOffset dispatchNow, int most, CancellationToken ct) =>
        engine.ClaimAsync(session => lanes.ClaimAsync(session, node, kinds, dispatchNow, most), ct);

    public async Task<bool> LetGoAsync(ClaimedLane lane, LaneResult result)
    {
        var writes = result switch
        {
            LaneResult.Again again => LaneStore.Again(lane, node, again.At),
            LaneResult.NotYet notYet => lanes.NotYet(lane, node, notYet.After),
            LaneResult.TryLater later => lanes.Later(lane, node, later.After),
            LaneResult.Stopped => LaneStore.GiveBack(lane, node),
            _ => LaneStore.Done(lane, node),
        };
        var changed = await engine.WriteAndCountAsync(lane.Dispatch, [.. writes, .. result.Along], CancellationToken.None);
        return result is not LaneResult.Done || changed[0] == 0;
    }

    // The claim expires by itself.
    public TimeSpan Abandon(ClaimedLane lane, TimeSpan wanted) => LaneStore.Lease;

    public Task<(DateTimeOffset? Due, DateTimeOffset? Real)> NextAsync(
        DateTimeOffset dispatchNow, DateTimeOffset realNow, CancellationToken ct) => lanes.NextAsync(dispatchNow, realNow, ct);

    public void Changed()
    {
        // Rows are read at each claim.
    }
}
