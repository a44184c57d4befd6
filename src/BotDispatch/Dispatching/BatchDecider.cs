using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Dispatching;

/// <summary>What one transaction decided: what it changed, and which dispatches another node was faster with.</summary>
internal sealed record DecidedBatch(ImmutableArray<DispatchChange> Changes, HashSet<DispatchId> Lost);

/// <summary>Inside one transaction: loads the dispatches that inputs are for, decides the inputs in order, and writes what was decided.</summary>
internal sealed class BatchDecider(
    DispatchStore store, CommittedStates committed, IOptions<EngineOptions> options, Wakeup wakeup, ILogger<BatchDecider> log, TimeProvider real,
    [FromKeyedServices("dispatch-clock")] TimeProvider story)
{
    /// <summary>Decides and writes; nothing is known to be stored before the transaction commits.</summary>
    public async Task<DecidedBatch> RunAsync(WriteSession session, IReadOnlyList<InputWork> inputs)
    {
        if (inputs.Count == 0)
            return new([], []);
        var now = story.GetUtcNow();
        var round = await BatchStates.LoadAsync(session, store, inputs, committed, options.Value.OneCallPerPerson, now);
        foreach (var work in inputs)
            work.Applied = round.Decide(work, log);
        var changes = round.Changes();
        var lost = await WriteAsync(session, changes);
        // In the order of their names, so that two nodes never wait for each other in a circle.
        var taken = round.Taken.Where(each => !lost.Contains(each.Dispatch)).Select(each => each.Delivery).Order(StringComparer.Ordinal);
        await session.RunAsync([.. taken.Select(delivery => CommitWrites.Seen(delivery, real.GetUtcNow()))], CancellationToken.None);
        return new(changes, lost);
    }

    /// <summary>After the commit: the next inputs need not load these again.</summary>
    public void Remember(DecidedBatch round)
    {
        foreach (var change in round.Changes)
        {
            if (round.Lost.Contains(change.Id))
                committed.Forget(change.Id);
            else
                committed.Remember(change.Id, change.Stored);
        }
        // A successor marks its predecessor's row, which we do not carry, not even if the predecessor changed too.
        foreach (var change in round.Changes)
            if (change is { Before: null, After.Plan.Replaces: { } old })
                committed.Forget(old);
        if (round.Changes.Length > 0)
            wakeup.Signal();
    }

    /// <summary>After a failure: nothing that was decided is known to be stored.</summary>
    public void Forget() => committed.ForgetAll();

    async Task<HashSet<DispatchId>> WriteAsync(WriteSession session, ImmutableArray<DispatchChange> changes)
    {
        var lost = new HashSet<DispatchId>();
        // In id order, so that two nodes never wait for each other in a circle.
        var ordered = changes.OrderBy(change => change.Id.Value, StringComparer.Ordinal).ToList();
        var lines = new Dictionary<DispatchId, Statement>();
        if (options.Value.OneCallPerPerson)
            foreach (var change in ordered)
                if (CommitWrites.Line(change) is { } line)
                    lines.Add(change.Id, line);
        // Lines in the order of their numbers, for the same reason.
        await RunAndLoseAsync(session, [.. lines.OrderBy(line => (string)line.Value.Values[0]!, StringComparer.Ordinal)], lost);
        // What was not won is not given back: it may be another node's, for the very same call.
        foreach (var id in lost)
            lines.Remove(id);
        await RunAndLoseAsync(session, [.. ordered.Where(Won).Select(change => KeyValuePair.Create(change.Id, CommitWrites.Dispatch(change)))], lost);
        var successors = ordered.Where(Won).Where(change => CommitWrites.MarkReplaced(change) is not null).ToList();
        await RunAndLoseAsync(session, [.. successors.Select(change => KeyValuePair.Create(change.Id, CommitWrites.MarkReplaced(change)!.Value))], lost);

        var rest = ordered.Where(Won).SelectMany(change => CommitWrites.Rest(change, options.Value.OneCallPerPerson)).ToList();
        rest.AddRange(successors.Where(change => !Won(change)).Select(change => CommitWrites.TakeBackNew(change.Id)));
        foreach (var id in lost)
        {
            log.LostToAnotherNode(id);
            if (lines.TryGetValue(id, out var line))
                rest.Insert(0, CommitWrites.GiveBackLine(line));
        }
        await session.RunAsync(rest, CancellationToken.None);
        return lost;

        bool Won(DispatchChange change) => !lost.Contains(change.Id);
    }

    static async Task RunAndLoseAsync(WriteSession session, IReadOnlyList<KeyValuePair<DispatchId, Statement>> writes, HashSet<DispatchId> lost)
    {
        var rows = await session.RunAsync([.. writes.Select(write => write.Value)], CancellationToken.None);
        for (var i = 0; i < rows.Length; i++)
            if (rows[i] == 0)
                lost.Add(writes[i].Key);
    }
}
