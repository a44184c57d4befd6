namespace BotDispatch.Playground;

/// <summary>Sends the time to the open pages every few seconds, so that their clocks stay right and a dead connection is noticed.</summary>
internal sealed class PlaygroundHeartbeat(PlaygroundStream stream, TimeProvider real) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Every, real);
        try
        {
            while (await beat.WaitForNextTickAsync(stoppingToken))
                stream.SendTime();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }
}
