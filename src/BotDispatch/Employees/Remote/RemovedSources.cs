using BotDispatch.Storage;

namespace BotDispatch.Employees.Remote;

/// <summary>
/// Deletes, an hour after the start, the last good copies of the sources of people that are no longer in the settings: they hold names and
/// telephone numbers that nobody reads any more.
/// </summary>
internal sealed class RemovedSources(CopyStore copies, TimeProvider realTime, ILogger<RemovedSources> log) : BackgroundService
{
    // By then each source that the settings name was read, or its copy was looked for. The schedule may be unreadable for longer, so the
    // copies of its calendars are never judged by that.
    static readonly TimeSpan AfterStart = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
            await Task.Delay(AfterStart, realTime, stoppingToken);
        while (!await TryDeleteAsync(stoppingToken));
    }

    async Task<bool> TryDeleteAsync(CancellationToken ct)
    {
        try
        {
            if (await copies.DeleteUnusedAsync(KeptCopies.OfPeople, ct) is > 0 and var deleted)
                log.CopiesDeleted(deleted);
            return true;
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.CopiesNotDeleted(failed.GetType().Name);
            return false;
        }
    }
}
