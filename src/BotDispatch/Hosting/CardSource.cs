using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using BotDispatch.Teams.Handlers;

namespace BotDispatch.Hosting;

/// <summary>Gives Teams the dispatches behind its cards: the database holds them, and only the engine may write there.</summary>
internal sealed class CardSource(
    DispatchStore store, DispatchEngine engine, [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock) : ICardSource
{
    public Task<StoredDispatch?> FindAsync(DispatchId dispatch, CancellationToken ct) => store.FindAsync(dispatch, ct);

    public Task DrawAgainAsync(DispatchId dispatch, int n, CancellationToken ct) =>
        engine.WriteAsync(dispatch, ThreadStore.DrawAgain(dispatch, n, dispatchClock.GetUtcNow()), ct);
}
