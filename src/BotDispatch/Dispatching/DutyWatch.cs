using BotDispatch.Core;

namespace BotDispatch.Dispatching;

/// <summary>
/// Calls somebody whom a dispatch passed over as off duty and who is available earlier than was known then: they came back, took over a
/// shift, or the shifts were changed.
/// </summary>
/// <remarks>Without it, a dispatch would ask again only at the moment that it was given when it passed them over.</remarks>
internal sealed class DutyWatch(
    DispatchEngine engine, CallChecks checks, TimeProvider real, ILogger<DutyWatch> log) : BackgroundService
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>Asks once for everybody who is passed over as off duty in an open dispatch.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        foreach (var state in await engine.ListOpenAsync(ct))
            foreach (var (callee, progress) in checks.IsUsed(state) ? state.Callees.Index() : [])
                if (progress.IsOffDuty && (await checks.LineOfAsync(state, callee, ct)).Because is null)
                    await engine.ApplyAsync(state.Plan.Id, new DispatchInput.LineFreed(state.Plan.Roster[callee].Phone), ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, real);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.DutyNotRead(failed);
            }
        }
    }
}
