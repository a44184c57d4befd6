namespace BotDispatch.Slack.Sockets;

/// <summary>Waits for something, but not for ever.</summary>
internal static class Waiting
{
    /// <summary>
    /// Until <paramref name="task"/> has ended in whatever way, <paramref name="limit"/> is over, or <paramref name="hurry"/> is wanted.
    /// Never throws.
    /// </summary>
    public static async Task ForAsync(Task task, TimeSpan limit, TimeProvider clock, CancellationToken hurry = default) =>
        await task.WaitAsync(limit, clock, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
