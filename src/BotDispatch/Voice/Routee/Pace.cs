using BotDispatch.Core;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Spaces call orders evenly for Routee's limit of calls per second. It works for one process; processes that share an application need a
/// shared limit.
/// </summary>
internal sealed class Pace(IOptions<RouteeOptions> options, TimeProvider clock)
{
    readonly TurnQueue? turns = TurnQueue.Even(options.Value.CallsPerSecond);

    /// <summary>Returns null if it is the turn of this dispatch's call, which then counts; otherwise how long until then.</summary>
    public TimeSpan? Ask(DispatchId dispatch) => turns?.Ask(dispatch.Value, clock.GetUtcNow());

    /// <summary>Whether a call of this dispatch waits for its turn. One that does not ask any more does not wait.</summary>
    public bool IsWaiting(DispatchId dispatch) => turns?.IsWaiting(dispatch.Value, clock.GetUtcNow()) is true;

    /// <summary>Gives up the place of a call that is not wanted any more.</summary>
    public void Leave(DispatchId dispatch) => turns?.Leave(dispatch.Value);

    /// <summary>Returns when it is this caller's turn. It is kept, whether it is used or not: for an order that is sent again.</summary>
    public Task WaitAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var wait = turns is null ? TimeSpan.Zero : turns.Reserve(now) - now;
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, ct);
    }
}
