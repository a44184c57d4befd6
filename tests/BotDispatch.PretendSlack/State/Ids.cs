namespace BotDispatch.PretendSlack.State;

/// <summary>Makes the names that Slack gives to things, in order and never twice.</summary>
internal sealed class Ids(TimeProvider clock)
{
    readonly Lock gate = new();
    long lastTs;
    int count;

    /// <summary>A new message's <c>ts</c>: seconds with six decimals, later than every one before.</summary>
    public string Ts()
    {
        lock (gate)
        {
            lastTs = Math.Max(lastTs + 100, clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
            return $"{lastTs / 1_000_000}.{lastTs % 1_000_000:000000}";
        }
    }

    public string Next(string prefix) => $"{prefix}{Interlocked.Increment(ref count):00000000}";
}
