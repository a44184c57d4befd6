using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using BotDispatch.Slack;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack.Sockets;

/// <summary>Slack as the sockets see it, with our side started against it, and every moment in the test's hand.</summary>
internal sealed class SlackSide : ISocketDialler, IAsyncDisposable
{
    /// <summary>A test that waits so long has failed; no test waits for it to pass.</summary>
    public static readonly TimeSpan TestTimeout = TimeSpan.FromSeconds(60);

    readonly Channel<FakeLink> opened = Channel.CreateUnbounded<FakeLink>();
    int tickets;

    SlackSide(int sockets)
    {
        var surfaces = new FakeSurfaces<SlackDelivery, SlackReply>(delivery => Take(delivery));
        var envelopes = new EnvelopeHandler((type, payload) => Read(type, payload), FakeSurfaces<SlackDelivery, SlackReply>.Inbox(Clock), surfaces, Clock, Log);
        Mode = new SocketMode(
            Options.Create(new SlackOptions { Sockets = sockets, AppToken = "xapp-1" }), new SlackApiOf(CallAsync), this, envelopes, Health, Clock, Log, jitter: () => 1);
    }

    public WatchedClock Clock { get; } = new();

    public SocketHealth Health { get; } = new();

    public Journal Log { get; } = new();

    public SocketMode Mode { get; }

    /// <summary>What <c>apps.connections.open</c> says next; when there is nothing, it gives an address.</summary>
    public ConcurrentQueue<SlackAnswer> Answers { get; } = [];

    /// <summary>Connecting does this first.</summary>
    public Func<CancellationToken, Task> Connecting { get; set; } = _ => Task.CompletedTask;

    public Func<string, JsonElement, SlackDelivery?> Read { get; set; } = (type, payload) =>
        type is "slash_commands" or "events_api" or "interactive" ? Sent.Unknown(payload.GetProperty("text").GetString()!, new("T0ACME", null, "U0DANA", "dana"), type) : null;

    public Func<SlackDelivery, Task<SlackReply>> Take { get; set; } = _ => Task.FromResult<SlackReply>(new SlackReply.Nothing());

    public static async Task<SlackSide> StartAsync(int sockets = 1, Action<SlackSide>? before = null)
    {
        var slack = new SlackSide(sockets);
        before?.Invoke(slack);
        await slack.Mode.StartAsync(CancellationToken.None);
        return slack;
    }

    /// <summary>The next socket that we open.</summary>
    public async Task<FakeLink> OpenedAsync() => await opened.Reader.ReadAsync().AsTask().WaitAsync(TestTimeout);

    public bool OpenedNothing => opened.Reader.Count == 0;

    /// <summary>The next socket that we open. It says hello, and we have read it.</summary>
    public async Task<FakeLink> ReadyAsync(int seconds = 3600)
    {
        var link = await OpenedAsync();
        link.Hello(seconds);
        await Log.SaysAsync(530);
        return link;
    }

    public async ValueTask DisposeAsync()
    {
        var stopping = Mode.StopAsync(CancellationToken.None);
        while (!stopping.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
        await stopping;
        Mode.Dispose();
    }

    Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct)
    {
        (call.Installation, call.Method, call.Arguments.Count()).ShouldBe(("", "apps.connections.open", 0));
        return Task.FromResult(Answers.TryDequeue(out var answer)
            ? answer
            : Ok($"wss://wss-primary.slack.com/link/?ticket={Interlocked.Increment(ref tickets)}&app_id=abc"));
    }

    public static SlackAnswer Ok(string url) => new SlackAnswer.Ok(JsonSerializer.SerializeToElement(new { ok = true, url }));

    public async Task<WebSocket> OpenAsync(Uri address, CancellationToken ct)
    {
        await Connecting(ct);
        var link = new FakeLink { Address = address };
        opened.Writer.TryWrite(link);
        return link;
    }

    /// <summary>What was logged, to be waited for.</summary>
    public sealed class Journal : ILogger<SocketMode>
    {
        readonly Channel<(int Id, LogLevel Level, string Text)> lines = Channel.CreateUnbounded<(int, LogLevel, string)>();

        /// <summary>The next line of that kind; what stands before it has been read then.</summary>
        public async Task<(LogLevel Level, string Text)> SaysAsync(int id)
        {
            while (true)
            {
                var line = await lines.Reader.ReadAsync().AsTask().WaitAsync(TestTimeout);
                line.Text.ShouldNotContain("ticket=");
                if (line.Id == id)
                    return (line.Level, line.Text);
            }
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Writer.TryWrite((eventId.Id, logLevel, $"{formatter(state, exception)} {exception?.Message}"));
    }
}
