using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>The dispatches of one transaction as they become, input by input: each input sees what the ones before it decided.</summary>
internal sealed class BatchStates
{
    sealed class Entry(StoredDispatch? before)
    {
        public StoredDispatch? Before => before;
        public DispatchState State { get; set; } = before?.State ?? DispatchState.Initial;
        public List<DispatchEvent> Events { get; } = [];
        public DispatchId? ReplacedBy { get; set; } = before?.ReplacedBy;
    }

    readonly Dictionary<DispatchId, Entry> entries = [];
    readonly Dictionary<string, DispatchId> openTickets;
    readonly Dictionary<string, List<LineRow>> lines;
    readonly HashSet<string> seen;
    readonly List<(DispatchId Dispatch, string Delivery)> taken = [];
    readonly bool oneCallPerPerson;
    readonly DateTimeOffset now;

    BatchStates(Dictionary<string, DispatchId> openTickets, Dictionary<string, List<LineRow>> lines, HashSet<string> seen, bool oneCallPerPerson, DateTimeOffset now) =>
        (this.openTickets, this.lines, this.seen, this.oneCallPerPerson, this.now) = (openTickets, lines, seen, oneCallPerPerson, now);

    /// <summary>The deliveries that were decided, to be remembered with what was decided.</summary>
    public IReadOnlyList<(DispatchId Dispatch, string Delivery)> Taken => taken;

    /// <summary>Reads all that these inputs need.</summary>
    public static async Task<BatchStates> LoadAsync(
        WriteSession session, DispatchStore store, IReadOnlyList<InputWork> inputs, CommittedStates committed, bool oneCallPerPerson, DateTimeOffset now)
    {
        var plans = inputs.Select(work => work.Input).OfType<DispatchInput.Start>().Select(start => start.Plan).ToList();
        var open = await store.OpenByTicketAsync(session, [.. plans.Select(plan => DispatchStore.NormalTicket(plan.Ticket.Reference)).Distinct()]);
        var ids = inputs.Select(work => work.Dispatch).Concat(open.Values).Concat(plans.Where(plan => plan.Replaces is not null).Select(plan => plan.Replaces!.Value)).ToHashSet();
        var loaded = await store.LoadAsync(session, ids, committed.Find);

        var phones = oneCallPerPerson
            ? inputs.Where(work => work.Input is DispatchInput.BeginCall && loaded.ContainsKey(work.Dispatch))
                .Select(work => loaded[work.Dispatch].State.Plan.Roster[((DispatchInput.BeginCall)work.Input).Attempt.Callee].Phone).Distinct().Order(StringComparer.Ordinal).ToArray()
            : [];
        var seen = await store.SeenAsync(session, [.. inputs.Select(work => work.Delivery).OfType<string>().Distinct()]);
        var round = new BatchStates(open, await store.LinesAsync(session, phones), seen, oneCallPerPerson, now);
        foreach (var id in ids)
            round.entries.Add(id, new(loaded.GetValueOrDefault(id)));
        return round;
    }

    /// <summary>Decides one input.</summary>
    public Applied Decide(InputWork work, ILogger log)
    {
        var entry = entries[work.Dispatch];
        if (work.Delivery is { } delivery && !seen.Add(delivery))
            return new Applied.SeenBefore(entry.State);
        var applied = DecideNew(work, entry, log);
        if (work.Delivery is not null)
            taken.Add((work.Dispatch, work.Delivery));
        return applied;
    }

    Applied DecideNew(InputWork work, Entry entry, ILogger log)
    {
        if (work.Input is DispatchInput.Start start)
        {
            if (Refuse(work.Dispatch, start) is { } refused)
                return refused;
        }
        else if (entry is { Before: null, Events.Count: 0 })
        {
            return new Applied.NoSuchDispatch();
        }
        var input = work.Input is DispatchInput.BeginCall begin ? begin with { Line = StatusOf(Phone(entry.State, begin.Attempt)) } : work.Input;
        var decision = Decider.Decide(entry.State, input, now);
        if (decision.IsIgnored)
            log.InputIgnored(work.Dispatch, input.GetType().Name, decision.Because!);
        Note(work.Dispatch, entry.State, decision);
        entry.State = decision.State;
        entry.Events.AddRange(decision.Events);
        return new Applied.Decided(decision);
    }

