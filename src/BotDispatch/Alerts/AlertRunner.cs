using System.Collections.Concurrent;
using BotDispatch.Api;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
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
    // An alert that waits for another dispatch calls somebody at most so long after that one has closed.
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    // Another node may be starting a dispatch that has ended meanwhile.
    static readonly TimeSpan StartMayBeUnderWay = TimeSpan.FromMinutes(2);

    const int MostWaiting = 10_000;

    readonly ConcurrentDictionary<DispatchId, Waiting> waiting = new();

    /// <summary>A dispatch that waits, and is looked at again and again.</summary>
    /// <param name="For">The dispatch that is open for the same alert; null if it waits for something else.</param>
    /// <param name="Because">Why it waits, which was logged.</param>
    /// <param name="Looks">How often it was looked at.</param>
    /// <param name="At">When it was last looked at.</param>
    sealed record Waiting(DispatchId? For, string Because, int Looks, DateTimeOffset At);

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
            // Preparing a start asks the directory. It could begin nothing while the other dispatch is open.
            if (waiting.TryGetValue(group.Dispatch, out var known) && known.For is { } awaited
                && await engine.FindAsync(awaited, ct) is { IsClosed: false })
            {
                await WaitForAsync(group, awaited, known.Because, ct);
                return null;
            }
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
                        waiting.TryRemove(group.Dispatch, out _);
                        return group.Dispatch;
                    case ProgramResult.IsOpen(var other) when await store.HasEndedAsync(other.Plan.Id, ct):
                        // Nobody would be called for the alert that fires now, once it is stopped, here or on another node.
                        await WaitForAsync(group, other.Plan.Id, $"dispatch {other.Plan.Id} is being stopped", ct);
                        return null;
                    case ProgramResult.IsOpen(var other) when await store.IsOfAnotherAsync(group, other.Plan.Id, ct):
                        // The routes were edited, so that the alert has come to another group. The former goes on for its other alerts.
                        await WaitForAsync(
                            group, other.Plan.Id, $"dispatch {other.Plan.Id} is open for the same alert, by other routes", ct);
                        return null;
                    case ProgramResult.IsOpen:
                        waiting.TryRemove(group.Dispatch, out _);
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
                await WaitAsync(group, StartMayBeUnderWay, new(
                    null, "its alert has ended, and its start may still be under way", 0, real.GetUtcNow()), ct);
            else
            {
                await store.NoteStoppedAsync(group.Dispatch, ct);
                waiting.TryRemove(group.Dispatch, out _);
            }
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.Failed(broken, group.Dispatch);
            await PostponeAsync(group, "it failed", ct);
        }
    }

    Task WaitForAsync(AlertGroup group, DispatchId other, string because, CancellationToken ct)
    {
        var looks = waiting.GetValueOrDefault(group.Dispatch) is { } known && known.For == other ? known.Looks + 1 : 0;
        return WaitAsync(
            group, Backoff.Doubled(FirstPause, looks, LongestWait), new(other, because, looks, real.GetUtcNow()), ct);
    }

    // Each reason is logged once.
    async Task WaitAsync(AlertGroup group, TimeSpan pause, Waiting now, CancellationToken ct)
    {
        if (waiting.GetValueOrDefault(group.Dispatch)?.Because != now.Because)
            log.Waits(group.Dispatch, now.Because);
        if (waiting.Count >= MostWaiting)
            // Another node has started or stopped those that were not looked at for so long.
            foreach (var (old, last) in waiting)
                if (now.At - last.At > LongestWait + StartMayBeUnderWay + LongestPause)
                    waiting.TryRemove(old, out _);
        waiting[group.Dispatch] = now;
        await store.WaitAsync(group, now.At + pause, ct);
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
