namespace BotDispatch.Chat;

/// <summary>
/// The moment until which an answer waits for work. Work that is late goes on, and the caller answers something else: a chat that gets no
/// answer in time shows an error.
/// </summary>
/// <param name="limit">How long the answer may wait.</param>
/// <param name="clock">Real time, also while the dispatches run by a faster clock.</param>
/// <param name="since">When the wait began, as a timestamp of that clock.</param>
internal sealed class ResponseDeadline(TimeSpan limit, TimeProvider clock, long since)
{
    /// <summary>No deadline: the work is awaited, however long it takes.</summary>
    public static ResponseDeadline None { get; } = new(Timeout.InfiniteTimeSpan, TimeProvider.System, 0);

    /// <summary>A deadline whose time begins now.</summary>
    public ResponseDeadline(TimeSpan limit, TimeProvider clock) : this(limit, clock, clock.GetTimestamp()) { }

    /// <summary>More time than the limit has passed.</summary>
    public bool HasPassed => limit != Timeout.InfiniteTimeSpan && clock.GetElapsedTime(since) > limit;

    /// <summary>
    /// What the work returns. Where it throws, nothing (null, or false): <paramref name="log"/> gets the type of the exception and its
    /// stack trace, not its message, which may quote what somebody wrote.
    /// Work that ends because the process is <paramref name="stopping"/> has not failed, so its cancellation goes on to the caller.
    /// </summary>
    public static async Task<T?> UnbrokenAsync<T>(Func<Task<T>> work, Action<string, string?> log, CancellationToken stopping = default)
    {
        try
        {
            return await work();
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            log(broken.GetType().Name, broken.StackTrace);
            return default;
        }
    }

    /// <summary>
    /// Waits until the work has ended, the deadline has passed or <paramref name="hurry"/> is cancelled, and says whether the work has
    /// ended, also in failure. Never throws: the caller reads the outcome from the task itself.
    /// </summary>
    public async Task<bool> IsMetByAsync(Task work, CancellationToken hurry = default)
    {
        // Most answers are ready at once, and a timer costs more than they do.
        var isEndless = limit == Timeout.InfiniteTimeSpan;
        var left = isEndless ? limit : limit - clock.GetElapsedTime(since);
        if (!work.IsCompleted && (isEndless || left > TimeSpan.Zero))
            await work.WaitAsync(left, clock, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return work.IsCompleted;
    }

    /// <summary>
    /// What the work returns, or <paramref name="otherwise"/> where it is late or was cancelled. Throws what the work throws, and where
    /// <paramref name="ct"/> is cancelled.
    /// </summary>
    public async Task<T> AnswerAsync<T>(Task<T> work, T otherwise, CancellationToken ct)
    {
        if (await IsMetByAsync(work, ct) && !work.IsCanceled)
            return await work;
        ct.ThrowIfCancellationRequested();
        return otherwise;
    }
}
