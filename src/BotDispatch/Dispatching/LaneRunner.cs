using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Claims the lanes that are due and looks after each: reads the state and does what it asks for. Any number of nodes may run one.</summary>
internal sealed class LaneRunner(
    DispatchEngine engine, LaneStore lanes, VoiceLanes voice, ThreadLane thread, LineLane line, ILogger<LaneRunner> log, [FromKeyedServices("dispatch-clock")] TimeProvider story)
{
    /// <summary>So many lanes of one kind at a time: a slow kind keeps nobody else waiting.</summary>
    const int MostOfAKind = 64;

    static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(2);

    readonly string node = $"{Environment.MachineName}-{Guid.NewGuid():N}";
    readonly ConcurrentDictionary<Task, string> running = new();

    bool someKindIsFull;
    bool hasAskedAfterRestart;

    /// <summary>Raised when a lane was let go that is still wanted, or that others had to wait for.</summary>
    public event Action? LetGo;

    /// <summary>More may be due than was taken the last time.</summary>
    public bool LeftSome { get; private set; }

    /// <summary>Takes what is due and begins to look after it; how many lanes that were.</summary>
    public async Task<int> StartDueAsync(CancellationToken ct)
    {
        await AskAfterRestartAsync(ct);
        // Until it is known: whoever finishes meanwhile would tell nobody.
        Volatile.Write(ref someKindIsFull, true);
        LeftSome = false;
        var busy = running.Values.CountBy(lane => lane).ToDictionary();
        var free = Lanes.All.Where(lane => busy.GetValueOrDefault(lane) < MostOfAKind).ToArray();
        if (free.Length == 0)
            return 0;
        var most = free.Min(lane => MostOfAKind - busy.GetValueOrDefault(lane));
        var now = story.GetUtcNow();
        var claimed = await engine.ClaimAsync(session => lanes.ClaimAsync(session, node, free, now, most), ct);
        Volatile.Write(ref someKindIsFull, free.Length < Lanes.All.Length);
        LeftSome = claimed.Count == most;
        foreach (var lane in claimed)
            Start(lane, ct);
        return claimed.Count;
    }

    // A failure must not keep the lanes from being looked after.
    async Task AskAfterRestartAsync(CancellationToken ct)
    {
        if (hasAskedAfterRestart)
            return;
        try
        {
            await voice.AskAfterRestartAsync(ct);
            hasAskedAfterRestart = true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.RestartNotNoticed(exception);
        }
    }

    /// <summary>Waits for everything that was begun.</summary>
    public async Task FinishAsync()
    {
        while (!running.IsEmpty)
            await Task.WhenAll(running.Keys);
    }

    void Start(ClaimedLane lane, CancellationToken ct)
    {
        // Begun only once it is listed, so that it cannot be taken off the list before.
        var begin = new TaskCompletionSource();
        Task task = null!;
        task = RunAsync();
        running.TryAdd(task, lane.Lane);
        begin.SetResult();

        async Task RunAsync()
        {
            await begin.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var isWanted = await LookAfterAsync(lane, ct);
            running.TryRemove(task, out _);
            if (isWanted || Volatile.Read(ref someKindIsFull))
                LetGo?.Invoke();
        }
    }

    /// <summary>Looks after it and lets it go; whether it is worth another look.</summary>
    async Task<bool> LookAfterAsync(ClaimedLane lane, CancellationToken ct)
    {
        try
        {
            var result = await LookAsync(lane, ct);
            var changed = await engine.WriteAndCountAsync(lane.Dispatch, [.. Writes(lane, result), .. result.Along], CancellationToken.None);
            return result is not LaneResult.Done || changed[0] == 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping: another node need not wait until the claim runs out.
            await LetGoAsync(lane, LaneStore.GiveBack(lane, node));
            return true;
        }
        catch (Exception exception)
        {
            var after = BackOff(lane.Tries, TimeSpan.FromSeconds(1));
            log.LaneFailed(exception, lane.Dispatch, lane.Lane, after);
            await LetGoAsync(lane, lanes.Later(lane, node, exception.GetType().Name, after));
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
            _ => await thread.ShowAsync(stored, Lanes.ThreadOf(lane.Lane), ct),
        };
    }

    async Task<LaneResult> PassDeadlineAsync(StoredDispatch stored, CancellationToken ct)
    {
        if (Agenda.Deadline(stored.State) is not { } deadline)
            return new LaneResult.Done();
        if (deadline > story.GetUtcNow())
            return new LaneResult.Again(deadline);
        await engine.ApplyAsync(stored.State.Plan.Id, new DispatchInput.DeadlinePassed(deadline), ct);
        return new LaneResult.Done();
    }

    IEnumerable<Statement> Writes(ClaimedLane lane, LaneResult result)
    {
        if (result is LaneResult.Again again)
            return LaneStore.Again(lane, node, again.At);
        if (result is LaneResult.NotYet notYet)
            return lanes.NotYet(lane, node, notYet.After);
        if (result is not LaneResult.TryLater later)
            return LaneStore.Done(lane, node);
        var after = BackOff(lane.Tries, later.After);
        log.LanePostponed(lane.Dispatch, lane.Lane, after, later.Because);
        return lanes.Later(lane, node, later.Because, after);
    }

    async Task LetGoAsync(ClaimedLane lane, IEnumerable<Statement> writes)
    {
        try
        {
            await engine.WriteAsync(lane.Dispatch, writes, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The claim runs out by itself.
            log.LaneFailed(exception, lane.Dispatch, lane.Lane, LaneStore.Lease);
        }
    }

    /// <summary>What was asked for at first; with more tries a longer time, but never less than was asked for.</summary>
    static TimeSpan BackOff(int tries, TimeSpan asked)
    {
        var doubled = asked * Math.Pow(2, Math.Min(tries, 10));
        return asked > LongestBackOff ? asked : doubled < LongestBackOff ? doubled : LongestBackOff;
    }
}
