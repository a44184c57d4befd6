using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// Reads the tickets of open dispatches every few seconds, and those of accepted jobs less often. A ticket that was closed, given to
/// somebody else or lowered stops the ringing; a changed text is what the next call speaks. One node reads the tickets of one system.
/// </summary>
/// <remarks>
/// Our own writing is no change: it happens only after the acceptance, when an assignment does not count any more, and the status that the
/// settings give to an accepted ticket, and whatever closes the ticket because of it, does not end its job.
/// </remarks>
internal sealed partial class TicketWatch(
    DispatchEngine engine, TicketStore store, ITicketUpdates tickets, Database database, ILogger<TicketWatch> log,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock, TimeProvider real) : BackgroundService
{
    /// <summary>How often the tickets of open dispatches are read.</summary>
    public static readonly TimeSpan WhileOpen = TimeSpan.FromSeconds(3);

    /// <summary>How often the tickets of accepted jobs are read.</summary>
    public static readonly TimeSpan WhileAccepted = TimeSpan.FromSeconds(30);

    static readonly TimeSpan ReaderTime = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestHold = TimeSpan.FromDays(7);
    const int MostAccepted = 10_000;
    const int MostOfOneTicket = 10;

    readonly string node = $"{Environment.MachineName}-{Guid.NewGuid():N}";
    readonly ConcurrentDictionary<DispatchId, Known> known = new();
    // A hint and a pass may read the same ticket at once, and a pass holds an older reading for as long as its other tickets take.
    readonly ConcurrentDictionary<DispatchId, Task> comparing = new();
    long readings;
    readonly ConcurrentDictionary<string, DateTimeOffset> readerUntil = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string System, Pass Pass), Task> reading = new();
    // Which system a ticket belongs to follows from its reference, whose reading costs more than everything else here.
    readonly ConcurrentDictionary<DispatchId, TicketHandling?> handlings = new();
    DateTimeOffset acceptedReadAt = DateTimeOffset.MinValue;

    /// <summary>Which dispatches are read together. A pass does not wait for another.</summary>
    enum Pass
    {
        Ringing,
        Open,
        Accepted,
    }

    /// <summary>What this process knows of the ticket of one dispatch.</summary>
    /// <param name="Standing">How it stood; null if it was never read.</param>
    /// <param name="Version">The version whose text was compared; null if none was.</param>
    /// <param name="Reading">The number of the reading that this is from. Readings are numbered when they begin.</param>
    readonly record struct Known(TicketReading.Standing? Standing, string? Version, long Reading);

    /// <summary>Reads every ticket whose turn it is, once, and returns when all are read.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await StartAsync(isBackground: false, ct);
        await Task.WhenAll(reading.Values);
    }

    /// <summary>Returns the dispatches that are about some tickets of one system and are watched. The system is not asked.</summary>
    public async Task<List<(DispatchState State, TicketHandling Handling)>> FindWatchedAsync(
        string system, IReadOnlyCollection<string> references, CancellationToken ct)
    {
        var watched = new List<(DispatchState State, TicketHandling Handling)>();
        foreach (var reference in references)
            foreach (var state in await engine.ListNewestAsync(reference, MostOfOneTicket, ct))
                if ((!state.IsClosed || state.IsHeld) && HandlingOf(state) is { Watches: true } handling
                    && handling.System == system)
                    watched.Add((state, handling));
        return watched;
    }

    /// <summary>Reads the tickets of some dispatches of one system out of turn.</summary>
    public async Task LookAtAsync(string system, List<(DispatchState State, TicketHandling Handling)> watched, CancellationToken ct)
    {
        // Another node may read the tickets usually: what it stored is newer than what this one remembers.
        if (database.IsShared)
            foreach (var (state, _) in watched)
                known.TryRemove(state.Plan.Id, out _);
        await ReadInTurnAsync(system, watched, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WhileOpen, real);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StartAsync(isBackground: true, stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.TicketsNotWatched(failed, "all systems");
            }
        }
    }

    async Task StartAsync(bool isBackground, CancellationToken ct)
    {
        if (!tickets.Watches)
            return;
        var open = (await engine.ListOpenAsync(ct)).ToList();
        Begin(open.Where(each => each.HasLiveLeg), Pass.Ringing, isBackground, ct);
        Begin(open.Where(each => !each.HasLiveLeg), Pass.Open, isBackground, ct);
        var now = real.GetUtcNow();
        if (now - acceptedReadAt >= WhileAccepted)
        {
            acceptedReadAt = now;
            var accepted = await engine.ListAcceptedAsync(dispatchClock.GetUtcNow() - LongestHold, MostAccepted, ct);
            Begin(accepted, Pass.Accepted, isBackground, ct);
        }
        if (Math.Max(known.Count, handlings.Count) > open.Count + (2 * MostAccepted))
        {
            known.Clear();
            handlings.Clear();
            refusedSince.Clear();
        }
    }

    TicketHandling? HandlingOf(DispatchState state) => handlings.GetOrAdd(
        state.Plan.Id, static (_, of) => of.tickets.HandlingOf(of.Ticket), (tickets, state.Plan.Ticket));

    // A slow system does not delay the others, and is not asked again before it has answered. Neither thousands of accepted jobs nor
    // thousands of dispatches that wait delay the tickets for which phones ring.
    void Begin(IEnumerable<DispatchState> states, Pass pass, bool isBackground, CancellationToken ct)
    {
        var watched = from state in states
                      let handling = HandlingOf(state)
                      where handling is { Watches: true }
                      group (state, handling) by handling.System;
        foreach (var system in watched)
        {
            if (isBackground && reading.TryGetValue((system.Key, pass), out var before) && !before.IsCompleted)
                continue;
            reading[(system.Key, pass)] = ReadSystemAsync(system.Key, [.. system], ct);
        }
    }

    async Task ReadSystemAsync(string system, List<(DispatchState State, TicketHandling Handling)> watched, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            if (!await IsReaderAsync(system, watched[0].State.Plan.Id, ct))
                return;
            await ReadInTurnAsync(system, watched, ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.TicketsNotWatched(failed, system);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    async Task ReadInTurnAsync(string system, List<(DispatchState State, TicketHandling Handling)> watched, CancellationToken ct)
    {
        // Somebody may be on the phone: those come first.
        var ordered = watched.OrderByDescending(each => each.State.HasLiveLeg).ToList();
        foreach (var some in ordered.Chunk(Math.Max(1, watched.FirstOrDefault().Handling?.MostAtOnce ?? 1)))
        {
            var number = Interlocked.Increment(ref readings);
            var read = await tickets.ReadAsync(system, [.. some.Select(each => each.State.Plan.Ticket.Reference).Distinct()], ct);
            foreach (var (state, handling) in some)
                if (read.TryGetValue(state.Plan.Ticket.Reference, out var reading))
                    await CompareInTurnAsync(state, handling, reading, number, ct);
        }
    }

    // One reading of a dispatch's ticket is compared at a time, and one that began before another that was compared is
    // left out.
    async Task CompareInTurnAsync(DispatchState state, TicketHandling handling, TicketReading reading, long number, CancellationToken ct)
    {
        var (id, mine) = (state.Plan.Id, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        while (comparing.GetOrAdd(id, mine.Task) is var first && first != mine.Task)
            await first.WaitAsync(ct);
        try
        {
            if (!known.TryGetValue(id, out var newest) || newest.Reading < number)
                await CompareAsync(state, handling, reading, number, ct);
        }
        finally
        {
            comparing.TryRemove(id, out _);
            mine.SetResult();
        }
    }

    async Task<bool> IsReaderAsync(string system, DispatchId any, CancellationToken ct)
    {
        if (!database.IsShared)
            return true;
        var now = real.GetUtcNow();
        if (readerUntil.TryGetValue(system, out var until) && until - now > ReaderTime / 2)
            return true;
        var changed = await engine.WriteAndCountAsync(any, [TicketStore.BecomeReader(system, node, now, now + ReaderTime)], ct);
        if (changed[0] == 0)
            return false;
        readerUntil[system] = now + ReaderTime;
        return true;
    }

    async Task CompareAsync(DispatchState state, TicketHandling handling, TicketReading reading, long number, CancellationToken ct)
    {
        var (id, reference) = (state.Plan.Id, state.Plan.Ticket.Reference);
        if (reading is TicketReading.NotAdmitted(var remedy))
        {
            await ReportRefusalAsync(state, handling, remedy, ct);
            return;
        }
        await ReportAdmissionAsync(state, handling, ct);
        if (reading is TicketReading.Lost(var because))
        {
            await ReportLossAsync(state, handling, because, ct);
            return;
        }
        if (reading is not TicketReading.Standing standing)
            return;
        if (!known.TryGetValue(id, out var before))
            before = new(TicketReading.Standing.Read((await store.FindAsync(id, ct)).Standing), null, 0);
        if (standing.IsClosed && before.Standing is { IsClosed: false } && handling.StatusOnAccepted.Length > 0
            && await IsAcceptedAsync(state, ct))
        {
            var row = await store.FindAsync(id, ct);
            // What is being written may have closed it. That is known when it was read back; then this one is compared again.
            if (row.NotingSeq > row.NotedSeq)
                return;
            if (TicketReading.Standing.Read(row.Standing) is { IsClosed: true } ours)
                before = before with { Standing = ours };
        }
        if (standing.MergedInto is { } other && before.Standing is { } former && former.MergedInto != other)
        {
            // Somebody who has the other ticket, and its priority, are no news of this one.
            before = before with { Standing = former with { Assignee = standing.Assignee, Urgency = standing.Urgency } };
            if (!standing.IsClosed)
                await ReportMergeAsync(state, handling, other, ct);
        }
        var version = standing.Version;
        if (await WhyNotNeededAsync(state, handling, before.Standing, standing, ct) is { } ended)
            await engine.ApplyAsync(id, ended, ct);
        else if (before.Version != version)
            switch (await tickets.FindAsync(handling.System, reference, ct))
            {
                case FoundTicket.Found { Ticket: var ticket } when ((await engine.FindAsync(id, ct)) ?? state).Plan.Ticket is var old
                    && ticket with { Reference = reference, System = old.System } != old:
                    await engine.ApplyAsync(id, new DispatchInput.EditTicket(ticket, handling.System), ct);
                    break;
                case FoundTicket.Unavailable:
                    // The text is compared the next time.
                    version = before.Version;
                    break;
            }
        if (before.Standing is null || IsOther(before.Standing, standing))
            await engine.WriteAsync(id, [TicketStore.SaveStanding(id, standing.Written)], ct);
        known[id] = new(standing, version, number);
    }
}
