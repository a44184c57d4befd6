using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Voice.Routee;

/// <summary>Hands an input to the dispatch it is for, and answers once what was decided is kept. <see cref="DispatchEngine.ApplyAsync"/>, which tests make slow.</summary>
internal delegate Task<Applied> ApplyInput(DispatchId dispatch, DispatchInput input, CancellationToken ct);
