using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// Places the calls that states want, ends the legs that should not live, and asks the provider's records where its webhooks are overdue.
/// </summary>
internal sealed class VoiceLanes(
    DispatchEngine engine, IVoiceGateway voice, CallChecks checks,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock,
    TimeProvider real, ILogger<VoiceLanes> log)
{
    /// <summary>A call order is not sent later than this after it was decided. Less than the margin in <see cref="Leg.EndsBy"/>.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(10);

    /// <summary>How soon records that could not be asked are asked again, by the dispatch clock.</summary>
    static readonly TimeSpan LookupRetry = TimeSpan.FromSeconds(5);

    /// <summary>How long a call waits before it asks again whether it is its turn, and whether its callee may still be called.</summary>
    static readonly TimeSpan AskTurnEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long, where other nodes write, the answer of the database counts while a call waits for its turn.</summary>
    static readonly TimeSpan CommitTurnEvery = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Places the call that is wanted. First it gets all that an order needs, then it commits the intent. If another node committed it
    /// first, it does not phone.
    /// </summary>
    public async Task<LaneResult> PlaceAsync(StoredDispatch stored, CancellationToken ct)
    {
        if (Agenda.CallToPlace(stored.State) is not { } attempt)
            return new LaneResult.Done();
        // A list may ring for another time than the settings say.
        var plan = stored.State.Plan with { Policy = stored.State.Policy };
        // Twice, because waiting for the turn can outlast a token.
        var down = await voice.PrepareAsync(ct);
        if (down is null && !await WaitForTurnAsync(stored.State, plan, attempt, ct))
            return new LaneResult.Done();
        if ((down ?? await voice.PrepareAsync(ct)) is { } reason)
        {
            await engine.ApplyAsync(plan.Id, new DispatchInput.LineFailed(attempt, reason), CancellationToken.None);
            return new LaneResult.Done();
        }
        var decided = real.GetTimestamp();
        // From here on the process may die at any point: the committed intent keeps every node from placing the call a second time.
        if (await BeginAsync(stored.State, plan, attempt, isEarly: false, ct) is not { Events: var events }
            || !events.OfType<DispatchEvent.CallBegun>().Any(mine => mine.Attempt == attempt))
            return new LaneResult.Done();

        DispatchInput answer = await voice.PlaceAsync(attempt, plan, token => MaySendAsync(attempt, decided, token), ct) switch
        {
            PlacedCall.Placed placed => new DispatchInput.CallPlaced(attempt, placed.TrackingId),
            PlacedCall.NotPlaced refused => new DispatchInput.CallNotPlaced(attempt, refused.Why),
            _ => new DispatchInput.CallUnsure(attempt),
        };
        await engine.ApplyAsync(plan.Id, answer, CancellationToken.None);
        return new LaneResult.Done();
    }

    /// <summary>Whether the call of this dispatch waits for its turn, which may take any time.</summary>
    public bool IsWaitingForTurn(DispatchId dispatch) => voice.IsWaitingForTurn(dispatch);

    /// <summary>Ends, in the way that fits how far it is, each leg that should not live.</summary>
    public async Task<LaneResult> EndAsync(StoredDispatch stored, CancellationToken ct)
    {
        var (state, now) = (stored.State, dispatchClock.GetUtcNow());
        var ends = Agenda.LegsToEnd(state);
        var later = ends.Where(end => end.DueAt > now).Select(end => end.DueAt).Order().ToList();
        LaneResult result = later is [var next, ..] ? new LaneResult.Again(next) : new LaneResult.Done();
        foreach (var end in ends.Where(end => end.DueAt <= now))
        {
            if (await voice.EndAsync(end, state, ct) is EndedLeg.TryLater failed)
                result = new LaneResult.TryLater(failed.Because, failed.After);
            else
                await engine.ApplyAsync(state.Plan.Id, Ended(end), ct);
        }
        return result;

        static DispatchInput Ended(LegToEnd end) =>
            end.By is EndLegBy.Telling ? new DispatchInput.LegInformed(end.Leg.Attempt) : new DispatchInput.LegCut(end.Leg.Attempt);
    }

    /// <summary>Asks the records, and hands in what they say as if the webhooks had come.</summary>
    public async Task<LaneResult> LookUpAsync(StoredDispatch stored, CancellationToken ct)
    {
        var state = stored.State;
        var isUnread = false;
        foreach (var leg in Agenda.LegsToLookUp(state, dispatchClock.GetUtcNow()))
            switch (await voice.LookUpAsync(leg, state, ct))
            {
                case LookedUpCall.Found found:
                    // The key first: the status alone would settle a call that was answered.
                    if (!string.IsNullOrEmpty(found.Tones))
                        await engine.ApplyAsync(state.Plan.Id, new DispatchInput.KeysPressed(leg.Attempt, found.Tones), ct);
                    await engine.ApplyAsync(state.Plan.Id, new DispatchInput.LegProgressed(leg.Attempt, found.Report), ct);
                    await engine.ApplyAsync(state.Plan.Id, new DispatchInput.LookedUp(leg.Attempt, found.Report.Status), ct);
                    break;
                case LookedUpCall.NotFound:
                    await engine.ApplyAsync(state.Plan.Id, new DispatchInput.LookedUp(leg.Attempt, null), ct);
                    break;
                default:
                    isUnread = true;
                    break;
            }
        var now = dispatchClock.GetUtcNow();
        var after = (await engine.FindAsync(state.Plan.Id, stored.Seq, ct))?.State ?? state;
        var next = Agenda.NextLookup(after, now + TimeSpan.FromMilliseconds(1));
        // No growing back-off as in other lanes: the dispatch waits for the answer, and only until a moment that is set.
        if (isUnread && Agenda.LegsToLookUp(after).Any() && !(next <= now + LookupRetry))
            next = now + LookupRetry;
        return next is { } moment ? new LaneResult.Again(moment) : new LaneResult.Done();
    }

    /// <summary>Once in the life of a process: asks the records at once for what calls under way reported while no process ran.</summary>
    public async Task AskAfterRestartAsync(CancellationToken ct)
    {
        var waiting = await engine.ListWaitingAsync([Lanes.Clock, Lanes.Lookup], ct);
        var underWay = waiting.Where(state => Agenda.LegsToLookUp(state).Any()).ToList();
        if (underWay.Count == 0)
            return;
        log.CallsUnderWay(underWay.Count);
        await Task.WhenAll(underWay.Select(state => engine.ApplyAsync(state.Plan.Id, new DispatchInput.Restarted(), ct)));
    }

    // When many dispatches want the same phone, most of them find it busy. Such a call must not use up a turn: the phones of others, who
    // are free, would not ring for minutes. So whether the callee may be called is asked before the turn comes, and until it comes.
    async Task<bool> WaitForTurnAsync(DispatchState state, DispatchPlan plan, AttemptId attempt, CancellationToken ct)
    {
        var isTurn = false;
        try
        {
            DateTimeOffset? askedAt = null;
            while (voice.AskForTurn(attempt) is { } wait)
            {
                if (!await IsSurelyWantedAsync(state, attempt, askedAt, ct))
                {
                    askedAt = real.GetUtcNow();
                    var asked = await BeginAsync(state, plan, attempt, isEarly: true, ct);
                    if (asked is not { Events: [], State.Phase: Phase.Placing(var wanted) } || wanted != attempt)
                        return false;
                }
                await Task.Delay(wait < AskTurnEvery ? wait : AskTurnEvery, real, ct);
            }
            return isTurn = true;
        }
        finally
        {
            if (!isTurn)
                voice.LeaveTurn(attempt);
        }
    }

    // Whether the commit would find what the last one found. Hundreds of calls may wait, and each commit costs a transaction. Where other
    // nodes write, reading would cost as much, so the last answer counts for a while.
    async Task<bool> IsSurelyWantedAsync(DispatchState before, AttemptId attempt, DateTimeOffset? askedAt, CancellationToken ct)
    {
        if (engine.IsShared)
            return real.GetUtcNow() - askedAt < CommitTurnEvery;
        if (await engine.FindAsync(attempt.Dispatch, ct) is not { Phase: Phase.Placing(var wanted) } state || wanted != attempt)
            return false;
        return !await engine.IsBusyAsync(state, attempt.Callee, dispatchClock.GetUtcNow(), ct)
            && (await checks.LineOfAsync(before, attempt.Callee, ct)).Because is null;
    }

    async Task<Decision?> BeginAsync(DispatchState state, DispatchPlan plan, AttemptId attempt, bool isEarly, CancellationToken ct)
    {
        var duty = await checks.LineOfAsync(state, attempt.Callee, ct);
        var begin = new DispatchInput.BeginCall(attempt, voice.LengthOf(plan, plan.Roster[attempt.Callee]), duty, isEarly);
        return await engine.ApplyAsync(plan.Id, begin, CancellationToken.None) is Applied.Decided decided ? decided.Decision : null;
    }

    // Measured without the wall clock, which may be set back. The state is read last, because it may change until the order leaves.
    async Task<bool> MaySendAsync(AttemptId attempt, long decided, CancellationToken ct)
    {
        var left = SendWithin - real.GetElapsedTime(decided);
        if (left <= TimeSpan.Zero)
            return false;
        try
        {
            var state = await engine.FindAsync(attempt.Dispatch, ct).WaitAsync(left, real, ct);
            return real.GetElapsedTime(decided) < SendWithin && state is { Phase: Phase.Calling(var current) } && current == attempt;
        }
        // An order is not sent if nothing shows that it is still wanted.
        catch (Exception broken) when (!ct.IsCancellationRequested)
        {
            log.OrderNotChecked(broken, attempt);
            return false;
        }
    }
}
