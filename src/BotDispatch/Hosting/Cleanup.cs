using BotDispatch.Storage;

namespace BotDispatch.Hosting;

/// <summary>
/// Deletes, once an hour, the deliveries that nobody sends again, since Slack repeats an event for a day at most, and the lines whose hold expired a day ago.
/// </summary>
/// <remarks>https://docs.slack.dev/apis/events-api (Delayed Events)</remarks>
internal sealed class Cleanup(SeenStore seen, LineStore lines, TimeProvider real, [FromKeyedServices("story")] TimeProvider story, ILogger<Cleanup> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(1);
    static readonly TimeSpan KeepDeliveries = TimeSpan.FromDays(3);
    // An expired hold holds nobody up. It is kept a while, so that nothing that still refers to it races with its deletion.
    static readonly TimeSpan KeepHolds = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, real);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(() => seen.DeleteBeforeAsync(real.GetUtcNow() - KeepDeliveries, stoppingToken));
            await TryAsync(() => lines.DeleteExpiredAsync(story.GetUtcNow() - KeepHolds, stoppingToken));
        }
    }

    async Task TryAsync(Func<Task<int>> delete)
    {
        try
        {
            await delete();
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // The next hour does it too.
            log.NotTidied(broken);
        }
    }
}
