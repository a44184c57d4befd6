using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Applies an input to its dispatch and returns after the decision is committed. Normally <see cref="DispatchEngine.ApplyAsync"/>; tests
/// replace it by a slow one.
/// </summary>
internal delegate Task<Applied> ApplyInput(DispatchId dispatch, DispatchInput input, CancellationToken ct);
