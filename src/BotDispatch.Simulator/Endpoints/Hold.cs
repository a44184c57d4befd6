namespace BotDispatch.Simulator.Endpoints;

/// <summary>Keeps requests waiting, as a server that hangs does, until it is let go or whoever asks hangs up.</summary>
internal sealed class Hold
{
    readonly Lock gate = new();
    TaskCompletionSource? held;

    public bool IsOn
    {
        get
        {
            lock (gate) return held is not null;
        }
        set
        {
            TaskCompletionSource? released = null;
            lock (gate)
            {
                if (value) held ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                else (released, held) = (held, null);
            }
            released?.SetResult();
        }
    }

    public Task WaitAsync(CancellationToken ct)
    {
        lock (gate) return held?.Task.WaitAsync(ct) ?? Task.CompletedTask;
    }
}
