using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Work that waits for the next commit.</summary>
internal abstract class Work
{
    /// <summary>Answers the caller with an error: it is not known to be stored.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Answers the caller: it is stored.</summary>
    public abstract void Answer();

    /// <summary>Whether the caller was answered.</summary>
    public abstract bool IsAnswered { get; }
}

/// <summary>An input that waits to be decided.</summary>
internal sealed class InputWork(DispatchId dispatch, DispatchInput input, string? delivery) : Work
{
    readonly TaskCompletionSource<Applied> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DispatchId Dispatch => dispatch;

    public DispatchInput Input => input;

    /// <summary>The delivery that brought it, if its sender may send it again; otherwise null.</summary>
    public string? Delivery => delivery;

    public Task<Applied> Answered => answered.Task;

    /// <summary>What was decided, not yet committed.</summary>
    public Applied? Applied { get; set; }

    /// <summary>
    /// Whether its answer rests on a dispatch that was lost to another node: its own, or the other one that the answer names.
    /// </summary>
    public bool RestsOn(HashSet<DispatchId> lost) => lost.Contains(dispatch) || Applied switch
    {
        Applied.TicketIsOpen open => lost.Contains(open.Other.Plan.Id),
        Applied.WasReplaced replaced => lost.Contains(replaced.By),
        _ => false,
    };

    public override bool IsAnswered => answered.Task.IsCompleted;

    public override void Fail(Exception exception) => answered.TrySetException(exception);

    public override void Answer() => answered.TrySetResult(Applied!);
}

/// <summary>Rows that no decision writes: what a thread has shown, lanes whose work is done.</summary>
internal sealed class WriteWork(ImmutableArray<Statement> writes) : Work
{
    readonly TaskCompletionSource<IReadOnlyList<int>> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableArray<Statement> Writes => writes;

    /// <summary>How many rows each of the writes changed.</summary>
    public Task<IReadOnlyList<int>> Answered => answered.Task;

    /// <summary>What was written, not yet committed.</summary>
    public IReadOnlyList<int> Changed { get; set; } = [];

    public override bool IsAnswered => answered.Task.IsCompleted;

    public override void Fail(Exception exception) => answered.TrySetException(exception);

    public override void Answer() => answered.TrySetResult(Changed);
}

/// <summary>Deletes dispatches that nobody needs any more.</summary>
internal sealed class DeleteWork(Func<WriteSession, Task<IReadOnlyList<DispatchId>>> delete) : Work
{
    readonly TaskCompletionSource<int> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many were deleted.</summary>
    public Task<int> Answered => answered.Task;

    /// <summary>What was deleted, not yet committed.</summary>
    public IReadOnlyList<DispatchId> Deleted { get; private set; } = [];

    public async Task RunAsync(WriteSession session) => Deleted = await delete(session);

    public override bool IsAnswered => answered.Task.IsCompleted;

    public override void Fail(Exception exception) => answered.TrySetException(exception);

    public override void Answer() => answered.TrySetResult(Deleted.Count);
}

/// <summary>A claim of lanes, made between the same commits as everything else.</summary>
internal sealed class ClaimWork(Func<WriteSession, Task<IReadOnlyList<ClaimedLane>>> claim) : Work
{
    readonly TaskCompletionSource<IReadOnlyList<ClaimedLane>> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<ClaimedLane>> Answered => answered.Task;

    /// <summary>What was claimed, not yet committed.</summary>
    public IReadOnlyList<ClaimedLane> Claimed { get; set; } = [];

    public async Task RunAsync(WriteSession session) => Claimed = await claim(session);

    public override bool IsAnswered => answered.Task.IsCompleted;

    public override void Fail(Exception exception) => answered.TrySetException(exception);

    public override void Answer() => answered.TrySetResult(Claimed);
}
