namespace BotDispatch.Dispatching;

/// <summary>Keeps the lanes looked after while the process lives: woken by hints, by the next due moment, or once a second.</summary>
internal sealed class LaneLoop(
    LaneRunner runner, ILaneClaims claims, Wakeup wakeup, ILogger<LaneLoop> log,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock, TimeProvider real) : BackgroundService
{
    /// <summary>How long a lost hint, or another node's work, can go unnoticed.</summary>
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using Alarm due = new(dispatchClock, wakeup.Signal), later = new(real, wakeup.Signal);
        wakeup.Planned += due.SetFor;
        runner.LetGo += wakeup.Signal;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await runner.StartDueAsync(stoppingToken);
                    if (!runner.LeftSome && !wakeup.TryConsume())
                        await WaitAsync(due, later, stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    log.ClaimFailed(exception);
                    await Task.Delay(Poll, real, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            wakeup.Planned -= due.SetFor;
            runner.LetGo -= wakeup.Signal;
            await runner.FinishAsync();
        }
    }

    // From the last look on: a moment that came since then has not been looked for.
    async Task WaitAsync(Alarm due, Alarm later, CancellationToken ct)
    {
        var (next, postponed) = await claims.NextAsync(runner.LookedAt.Dispatch, runner.LookedAt.Real, ct);
        if (next is { } moment)
            due.SetFor(moment);
        later.SetFor(real.GetUtcNow() + Poll);
        if (postponed is { } until)
            later.SetFor(until);
        await wakeup.WaitAsync(ct);
    }
}
