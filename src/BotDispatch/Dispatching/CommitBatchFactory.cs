using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Dispatching;

/// <summary>Begins a <see cref="CommitBatch"/> for each transaction.</summary>
internal sealed class CommitBatchFactory(
    DispatchStore store, CommittedStates committed, LaneMarks laneMarks, IOptions<EngineOptions> options, ILogger<CommitBatch> log,
    TimeProvider real, [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock)
{
    readonly bool oneCallPerPerson = options.Value.OneCallPerPerson;

    /// <summary>A batch in which everything is decided now, by the dispatch clock.</summary>
    public CommitBatch Begin() => new(store, committed, laneMarks, oneCallPerPerson, log, real, dispatchClock.GetUtcNow());
}
