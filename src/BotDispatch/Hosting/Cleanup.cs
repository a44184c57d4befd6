using BotDispatch.Storage;

namespace BotDispatch.Hosting;

/// <summary>
/// Deletes, once an hour, the deliveries that nobody repeats any more (Slack repeats an event for a day at most), the phone lines whose
/// hold expired a day ago, and old requests and alerts of programs. Calls of more than a year ago are deleted, too: no order of a list
/// goes back further.
/// </summary>
/// <remarks>https://docs.slack.dev/apis/events-api (Delayed Events)</remarks>
// Eight: five stores have old rows, and the two clocks judge different ones.
internal sealed class Cleanup(SeenStore seen, LineStore lines, ApiKeyStore keys, AlertStore alerts,
    TimeProvider real, [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock, ILogger<Cleanup> log, CallStore? calls = null)
    : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(1);
    static readonly TimeSpan KeepDeliveries = TimeSpan.FromDays(3);
    static readonly TimeSpan KeepRequests = TimeSpan.FromDays(30);

    static readonly TimeSpan KeepCalls = TimeSpan.FromDays(400);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, real);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(() => seen.DeleteBeforeAsync(real.GetUtcNow() - KeepDeliveries, stoppingToken), stoppingToken);
            await TryAsync(() => alerts.DeleteBeforeAsync(real.GetUtcNow() - KeepRequests, stoppingToken), stoppingToken);
            await TryAsync(() => keys.DeleteRequestsBeforeAsync(real.GetUtcNow() - KeepRequests, stoppingToken), stoppingToken);
            await TryAsync(() => lines.DeleteExpiredAsync(dispatchClock.GetUtcNow() - LineStore.KeepExpired, stoppingToken), stoppingToken);
            if (calls is not null)
                await TryAsync(() => calls.DeleteBeforeAsync(dispatchClock.GetUtcNow() - KeepCalls, stoppingToken), stoppingToken);
        }
    }

    async Task TryAsync(Func<Task<int>> delete, CancellationToken ct)
    {
        try
        {
            await delete();
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // The clean-up of the next hour deletes them, too.
            log.NotTidied(broken);
        }
    }
}
