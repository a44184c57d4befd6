using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// Stores what one look at a thread brings. What need not be stored before the next step goes along with the next write, or is stored at
/// the end, also if the look failed.
/// </summary>
internal sealed class ThreadWrites(DispatchEngine engine, DispatchId dispatch) : IAsyncDisposable
{
    ImmutableArray<Statement> waiting = [];

    /// <summary>Stores this with the next write.</summary>
    public void Add(Statement write) => waiting = waiting.Add(write);

    /// <summary>Stores this, and what waits.</summary>
    public Task WriteAsync(Statement write, CancellationToken ct)
    {
        Add(write);
        return WriteAsync(ct);
    }

    /// <summary>Stores what waits.</summary>
    public Task WriteAsync(CancellationToken ct)
    {
        if (waiting.IsEmpty)
            return Task.CompletedTask;
        var writes = waiting;
        waiting = [];
        return engine.WriteAsync(dispatch, writes, ct);
    }

    public async ValueTask DisposeAsync() => await WriteAsync(CancellationToken.None);
}
