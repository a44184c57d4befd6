using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Dispatching;

/// <summary>
/// Deletes, at the start and once an hour, what was closed longer ago than <see cref="StorageOptions.KeepDispatches"/>, and the people of
/// Teams who did nothing for as long: Teams is asked again about a person who is needed.
/// </summary>
internal sealed class Retention(
    DispatchEngine engine, IOptions<StorageOptions> options, ILogger<Retention> log,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock, TimeProvider real,
    TeamsStore? teams = null) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepDispatches == TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(Every, real);
        do
            await TryDeleteAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Deletes all that is old enough now. What fails is tried again in an hour.</summary>
    public async Task TryDeleteAsync(CancellationToken ct)
    {
        try
        {
            var before = dispatchClock.GetUtcNow() - options.Value.KeepDispatches;
            var deleted = 0;
            // Small commits, because a key that is pressed meanwhile waits for the commit that is under way.
            while (await engine.DeleteClosedAsync(before, ct) is > 0 and var some)
                deleted += some;
            if (deleted > 0)
                log.DispatchesDeleted(deleted, before);
            if (teams is not null)
                await teams.ForgetPeopleAsync(real.GetUtcNow() - options.Value.KeepDispatches, ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.DispatchesNotDeleted(failed);
        }
    }
}
