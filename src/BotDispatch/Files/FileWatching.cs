namespace BotDispatch.Files;

/// <summary>A list that is looked at again and again, so that its problems are logged though nobody asks for it.</summary>
internal interface IWatchedList
{
    /// <summary>Reads it again if that is due.</summary>
    void Watch();
}

/// <summary>Reads a list at the start of the process, and again whenever its file has changed.</summary>
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
        // Twice as often as a look is due, so that a tick which comes a little early does not cost a whole turn.
        using var timer = new PeriodicTimer(WatchedFile<object>.BetweenLooks / 2, realTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            list.Watch();
    }
}
