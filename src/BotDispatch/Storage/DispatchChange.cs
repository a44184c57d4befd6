using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>"Look at this dispatch", for one kind of work. A null <paramref name="DueAt"/> withdraws it.</summary>
internal readonly record struct LaneMark(string Lane, DateTimeOffset? DueAt)
{
    /// <summary>Whether an earlier moment at which the lane is due already stays.</summary>
    public bool IsNoLaterThanBefore { get; init; }
}

/// <summary>What one commit does to one dispatch.</summary>
/// <param name="Id">The dispatch.</param>
/// <param name="Before">The dispatch as it was read; null for a new one.</param>
/// <param name="After">The state after the events.</param>
/// <param name="Events">The events that were decided, in order.</param>
/// <param name="Lanes">
/// What is written of the lanes that need a look, now or later. Where one process alone uses the database that is what no row covers, and
/// the withdrawal of rows that nobody needs.
/// </param>
/// <param name="At">The moment of the decision, by the dispatch clock.</param>
internal sealed record DispatchChange(
    DispatchId Id, StoredDispatch? Before, DispatchState After, ImmutableArray<DispatchEvent> Events,
    ImmutableArray<LaneMark> Lanes, DateTimeOffset At)
{
    /// <summary>The number of events before this commit.</summary>
    public long SeqBefore => Before?.Seq ?? 0;

    /// <summary>The re-dispatch that is its successor once this is committed.</summary>
    public DispatchId? ReplacedBy { get; init; } = Before?.ReplacedBy;

    /// <summary>The dispatch as it is stored once this is committed.</summary>
    public StoredDispatch Stored => field ??= new(After, SeqBefore + Events.Length, ReplacedBy)
    {
        SnapshotSeq = WritesSnapshot ? SeqBefore + Events.Length : Before!.SnapshotSeq,
        OpenedAt = Before?.OpenedAt ?? At,
    };

    /// <summary>
    /// Whether this commit writes the state into the dispatch's own row: the first one, each that changes what is found by the row's
    /// columns, and from time to time one more, so that reading adds few events.
    /// </summary>
    public bool WritesSnapshot =>
        Before is null || CommitWrites.StatusOf(Before.State) != CommitWrites.StatusOf(After)
        || SeqBefore + Events.Length - Before.SnapshotSeq >= EventsBetweenSnapshots;

    const int EventsBetweenSnapshots = 32;
}
