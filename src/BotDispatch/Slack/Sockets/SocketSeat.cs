namespace BotDispatch.Slack.Sockets;

/// <summary>Keeps one place at Slack occupied: the next socket has said hello before the one before it is let go.</summary>
internal sealed class SocketSeat(int number, SocketOpener opener, SocketPatience patience, Func<double> jitter, SocketHealth health, TimeProvider clock, ILogger log)
{
    /// <summary>After the next one's hello the old one is still read from: longer than the ten seconds after which Slack closes it by itself.</summary>
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
            var wait = patience.After(new Opening.Failed("unexpected"));
            log.NotOpened(number, "unexpected", "", wait, exception);
            return (wait, false);
        }
    }

    /// <summary>Opens one, and waits until it needs relief; answers how long to wait before the next.</summary>
    async Task<(TimeSpan Wait, bool EndsWhenReached)> OnceAsync(CancellationToken stop)
    {
        var opening = await opener.OpenAsync(stop);
        if (opening is not Opening.Ready ready)
            return (NotOpened(opening), opening is Opening.Failed);
        var began = clock.GetTimestamp();
        patience.Opened();
        health.Holds(ready.Socket, clock.GetUtcNow());
        Release(Linger, Finish, stop);
        current = ready.Socket;
        log.Ready(number, ready.Life);

        var parting = await PartingAsync(ready, stop);
        var lived = clock.GetElapsedTime(began);
        var wait = patience.After(parting, lived);
        log.Parting(number, lived, parting);
        if (parting == Parting.Disabled)
            log.Disabled(wait);
        if (parting is Parting.Lost or Parting.Disabled)
        {
            health.Met(parting == Parting.Lost ? "lost" : "link_disabled");
            Release(TimeSpan.Zero, Finish, stop);
        }
        return (wait, false);
    }

    TimeSpan NotOpened(Opening opening)
    {
        var wait = patience.After(opening);
        var (trouble, because) = opening switch
        {
            Opening.Hopeless hopeless => (hopeless.Trouble, hopeless.Because),
            Opening.Failed failed => (failed.Trouble, failed.Because),
            Opening.Disabled => ("link_disabled", ""),
            _ => ("ratelimited", ""),
        };
        var isNews = health.Met(trouble, because);
        if (opening is Opening.Hopeless)
            log.AppTokenRefused(trouble, because, wait);
        else if (opening is Opening.Disabled)
            log.Disabled(wait);
        // That Slack is not reached is told by whoever calls it, once for all places.
        else if (isNews && trouble != SocketOpener.Unreachable)
            log.NotOpened(number, trouble, because, wait);
        return wait;
    }

    /// <summary>Not all at the same moment, and in good time before Slack would end it.</summary>
    async Task<Parting> PartingAsync(Opening.Ready ready, CancellationToken stop)
    {
        var age = ready.Life * (0.85 + 0.1 * jitter()) ?? Timeout.InfiniteTimeSpan;
        await Waiting.ForAsync(ready.Socket.Parting, age, clock, stop);
        stop.ThrowIfCancellationRequested();
        return ready.Socket.Parting.IsCompleted ? await ready.Socket.Parting : Parting.Aged;
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
