using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Claims in memory, for the only process of a database. A restart finds the rows of all lanes, none of them claimed.</summary>
internal sealed class OwnLaneClaims(DispatchEngine engine, CommittedStates committed, TimeProvider real) : ILaneClaims
{
    public async Task<IReadOnlyList<ClaimedLane>> ClaimAsync(
        IReadOnlyCollection<string> kinds, DateTimeOffset dispatchNow, int most, CancellationToken ct)
    {
        await ReadAsync(ct);
        return committed.Lanes.Claim(kinds, dispatchNow, real.GetUtcNow(), most);
    }

    public async Task<bool> LetGoAsync(ClaimedLane lane, LaneResult result)
    {
        var end = new LaneEnd(lane, result, real.GetUtcNow());
        return committed.Lanes.TryEnd(end) ?? await engine.EndLaneAsync(end);
    }

    public TimeSpan Abandon(ClaimedLane lane, TimeSpan wanted)
    {
        committed.Lanes.EndUnwritten(lane, real.GetUtcNow() + wanted);
        return wanted;
    }

    public async Task<(DateTimeOffset? Due, DateTimeOffset? Real)> NextAsync(
        DateTimeOffset dispatchNow, DateTimeOffset realNow, CancellationToken ct)
    {
        await ReadAsync(ct);
        return committed.Lanes.Next(dispatchNow, realNow);
    }

    public void Changed() => committed.Lanes.Forget([]);

    // The engine reads them in its next commit. While that cannot write, nothing is claimed: what lanes do outside could not be noted, and
    // would be done again and again.
    Task ReadAsync(CancellationToken ct) => committed.Lanes.MayBeClaimed ? Task.CompletedTask : engine.WriteAsync(default, [], ct);
}
