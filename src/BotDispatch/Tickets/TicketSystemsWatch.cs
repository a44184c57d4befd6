using BotDispatch.Ports;

namespace BotDispatch.Tickets;

/// <summary>
/// Asks every ticket system who we are, at the start and again and again, so that a wrong or expired credential is reported before somebody
/// needs a ticket at night. The start does not wait for it, and a system that is down does not prevent it.
/// </summary>
internal sealed class TicketSystemsWatch(TicketSystems systems, TimeProvider realTime, ILogger<TicketSystemsWatch> log)
    : BackgroundService, INoticeSource, ISystemStatus
{
    static readonly TimeSpan WhileGood = TimeSpan.FromMinutes(10);
    static readonly TimeSpan WhileBad = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    readonly Dictionary<string, SystemCheck> checks = new(StringComparer.Ordinal);
    readonly Lock gate = new();

    /// <summary>One line for each system.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (gate)
            return [.. systems.All.Select(each => $"{each.System.Name}: {checks.GetValueOrDefault(each.System.Name) switch
            {
                SystemCheck.Known => "can be asked",
                SystemCheck.Refused(var because) => because,
                SystemCheck.Unreachable(var because) => $"could not be asked, {because}",
                _ => "not asked yet",
            }}")];
    }

    public IReadOnlyList<string> Notices()
    {
        lock (gate)
            return [.. checks.Where(each => each.Value is SystemCheck.Refused).Select(each =>
                $"{each.Key} does not accept BotDispatch, so its tickets cannot be read: an administrator finds the reason in the log.")];
    }

    /// <summary>Asks every system once.</summary>
    public async Task CheckAsync(CancellationToken ct) => await Task.WhenAll(systems.All.Select(each => CheckAsync(each, ct)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (systems.All.Count > 0)
        {
            await CheckAsync(stoppingToken);
            await Task.Delay(checks.Values.All(each => each is SystemCheck.Known) ? WhileGood : WhileBad, realTime, stoppingToken);
        }
    }

    async Task CheckAsync(TicketSystem system, CancellationToken ct)
    {
        var check = await AskAsync(system.System, realTime, ct);
        SystemCheck? before;
        lock (gate)
        {
            before = checks.GetValueOrDefault(system.System.Name);
            checks[system.System.Name] = check;
        }
        switch (check)
        {
            case SystemCheck.Known(var account) when before is not SystemCheck.Known:
                log.SystemKnowsUs(system.System.Name, system.System.Host, account);
                break;
            case SystemCheck.Refused(var because) when before != check:
                log.SystemRefusesUs(system.System.Name, system.System.Host, because);
                break;
        }
        if (check is SystemCheck.Known)
        {
            if (before is not SystemCheck.Known)
                foreach (var missing in await MissingRightsAsync(system.System, realTime, ct))
                    log.SystemLacksRights(system.System.Name, system.System.Host, missing);
            _ = system.Recent.RefreshAsync();
        }
    }

    /// <summary>
    /// Asks every system once, without anything being started: what has to be corrected, and what is worth a look, because it could not be
    /// asked or because the account may not write what the settings want to be written.
    /// </summary>
    public static async Task<(IReadOnlyList<string> Refused, IReadOnlyList<string> Notices)> AskAllAsync(IServiceProvider services)
    {
        var (systems, realTime) = (services.GetRequiredService<TicketSystems>(), services.GetRequiredService<TimeProvider>());
        var checks = await Task.WhenAll(systems.All.Select(async each =>
        {
            var check = await AskAsync(each.System, realTime, default);
            return (each.System.Name, Check: check,
                Missing: check is SystemCheck.Known ? await MissingRightsAsync(each.System, realTime, default) : []);
        }));
        return ([.. checks.Select(each => each.Check).OfType<SystemCheck.Refused>().Select(each => each.Because)],
            [.. checks.Where(each => each.Check is SystemCheck.Unreachable).Select(each =>
                $"{each.Name} could not be asked who BotDispatch is: {((SystemCheck.Unreachable)each.Check).Because}."),
                .. checks.SelectMany(each => each.Missing)]);
    }

    static async Task<IReadOnlyList<string>> MissingRightsAsync(ITicketSystem system, TimeProvider realTime, CancellationToken ct)
    {
        if (system is not ITicketWriter writer)
            return [];
        using var limit = new CancellationTokenSource(Longest, realTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await writer.FindMissingRightsAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The system is slow; what it does not let us write is said in the thread.
            return [];
        }
    }

    /// <summary>Asks one system who we are, for a bounded time.</summary>
    public static async Task<SystemCheck> AskAsync(ITicketSystem system, TimeProvider realTime, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Longest, realTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await system.CheckAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new SystemCheck.Unreachable("no answer in time");
        }
    }
}
