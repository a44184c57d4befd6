using BotDispatch.Slack.Api;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Sockets;

/// <summary>Keeps several sockets to Slack open, so that Slack can reach us at every moment without calling us over HTTP.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api/using-socket-mode</remarks>
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
