namespace BotDispatch.Playground;

/// <summary>Tells the open pages the time every few seconds: their clocks stay right, and a dead connection is noticed.</summary>
internal sealed class PlaygroundHeartbeat(PlaygroundStream stream, TimeProvider real) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Every, real);
        try
        {
            while (await beat.WaitForNextTickAsync(stoppingToken))
                stream.TellTime();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }
}
