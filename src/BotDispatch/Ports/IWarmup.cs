namespace BotDispatch.Ports;

/// <summary>
/// Does once, before the process says that it is ready, what the first person would otherwise wait for: methods are compiled, keys are read, statements are prepared.
/// A chat waits three seconds, and on a busy machine the first of everything takes that long.
/// </summary>
internal interface IWarmup
{
    /// <summary>Warms up; stores nothing, logs nothing and calls nobody outside. What it throws is of no consequence.</summary>
    Task WarmUpAsync(CancellationToken ct);
}
