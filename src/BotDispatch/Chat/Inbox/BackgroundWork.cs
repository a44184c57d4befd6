namespace BotDispatch.Chat;

/// <summary>
/// What goes on after a delivery was answered: chats wait three seconds, and much takes longer. At the end it is given a moment to
/// finish.
/// </summary>
internal sealed class BackgroundWork(TimeProvider clock, ILogger<BackgroundWork> log) : IAsyncDisposable
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    readonly Lock gate = new();
    readonly HashSet<Task> running = [];
    readonly CancellationTokenSource stopping = new();

    /// <summary>The process ends. No request's own token belongs into what outlives the request.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>How much goes on just now.</summary>
    public int Running
    {
        get
        {
            lock (gate)
                return running.Count;
        }
    }

    /// <summary>Goes on with this; what breaks is logged.</summary>
    public void Run(Func<CancellationToken, Task> work)
    {
        var task = GuardedAsync(work);
        lock (gate)
            running.Add(task);
        task.ContinueWith(ended =>
        {
            lock (gate)
                running.Remove(ended);
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Goes on with this after a while; where the process ends before, it is left undone.</summary>
    public void RunAfter(TimeSpan time, Func<CancellationToken, Task> work) => _ = WaitAsync(time, work);

    /// <summary>A deadline that begins now, for an answer to what goes on here.</summary>
    public ResponseDeadline Deadline(TimeSpan limit) => new(limit, clock);

    public async ValueTask DisposeAsync()
    {
        Task[] last;
        lock (gate)
            last = [.. running];
        // A process ends in real time: what waits by a clock that somebody drives must not hold it up for ever.
        await Task.WhenAll(last).WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stopping.CancelAsync();
    }

    async Task WaitAsync(TimeSpan time, Func<CancellationToken, Task> work)
    {
        await Task.Delay(time, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopping.IsCancellationRequested)
            Run(work);
    }

    async Task GuardedAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process ends.
        }
        catch (Exception broken)
        {
            log.BackgroundWorkBroken(broken);
        }
    }
}
