namespace BotDispatch.Simulator;

/// <summary>Keeps the newest items up to a number, and passes each item that it drops to <c>forgotten</c>.</summary>
internal sealed class RingBuffer<T>(int size, Action<T>? forgotten = null)
{
    readonly Queue<T> kept = new();
    readonly Lock gate = new();

    public IReadOnlyList<T> Items
    {
        get { lock (gate) return [.. kept]; }
    }

    public void Add(T item)
    {
        lock (gate)
        {
            kept.Enqueue(item);
            if (kept.Count <= size) return;
            var oldest = kept.Dequeue();
            forgotten?.Invoke(oldest);
        }
    }

    public void Clear()
    {
        lock (gate) kept.Clear();
    }
}
