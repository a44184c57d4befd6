using BotDispatch.Ports;

namespace BotDispatch.Slack.Sockets;

/// <summary>Keeps one socket open: it releases the old socket only after Slack's hello on the next one.</summary>
internal sealed class SocketSlot(
    int number, SocketOpener opener, SocketBackoff backoff, Func<double> jitter, SocketHealth health, TimeProvider clock, ILogger log)
{
    /// <summary>
    /// How long the old socket is read after the next one's hello: longer than the ten seconds after which Slack closes it itself.
    /// </summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(15);

    /// <summary>How long the acknowledgements of a released socket are waited for: a little longer than any of them takes.</summary>
    public static readonly TimeSpan Finish = TimeSpan.FromSeconds(3);

    /// <summary>How long acknowledgements are waited for when the process stops.</summary>
    public static readonly TimeSpan FinishOnStop = TimeSpan.FromSeconds(2);

    readonly List<Task> retiring = [];
    SlackSocket? current;

    /// <summary>Keeps the socket open until <paramref name="stop"/>, then closes every socket before it returns.</summary>
    public async Task KeepAsync(TimeSpan first, CancellationToken stop)
    {
        try
        {
            await Task.Delay(first, clock, stop);
            while (true)
            {
                // Read this before the attempt: another slot that opens its socket meanwhile proves that Slack is reached.
                var reached = health.Reached;
                var (wait, endsWhenReached) = await OnceSafelyAsync(stop);
                if (endsWhenReached)
                    await Waiting.ForAsync(reached, wait, clock, stop);
                else
                    await Task.Delay(wait, clock, stop);
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process stops.
        }
        finally
        {
            Release(TimeSpan.Zero, FinishOnStop, stop);
            await Task.WhenAll(retiring);
        }
    }

    async Task<(TimeSpan Wait, bool EndsWhenReached)> OnceSafelyAsync(CancellationToken stop)
    {
        try
        {
            return await OnceAsync(stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            // A bug here must not end the process, which is phoning people.
            health.Met("unexpected");
            var wait = backoff.After(new ConnectResult.Failed("unexpected"));
            log.NotOpened(number, "unexpected", "", wait, exception);
            return (wait, false);
        }
    }

    /// <summary>Opens one socket and waits until it must be replaced. Returns how long to wait before the next.</summary>
    async Task<(TimeSpan Wait, bool EndsWhenReached)> OnceAsync(CancellationToken stop)
    {
        var opening = await opener.OpenAsync(stop);
        if (opening is not ConnectResult.Ready ready)
            return (NotOpened(opening), opening is ConnectResult.Failed);
        var began = clock.GetTimestamp();
        backoff.Opened();
        health.Holds(ready.Socket, clock.GetUtcNow());
        Release(Linger, Finish, stop);
        current = ready.Socket;
        log.Ready(number, ready.Life);

        var closeReason = await PartingAsync(ready, stop);
        var lived = clock.GetElapsedTime(began);
        var wait = backoff.After(closeReason, lived);
        log.CloseReason(number, lived, closeReason);
        if (closeReason == CloseReason.Disabled)
            log.Disabled(wait);
        if (closeReason is CloseReason.Lost or CloseReason.Disabled)
        {
            health.Met(closeReason == CloseReason.Lost ? "lost" : "link_disabled");
            Release(TimeSpan.Zero, Finish, stop);
        }
        return (wait, false);
    }

    TimeSpan NotOpened(ConnectResult opening)
    {
        var wait = backoff.After(opening);
        var (trouble, because) = opening switch
        {
            ConnectResult.InvalidToken invalid => (invalid.Trouble, invalid.Because),
            ConnectResult.Failed failed => (failed.Trouble, failed.Because),
            ConnectResult.Disabled => ("link_disabled", ""),
            _ => ("ratelimited", ""),
        };
        var isNews = health.Met(trouble, because);
        if (opening is ConnectResult.InvalidToken)
            log.AppTokenRefused(trouble, because, wait);
        else if (opening is ConnectResult.Disabled)
            log.Disabled(wait);
        // The Web API client logs once for all slots that Slack is not reached.
        else if (isNews && trouble != SocketOpener.Unreachable)
            log.NotOpened(number, trouble, because, wait);
        return wait;
    }

    /// <summary>Waits for the end of the socket, or for most of its life, which differs so that not all sockets end together.</summary>
    async Task<CloseReason> PartingAsync(ConnectResult.Ready ready, CancellationToken stop)
    {
        var age = ready.Life * (0.85 + 0.1 * jitter()) ?? Timeout.InfiniteTimeSpan;
        await Waiting.ForAsync(ready.Socket.CloseReason, age, clock, stop);
        stop.ThrowIfCancellationRequested();
        return ready.Socket.CloseReason.IsCompleted ? await ready.Socket.CloseReason : CloseReason.Aged;
    }

    void Release(TimeSpan linger, TimeSpan finish, CancellationToken stop)
    {
        retiring.RemoveAll(each => each.IsCompleted);
        if (current is null)
            return;
        health.LetsGo(current);
        retiring.Add(current.RetireAsync(linger, finish, stop));
        current = null;
    }
}

/// <summary>
/// Decides how long to wait before a socket is opened again: not at all after a long life or when Slack asks for another socket, longer
/// after each failure, and minutes where a retry does not help. A hello resets the count of failed openings, because Slack is reached.
/// </summary>
/// <param name="jitter">Between 0 and 1, so that several processes do not ask all at once.</param>
internal sealed class SocketBackoff(Func<double> jitter)
{
    /// <summary>The wait after a failure that only an administrator can correct.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>How long a socket must live so that its end does not count as a failure.</summary>
    public static readonly TimeSpan GoodLife = TimeSpan.FromMinutes(1);

    static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    // Slack closes a socket about ten seconds after it asked for another one. This limit leaves time to open that one.
    static readonly TimeSpan LongestForRelief = TimeSpan.FromSeconds(2);

    int failures;
    int shortLives;
    int reliefs;

    /// <summary>The wait after a socket could not be opened.</summary>
    public TimeSpan After(ConnectResult opening) => opening switch
    {
        ConnectResult.InvalidToken or ConnectResult.Disabled => Long,
        ConnectResult.Throttled throttled =>
            TimeSpan.FromTicks(Math.Clamp(throttled.After.Ticks, First.Ticks, LongestAsked.Ticks)) + First * jitter(),
        _ => Longer(failures++, Longest),
    };

    /// <summary>Notes that Slack sent its hello.</summary>
    public void Opened() => failures = 0;

    /// <summary>The wait after an open socket ended.</summary>
    public TimeSpan After(CloseReason closeReason, TimeSpan lived)
    {
        if (lived >= GoodLife)
            (shortLives, reliefs) = (0, 0);
        return closeReason switch
        {
            CloseReason.Disabled => Long,
            _ when lived >= GoodLife => TimeSpan.Zero,
            // Open another one at once when Slack asks once; wait a little when it asks again and again.
            CloseReason.Asked or CloseReason.Aged => reliefs++ == 0 ? TimeSpan.Zero : Longer(reliefs - 2, LongestForRelief),
            _ => Longer(shortLives++, Longest),
        };
    }

    TimeSpan Longer(int times, TimeSpan most)
    {
        var whole = Backoff.Doubled(First, times, most);
        return whole / 2 + whole / 2 * jitter();
    }
}
