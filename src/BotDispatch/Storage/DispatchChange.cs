using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>"Look at this dispatch", for one thing to look after. A null <paramref name="DueAt"/> takes it back.</summary>
internal readonly record struct LaneMark(string Lane, DateTimeOffset? DueAt);

/// <summary>What one commit does to one dispatch.</summary>
/// <param name="Id">Which.</param>
/// <param name="Before">As it was read; null for a new one.</param>
/// <param name="After">As it becomes.</param>
/// <param name="Events">What was decided, in order.</param>
/// <param name="Lanes">What needs a look now, or later.</param>
/// <param name="At">When.</param>
internal sealed record DispatchChange(
    DispatchId Id, StoredDispatch? Before, DispatchState After, ImmutableArray<DispatchEvent> Events, ImmutableArray<LaneMark> Lanes, DateTimeOffset At)
{
    public long SeqBefore => Before?.Seq ?? 0;

    public StoredDispatch Stored => new(After, SeqBefore + Events.Length, Before?.ReplacedBy);
}
