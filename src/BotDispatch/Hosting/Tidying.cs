using BotDispatch.Storage;

namespace BotDispatch.Hosting;

/// <summary>Forgets, once an hour, the deliveries that nobody sends again: Slack repeats an event for a day at most.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api (Delayed Events)</remarks>
internal sealed class Tidying(SeenStore seen, TimeProvider real, ILogger<Tidying> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(1);
    static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, real);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await seen.DeleteBeforeAsync(real.GetUtcNow() - Kept, stoppingToken);
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                // The next hour does it too.
                log.NotTidied(broken);
            }
        }
    }
}
