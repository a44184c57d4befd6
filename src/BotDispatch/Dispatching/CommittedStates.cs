using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>What this node last committed, so that it need not be read again. Before it is decided upon, its version is compared.</summary>
internal sealed class CommittedStates
{
    const int MostRemembered = 8192;

    readonly ConcurrentDictionary<DispatchId, StoredDispatch> states = new();

    public StoredDispatch? Find(DispatchId id) => states.GetValueOrDefault(id);

    public void Remember(DispatchId id, StoredDispatch stored)
    {
        if (states.Count >= MostRemembered)
            states.Clear();
        states[id] = stored;
    }

    public void Forget(DispatchId id) => states.TryRemove(id, out _);

    public void ForgetAll() => states.Clear();
}
