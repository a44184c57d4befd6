namespace BotDispatch.Files;

/// <summary>A list that is checked again and again, so that its problems are logged even if nobody asks for it.</summary>
internal interface IWatchedList
{
    /// <summary>Reads the list again if that is due.</summary>
    void Watch();
}

/// <summary>Reads a list at the start of the process, and again after each change of its file.</summary>
internal sealed class FileWatching<TList>(TList list, TimeProvider realTime) : BackgroundService
    where TList : IWatchedList
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        list.Watch();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Twice as often as needed, so that a tick that comes slightly early does not delay the check by a full period.
        using var timer = new PeriodicTimer(WatchedFile<object>.BetweenLooks / 2, realTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            list.Watch();
    }
}
