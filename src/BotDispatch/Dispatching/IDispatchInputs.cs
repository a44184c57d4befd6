using BotDispatch.Core;

namespace BotDispatch.Dispatching;

/// <summary>Takes what happened to dispatches. Implemented by <see cref="DispatchEngine"/>; tests hold its commits back.</summary>
internal interface IDispatchInputs
{
    /// <summary>
    /// Applies an input to its dispatch and returns after the decision is committed. Cancelling ends the waiting, never the input. An
    /// exception means that the commit is in doubt: every input may be applied again.
    /// </summary>
    Task<Applied> ApplyAsync(DispatchId dispatch, DispatchInput input, CancellationToken ct);
}
