namespace BotDispatch.Tests.Flows;

/// <summary>
/// Tells whether anything of one world is being done at this moment. What is done is known by its context, which it takes along from thread to thread:
/// so a thread that the machine lets wait, or that waits for the disk, is still at it, however long that takes.
/// </summary>
internal sealed class Pulse
{
    static readonly AsyncLocal<Pulse?> Whose = new(Moved);

    int busy;
    long beats;

    /// <summary>Some thread is at it.</summary>
    public bool IsBusy => Volatile.Read(ref busy) > 0;

    /// <summary>How often a thread began with something.</summary>
    public long Beats => Interlocked.Read(ref beats);

    /// <summary>Does something, with everything that comes of it, as part of this world.</summary>
    public async Task<T> DoAsync<T>(Func<Task<T>> act)
    {
        Whose.Value = this;
        return await act();
    }

    /// <inheritdoc cref="DoAsync{T}(Func{Task{T}})"/>
    public async Task DoAsync(Func<Task> act)
    {
        Whose.Value = this;
        await act();
    }

    static void Moved(AsyncLocalValueChangedArgs<Pulse?> thread)
    {
        if (thread.PreviousValue is { } left && left != thread.CurrentValue)
            Interlocked.Decrement(ref left.busy);
        if (thread.CurrentValue is { } begun && begun != thread.PreviousValue)
        {
            Interlocked.Increment(ref begun.busy);
            Interlocked.Increment(ref begun.beats);
        }
    }
}
