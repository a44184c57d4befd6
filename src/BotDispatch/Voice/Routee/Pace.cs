using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>Hands out moments at which Routee may be asked for one more call, evenly spaced. For one process; nodes that share an application need a shared one.</summary>
internal sealed class Pace(IOptions<RouteeOptions> options, TimeProvider clock)
{
    readonly Lock gate = new();
    readonly long begin = clock.GetTimestamp();
    TimeSpan free = TimeSpan.Zero;

    /// <summary>Returns when it is this caller's turn.</summary>
    public Task WaitAsync(CancellationToken ct)
    {
        if (options.Value.CallsPerSecond <= 0)
            return Task.CompletedTask;
        TimeSpan wait;
        lock (gate)
        {
            var now = clock.GetElapsedTime(begin);
            var mine = free > now ? free : now;
            free = mine + TimeSpan.FromSeconds(1 / options.Value.CallsPerSecond);
            wait = mine - now;
        }
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, ct);
    }
}
