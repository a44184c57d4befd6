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
        runner.LetGo += wakeup.Signal;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await runner.StartDueAsync(stoppingToken);
                    if (!runner.LeftSome && !wakeup.TryConsume())
                        await WaitAsync(stoppingToken);
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
            runner.LetGo -= wakeup.Signal;
            await runner.FinishAsync();
        }
    }

    async Task WaitAsync(CancellationToken ct)
    {
        // From the last look on: a moment that came since then has not been looked for.
        var (due, postponed) = await claims.NextAsync(runner.LookedAt.Dispatch, runner.LookedAt.Real, ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        List<Task> reasons = [wakeup.WaitAsync(over.Token), Task.Delay(Poll, real, over.Token)];
        if (due is { } moment)
            reasons.Add(Task.Delay(Until(moment, dispatchClock), dispatchClock, over.Token));
        if (postponed is { } later)
            reasons.Add(Task.Delay(Until(later, real), real, over.Token));
        var planned = wakeup.PlannedAsync(over.Token);
        while (await Task.WhenAny([.. reasons, planned]) == planned)
        {
            reasons.Add(Task.Delay(Until(await planned, dispatchClock), dispatchClock, over.Token));
            planned = wakeup.PlannedAsync(over.Token);
        }
        await over.CancelAsync();
    }

    static TimeSpan Until(DateTimeOffset moment, TimeProvider clock)
    {
        var left = moment - clock.GetUtcNow();
        return left <= TimeSpan.Zero ? TimeSpan.Zero
            : left < TimeSpan.FromHours(1) ? left + TimeSpan.FromMilliseconds(1)
            : TimeSpan.FromHours(1);
    }
}
