namespace BotDispatch.Simulator.Endpoints;

/// <summary>Keeps requests waiting, like a server that hangs, until the hold is released or the client hangs up.</summary>
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
