using BotDispatch.Api;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Alerts;

/// <summary>Starts and stops the dispatches of alerts. Everything it does may happen twice, on any node.</summary>
internal sealed class AlertRunner(
    AlertStore store, ProgramStarting starting, MachinePlaces places, DispatchEngine engine, DirectoryQueries lookups, TimeProvider real,
    ILogger<AlertRunner> log)
{
    const int MostAtOnce = 256;
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan OthersPause = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    // Another node may be starting a dispatch that has ended meanwhile.
    static readonly TimeSpan StartMayBeUnderWay = TimeSpan.FromMinutes(2);

    // Which were logged: they are looked at again every few seconds.
    readonly ExpiringCache<DispatchId, string> waiting = new(1000, TimeSpan.FromDays(1), real);

    /// <summary>Does everything that is due. Returns how many dispatches it started, stopped or postponed.</summary>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        for (var done = 0; ;)
        {
            var due = await store.ListDueAsync(real.GetUtcNow(), MostAtOnce, ct);
            // An alert that has ended and begun again is another dispatch, which cannot begin while the former is open.
            await Task.WhenAll(due.Where(each => each.ResolvedAt is not null).Select(each => StopAsync(each, ct)));
            var started = await Task.WhenAll(due.Where(each => each.ResolvedAt is null).Select(each => StartAsync(each, ct)));
            await NoteStartedAsync([.. started.OfType<DispatchId>()], due, ct);
            done += due.Count;
            if (due.Count < MostAtOnce)
                return done;
        }
    }

    async Task NoteStartedAsync(List<DispatchId> started, IReadOnlyList<AlertGroup> due, CancellationToken ct)
    {
        if (started.Count == 0)
            return;
        var mustStop = await store.NoteStartedAsync(started, ct);
        foreach (var (id, _) in started.Zip(mustStop).Where(each => each.Second))
            // It ended while it was started. Its row is due, and says why.
            await engine.ApplyAsync(id, new DispatchInput.NoLongerNeeded("the alert has ended"), ct);
    }

    async Task<DispatchId?> StartAsync(AlertGroup group, CancellationToken ct)
    {
        var because = "";
        try
        {
            var job = AlertJob.Read(group.Job);
            var (channel, mistake) = job.Channel is { } place ? (place, "") : places.Find(null);
            if (channel is null)
                because = $"the channel {mistake}";
            else
            {
                using var budget = lookups.Begin(Longest, ct);
                var request = new ProgramRequest(group.Dispatch, job.By, null, job.Ticket, job.To, job.People, job.Note, channel);
                switch (await starting.StartAsync(request, leavesOut: true, budget))
                {
                    case ProgramResult.Started(var leftOut):
                        if (leftOut.Length > 0 && job.To is null)
                            log.SomeLeftOut(group.Dispatch, leftOut.Length);
                        return group.Dispatch;
                    case ProgramResult.IsOpen(var other) when await store.HasEndedAsync(other.Plan.Id, ct):
                        // Nobody would be called for the alert that fires now, once it is stopped, here or on another node.
                        await WaitAsync(group, FirstPause, $"dispatch {other.Plan.Id} is being stopped", ct);
                        return null;
                    case ProgramResult.IsOpen(var other) when await store.IsOfAnotherAsync(group, other.Plan.Id, ct):
                        // The routes were edited, so that the alert has come to another group. The former goes on for its other alerts.
                        await WaitAsync(group, OthersPause, $"dispatch {other.Plan.Id} is open for the same alert, by other routes", ct);
                        return null;
                    case ProgramResult.IsOpen:
                        return group.Dispatch;
                    case ProgramResult.Wrong(var field, _):
                        because = field == "to" ? $"the list {job.To} is unknown or has nobody who can be called" : $"{field} is wrong";
                        break;
                    case ProgramResult.NotNow(var reason):
                        because = reason.TrimEnd('.');
                        break;
                }
            }
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.Failed(broken, group.Dispatch);
            because = "it failed";
        }
        await PostponeAsync(group, because, ct);
        return null;
    }

    async Task StopAsync(AlertGroup group, CancellationToken ct)
    {
        try
        {
            var ticket = AlertJob.Read(group.Job).Ticket.Reference;
            var (stopped, isMissing) = (new HashSet<DispatchId>(), false);
            // Somebody may have re-dispatched it by hand, also while this runs.
            while ((await store.ListToStopAsync(group, ticket, ct)).Where(stopped.Add).ToList() is [_, ..] next)
                foreach (var dispatch in next)
                    isMissing |= await engine.ApplyAsync(dispatch, new DispatchInput.NoLongerNeeded(group.Because!), ct)
                        is Applied.NoSuchDispatch;
            if (isMissing && !group.WasStarted && real.GetUtcNow() - group.ResolvedAt < StartMayBeUnderWay)
                await WaitAsync(group, StartMayBeUnderWay, "its alert has ended, and another node may be starting it still", ct);
            else
                await store.NoteStoppedAsync(group.Dispatch, ct);
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.Failed(broken, group.Dispatch);
            await PostponeAsync(group, "it failed", ct);
        }
    }

    async Task WaitAsync(AlertGroup group, TimeSpan pause, string because, CancellationToken ct)
    {
        if (!waiting.TryGet(group.Dispatch, out var known) || known != because)
        {
            waiting.Set(group.Dispatch, because);
            log.Waits(group.Dispatch, because);
        }
        await store.WaitAsync(group, real.GetUtcNow() + pause, ct);
    }

    async Task PostponeAsync(AlertGroup group, string because, CancellationToken ct)
    {
        var pause = Backoff.Doubled(FirstPause, group.Tries, LongestPause);
        log.Postponed(group.Dispatch, pause, because);
        await store.PostponeAsync(group, real.GetUtcNow() + pause, ct);
    }
}

/// <summary>Keeps the dispatches of alerts started and stopped while the process lives.</summary>
internal sealed class AlertLoop(
    AlertRunner runner, [FromKeyedServices(AlertsModule.Wakeup)] Wakeup wakeup, TimeProvider real, ILogger<AlertLoop> log)
    : BackgroundService
{
    /// <summary>How long another node's work can go unnoticed.</summary>
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await runner.RunDueAsync(stoppingToken);
                }
                catch (Exception broken) when (broken is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    log.LoopFailed(broken);
                }
                await wakeup.WaitAsync(Poll, real, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }
}
