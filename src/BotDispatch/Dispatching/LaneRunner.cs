using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// Claims the lanes that are due, reads the state of each dispatch and does what it asks for. Any number of nodes may run one.
/// </summary>
// Ten: a class for each kind of lane, the claims, the engine that reads a dispatch, and both clocks.
internal sealed class LaneRunner(
    DispatchEngine engine, ILaneClaims claims, VoiceLanes voice, ThreadLane thread, LineLane line, TicketLane ticket,
    ILogger<LaneRunner> log,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock, TimeProvider real, IEventLane? webhooks = null)
{
    /// <summary>How many lanes of one kind run at a time, so that a slow kind does not delay the others.</summary>
    const int MostOfAKind = 64;

    /// <summary>How many deadlines pass at a time: that is work for this process alone, and one commit serves many.</summary>
    const int MostDeadlines = 512;

    static readonly TimeSpan LongestBetweenLooksForLate = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(2);

    // The lanes of programs that this node does not know are left to nodes that do.
    readonly RunningLanes running = new([.. Lanes.All, .. webhooks?.LaneNames ?? []], MostOf);

    long lookedForLateAt;
    TimeSpan untilNextLookForLate;
    bool someKindIsFull;
    bool hasAskedAfterRestart;
    bool hasBegunWebhooks;

    /// <summary>Raised when a lane was let go that is still wanted, or whose kind was full.</summary>
    public event Action? LetGo;

    /// <summary>Whether the last claim was full, so that more lanes may be due.</summary>
    public bool LeftSome { get; private set; }

    /// <summary>
    /// When it last looked for due lanes, by the dispatch clock and in real time. Whatever is due after these moments was not found.
    /// </summary>
    public (DateTimeOffset Dispatch, DateTimeOffset Real) LookedAt { get; private set; }

    /// <summary>Claims due lanes and starts their work. Returns how many it claimed.</summary>
    public async Task<int> StartDueAsync(CancellationToken ct)
    {
        await AskAfterRestartAsync(ct);
        // Assume "full" until the claim returns; otherwise a lane that finishes now would not wake the loop.
        Volatile.Write(ref someKindIsFull, true);
        LeftSome = false;
        StopWhatHangs();
        var (free, room) = running.KindsWithRoom();
        if (free.Count == 0)
            return 0;
        var most = Math.Min(MostOfAKind, room);
        var now = dispatchClock.GetUtcNow();
        LookedAt = (now, real.GetUtcNow());
        var claimed = await claims.ClaimAsync(free, now, most, ct);
        Volatile.Write(ref someKindIsFull, free.Count < running.Kinds.Length);
        LeftSome = claimed.Count == most;
        foreach (var lane in claimed)
            Start(lane, ct);
        return LeftSome ? claimed.Count + await StartDeadlinesAsync(now, ct) : claimed.Count;
    }

    static int MostOf(string lane) => lane == Lanes.Clock ? MostDeadlines : MostOfAKind;

    // Where much is due, deadlines do not wait for calls and posts, which are slower.
    async Task<int> StartDeadlinesAsync(DateTimeOffset now, CancellationToken ct)
    {
        var most = running.RoomFor(Lanes.Clock);
        if (most <= 0)
            return 0;
        var claimed = await claims.ClaimAsync([Lanes.Clock], now, most, ct);
        foreach (var lane in claimed)
            Start(lane, ct);
        return claimed.Count;
    }

    // A lane is not claimed again while its work goes on, so work that never ends would leave a dispatch alone without a word. A call that
    // may have been ordered is not cut off: its requests have their own limits.
    void StopWhatHangs()
    {
        // Every commit wakes the loop, and to look at each lane costs more than all the rest of this.
        if (real.GetElapsedTime(lookedForLateAt) < untilNextLookForLate)
            return;
        (lookedForLateAt, untilNextLookForLate) = (real.GetTimestamp(), LongestBetweenLooksForLate);
        foreach (var run in running.All)
        {
            if (run.IsLate(run.Lane.Lane == Lanes.Voice && voice.IsWaitingForTurn(run.Lane.Dispatch)))
            {
                log.LaneHangs(run.Lane.Dispatch, run.Lane.Lane, LaneStore.Lease);
                if (run.Lane.Lane != Lanes.Voice)
                    run.Stop();
            }
            if (run.UntilLate < untilNextLookForLate)
                untilNextLookForLate = run.UntilLate;
        }
    }

    // A failure must not stop the lanes; what failed is tried again before the next claim, and nothing else is.
    async Task AskAfterRestartAsync(CancellationToken ct)
    {
        hasAskedAfterRestart = hasAskedAfterRestart || await TryAsync(voice.AskAfterRestartAsync, log.RestartNotNoticed, ct);
        hasBegunWebhooks = hasBegunWebhooks || webhooks is null || await TryAsync(BeginWebhooksAsync, log.WebhooksNotBegun, ct);
    }

    async Task BeginWebhooksAsync(CancellationToken ct)
    {
        await webhooks!.BeginAsync(ct);
        claims.Changed();
    }

    static async Task<bool> TryAsync(Func<CancellationToken, Task> work, Action<Exception> failed, CancellationToken ct)
    {
        try
        {
            await work(ct);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            failed(exception);
            return false;
        }
    }

    /// <summary>Waits until all work that was started has ended.</summary>
    public async Task FinishAsync()
    {
        while (running.All is { Count: > 0 } runs)
            await Task.WhenAll(runs.Select(run => run.Ended));
    }

    void Start(ClaimedLane lane, CancellationToken ct)
    {
        var run = new RunningLane(lane, real, ct);
        // Listed before its work starts, so that it cannot remove itself from the list too early.
        running.Add(run);
        run.Ended = RunAsync(run, ct);
    }

    async Task RunAsync(RunningLane run, CancellationToken ct)
    {
        // Off the loop's thread: after a restart 64 lanes would be looked at one after another there, and one that blocks would stop all
        // claims, and also what finds lanes that hang.
        await Task.Yield();
        var isWanted = await LookAfterAsync(run, ct);
        running.Remove(run);
        run.Dispose();
        if (isWanted || Volatile.Read(ref someKindIsFull))
            LetGo?.Invoke();
    }

    /// <summary>Does the work of a lane and lets the lane go. Returns whether it must be looked at again.</summary>
    async Task<bool> LookAfterAsync(RunningLane run, CancellationToken ct)
    {
        var lane = run.Lane;
        try
        {
            return await claims.LetGoAsync(lane, BackedOff(lane, await LookAsync(lane, run.Stopped)));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The node stops: another one need not wait until the claim expires.
            await LetGoAsync(lane, new LaneResult.Stopped(), TimeSpan.Zero);
            return true;
        }
        catch (Exception exception)
        {
            var after = BackOff(lane.Tries, TimeSpan.FromSeconds(1));
            log.LaneFailed(exception, lane.Dispatch, lane.Lane, after);
            await LetGoAsync(lane, new LaneResult.TryLater(exception.GetType().Name, after), after);
            return true;
        }
    }

    async Task<LaneResult> LookAsync(ClaimedLane lane, CancellationToken ct)
    {
        // What woke the lane does not know how many events the dispatch has, so the state is read from the database.
        var atLeast = lane.WakeCount > 0 ? long.MaxValue : lane.WantedSeq;
        if (await engine.FindAsync(lane.Dispatch, atLeast, ct) is not { } stored)
            return new LaneResult.Done();
        return lane.Lane switch
        {
            Lanes.Voice => await voice.PlaceAsync(stored, ct),
            Lanes.HangUp => await voice.EndAsync(stored, ct),
            Lanes.Lookup => await voice.LookUpAsync(stored, ct),
            Lanes.Clock => await PassDeadlineAsync(stored, ct),
            Lanes.Line => await line.LookAsync(stored, ct),
            Lanes.Ticket => await ticket.NoteAsync(stored, ct),
            _ when webhooks?.LaneNames.IndexOf(lane.Lane) is >= 0 and var program => await webhooks.LookAsync(program, stored, ct),
            _ => await thread.ShowAsync(stored, Lanes.ThreadOf(lane.Lane), lane.WasPostponed, ct),
        };
    }

    async Task<LaneResult> PassDeadlineAsync(StoredDispatch stored, CancellationToken ct)
    {
        if (Agenda.Deadline(stored.State) is not { } deadline)
            return new LaneResult.Done();
        if (deadline > dispatchClock.GetUtcNow())
            return new LaneResult.Again(deadline);
        await engine.ApplyAsync(stored.State.Plan.Id, new DispatchInput.DeadlinePassed(deadline), ct);
        return new LaneResult.Done();
    }

    LaneResult BackedOff(ClaimedLane lane, LaneResult result)
    {
        if (result is not LaneResult.TryLater later)
            return result;
        var after = BackOff(later.Tries ?? lane.Tries, later.After);
        log.LanePostponed(lane.Dispatch, lane.Lane, after, later.Because);
        return later with { After = after };
    }

    async Task LetGoAsync(ClaimedLane lane, LaneResult result, TimeSpan after)
    {
        try
        {
            await claims.LetGoAsync(lane, result);
        }
        catch (Exception exception)
        {
            log.LaneFailed(exception, lane.Dispatch, lane.Lane, claims.Abandon(lane, after));
        }
    }

    /// <summary>Doubles the asked time with every try, up to the longest back-off. Never shorter than the asked time.</summary>
    static TimeSpan BackOff(int tries, TimeSpan asked) =>
        asked > LongestBackOff || asked <= TimeSpan.Zero ? asked : Backoff.Doubled(asked, tries, LongestBackOff);
}
