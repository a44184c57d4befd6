using BotDispatch.Slack.Api;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Sockets;

/// <summary>Keeps several sockets to Slack open, so that Slack can reach us at every moment without calling us over HTTP.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api/using-socket-mode</remarks>
// Eight, because a test brings its own delay beside the clock, so that reopening is not random.
internal sealed class SocketMode(
    IOptions<SlackOptions> options, ISlackApi slack, ISocketDialler dialler, EnvelopeHandler envelopes, SocketHealth health,
    TimeProvider clock, ILogger<SocketMode> log, Func<double>? jitter = null) : BackgroundService
{
    /// <summary>The time between the first openings, so that the sockets do not all expire together.</summary>
    public static readonly TimeSpan Stagger = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.UsesSockets)
            return;
        using var end = new CancellationTokenSource();
        var opener = new SocketOpener(
            slack, dialler, options.Value.ApiBaseAddress, link => new SlackSocket(link, envelopes, clock, log, end.Token), clock);
        var random = jitter ?? Random.Shared.NextDouble;
        await Task.WhenAll(Enumerable.Range(0, options.Value.Sockets).Select(number =>
            new SocketSlot(number + 1, opener, new SocketBackoff(random), random, health, clock, log)
                .KeepAsync(Stagger * number, stoppingToken)));
        await end.CancelAsync();
    }
}

/// <summary>Records the state of the sockets, for the health report and the log.</summary>
internal sealed class SocketHealth
{
    readonly Lock gate = new();
    readonly HashSet<SlackSocket> held = [];
    TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    (string Trouble, string Because)? lastReported;

    /// <summary>Completes when Slack says hello on a socket the next time.</summary>
    public Task Reached
    {
        get
        {
            lock (gate) return reached.Task;
        }
    }

    /// <summary>The number of sockets through which Slack can reach us. While one replaces another, both count.</summary>
    public int Ready
    {
        get
        {
            lock (gate) return held.Count(each => each.IsOpen);
        }
    }

    /// <summary>When a socket was last ready.</summary>
    public DateTimeOffset? LastHello
    {
        get
        {
            lock (gate) return field;
        }
        private set;
    }

    /// <summary>The last failure in one word, as <c>invalid_auth</c>; null if there was none.</summary>
    public string? LastTrouble
    {
        get
        {
            lock (gate) return field;
        }
        private set;
    }

    public void Holds(SlackSocket socket, DateTimeOffset now)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            held.Add(socket);
            LastHello = now;
            (before, reached) = (reached, new(TaskCreationOptions.RunContinuationsAsynchronously));
            lastReported = null;
        }
        before.SetResult();
    }

    public void LetsGo(SlackSocket socket)
    {
        lock (gate) held.Remove(socket);
    }

    /// <summary>Records a failure. True if no slot has met the same failure since Slack's last hello, so that it is logged once.</summary>
    public bool Met(string trouble, string because = "")
    {
        lock (gate)
        {
            LastTrouble = trouble;
            (var before, lastReported) = (lastReported, (trouble, because));
            return before != lastReported;
        }
    }
}
