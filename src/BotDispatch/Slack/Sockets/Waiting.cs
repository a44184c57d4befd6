namespace BotDispatch.Slack.Sockets;

/// <summary>Waits in bounded time.</summary>
internal static class Waiting
{
    /// <summary>
    /// Waits until <paramref name="task"/> has completed, failed or been cancelled, <paramref name="limit"/> is over, or
    /// <paramref name="hurry"/> is cancelled. Never throws.
    /// </summary>
    public static async Task ForAsync(Task task, TimeSpan limit, TimeProvider clock, CancellationToken hurry = default) =>
        await task.WaitAsync(limit, clock, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
