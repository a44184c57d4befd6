namespace BotDispatch.Slack.Sockets;

/// <summary>Waits for something, but not for ever.</summary>
internal static class Waiting
{
    /// <summary>Until <paramref name="task"/> has ended in whatever way, <paramref name="limit"/> is over, or <paramref name="hurry"/> is wanted. Never throws.</summary>
    public static async Task ForAsync(Task task, TimeSpan limit, TimeProvider clock, CancellationToken hurry = default)
    {
        if (task.IsCompleted)
            return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        await Task.WhenAny(task, Task.Delay(limit, clock, over.Token));
        await over.CancelAsync();
    }
}