    /// <summary>Everything that became of it.</summary>
    public ImmutableArray<DispatchChange> Changes() =>
    [
        .. entries.Where(entry => entry.Value.Events.Count > 0).Select(entry =>
        {
            ImmutableArray<DispatchEvent> events = [.. entry.Value.Events];
            var (before, after) = (entry.Value.Before, entry.Value.State);
            return new DispatchChange(entry.Key, before, after, events, Lanes.Wanted(before?.State, after, events, now), now);
        }),
    ];

    Applied? Refuse(DispatchId dispatch, DispatchInput.Start start)
    {
        var ticket = DispatchStore.NormalTicket(start.Plan.Ticket.Reference);
        if (entries[dispatch] is { Before: not null } or { Events.Count: > 0 })
            return null;
        if (openTickets.TryGetValue(ticket, out var other) && other != dispatch && entries[other].State is { IsClosed: false } state)
            return new Applied.TicketIsOpen(state);
        if (start.Plan.Replaces is { } old)
        {
            if (entries[old] is { Before: null, Events.Count: 0 })
                return new Applied.NoSuchDispatch();
            if (!entries[old].State.IsClosed)
                return new Applied.TicketIsOpen(entries[old].State);
            if (entries[old].ReplacedBy is { } by)
                return new Applied.WasReplaced(by);
            entries[old].ReplacedBy = dispatch;
        }
        openTickets[ticket] = dispatch;
        return null;
    }

    LineStatus StatusOf(string phone) =>
        oneCallPerPerson && lines.TryGetValue(phone, out var held) && held.MaxBy(line => line.HeldUntil) is { } line && line.HeldUntil > now
            ? new(line.IsAccepted ? PassedOverReason.HasAccepted : PassedOverReason.OnThePhone, line.HeldUntil)
            : LineStatus.Free;

    /// <summary>What the rows will say of lines after this decision, for the inputs that follow in the same transaction.</summary>
    void Note(DispatchId dispatch, DispatchState before, Decision decision)
    {
        var after = decision.State;
        foreach (var leg in before.Legs)
            if (leg.IsLive && after.Leg(leg.Attempt) is not { IsLive: true })
                Free(Phone(after, leg.Attempt), dispatch, accepted: false);
        foreach (var happened in decision.Events)
            switch (happened)
            {
                case DispatchEvent.CallBegun begun:
                    Hold(Phone(after, begun.Attempt), dispatch, begun.EndsBy, accepted: false);
                    break;
                case DispatchEvent.Accepted accepted:
                    Hold(Phone(after, accepted.Attempt), dispatch, accepted.HeldUntil, accepted: true);
                    break;
                case DispatchEvent.Taken { Phone: { } phone } taken:
                    Hold(phone, dispatch, taken.HeldUntil, accepted: true);
                    break;
                case DispatchEvent.MarkedDone:
                    ReleaseHolds(dispatch);
                    break;
                case DispatchEvent.Started { Plan.Replaces: { } old }:
                    ReleaseHolds(old);
                    break;
            }
    }

    void Hold(string phone, DispatchId dispatch, DateTimeOffset until, bool accepted)
    {
        Free(phone, dispatch, accepted);
        if (!lines.TryGetValue(phone, out var held))
            lines.Add(phone, held = []);
        held.Add(new(phone, dispatch, until, accepted));
    }

    void ReleaseHolds(DispatchId dispatch)
    {
        foreach (var phone in lines.Keys.ToList())
            Free(phone, dispatch, accepted: true);
    }

    void Free(string phone, DispatchId dispatch, bool accepted)
    {
        if (lines.TryGetValue(phone, out var held))
            held.RemoveAll(line => line.Dispatch == dispatch && line.IsAccepted == accepted);
    }

    static string Phone(DispatchState state, AttemptId attempt) => state.Plan.Roster[attempt.Callee].Phone;
}
