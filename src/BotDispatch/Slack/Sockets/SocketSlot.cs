namespace BotDispatch.Slack.Sockets;

/// <summary>Keeps one place at Slack occupied: the next socket has said hello before the one before it is let go.</summary>
internal sealed class SocketSlot(int number, SocketOpener opener, SocketBackoff patience, Func<double> jitter, SocketHealth health, TimeProvider clock, ILogger log)
{
    /// <summary>
    /// After the next one's hello the old one is still read from: longer than the ten seconds after which Slack closes it by itself.
    /// </summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(15);

    /// <summary>For acknowledgements of a socket that is relieved: a little longer than any of them takes.</summary>
    public static readonly TimeSpan Finish = TimeSpan.FromSeconds(3);

    /// <summary>For acknowledgements when the process stops.</summary>
    public static readonly TimeSpan FinishOnStop = TimeSpan.FromSeconds(2);

    readonly List<Task> retiring = [];
    SlackSocket? current;

    /// <summary>Until <paramref name="stop"/>; then what is open is closed well before it returns.</summary>
    public async Task KeepAsync(TimeSpan first, CancellationToken stop)
    {
        try
        {
            await Task.Delay(first, clock, stop);
            while (true)
            {
                // Noted before it is tried: another place that opens its socket meanwhile shows that Slack is reached.
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
            // Asked to stop.
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
            var wait = patience.After(new ConnectResult.Failed("unexpected"));
            log.NotOpened(number, "unexpected", "", wait, exception);
            return (wait, false);
        }
    }

    /// <summary>Opens one, and waits until it needs relief; answers how long to wait before the next.</summary>
    async Task<(TimeSpan Wait, bool EndsWhenReached)> OnceAsync(CancellationToken stop)
    {
        var opening = await opener.OpenAsync(stop);
        if (opening is not ConnectResult.Ready ready)
            return (NotOpened(opening), opening is ConnectResult.Failed);
        var began = clock.GetTimestamp();
        patience.Opened();
        health.Holds(ready.Socket, clock.GetUtcNow());
        Release(Linger, Finish, stop);
        current = ready.Socket;
        log.Ready(number, ready.Life);

        var closeReason = await PartingAsync(ready, stop);
        var lived = clock.GetElapsedTime(began);
        var wait = patience.After(closeReason, lived);
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
        var wait = patience.After(opening);
        var (trouble, because) = opening switch
        {
            ConnectResult.InvalidToken hopeless => (hopeless.Trouble, hopeless.Because),
            ConnectResult.Failed failed => (failed.Trouble, failed.Because),
            ConnectResult.Disabled => ("link_disabled", ""),
            _ => ("ratelimited", ""),
        };
        var isNews = health.Met(trouble, because);
        if (opening is ConnectResult.InvalidToken)
            log.AppTokenRefused(trouble, because, wait);
        else if (opening is ConnectResult.Disabled)
            log.Disabled(wait);
        // That Slack is not reached is told by whoever calls it, once for all places.
        else if (isNews && trouble != SocketOpener.Unreachable)
            log.NotOpened(number, trouble, because, wait);
        return wait;
    }

    /// <summary>Not all at the same moment, and in good time before Slack would end it.</summary>
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
