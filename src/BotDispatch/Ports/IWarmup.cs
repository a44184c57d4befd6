namespace BotDispatch.Ports;

/// <summary>
/// Does once, before the process reports that it is ready, what the first user would otherwise wait for: it compiles methods, reads keys
/// and prepares statements. A chat waits three seconds, and on a busy machine the first run takes that long.
/// </summary>
internal interface IWarmup
{
    /// <summary>Warms up. It stores nothing, logs nothing and calls nobody outside. Exceptions are ignored.</summary>
    Task WarmUpAsync(CancellationToken ct);
}
