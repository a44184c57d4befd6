namespace BotDispatch.Files;

/// <summary>A list that is looked at again and again, so that its problems are logged though nobody asks for it.</summary>
internal interface IWatchedList
{
    /// <summary>Reads it again if that is due.</summary>
    Task LookAsync();
}

/// <summary>Reads a list at the start of the process, and again whenever its file has changed.</summary>
internal sealed class FileWatching<TList>(TList list, TimeProvider realTime) : BackgroundService
    where TList : IWatchedList
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await list.LookAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WatchedFile<object>.BetweenLooks, realTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await list.LookAsync();
    }
}
