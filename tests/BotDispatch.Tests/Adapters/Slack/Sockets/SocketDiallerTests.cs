using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Sockets;
using BotDispatch.Tests.Adapters.Slack.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack.Sockets;

/// <summary>Real sockets to a real server on this machine.</summary>
public sealed class SocketDiallerTests
{
    [Fact]
    public async Task A_command_over_a_real_socket_is_answered_and_stopping_says_goodbye()
    {
        var received = Channel.CreateUnbounded<string>();
        await using var server = await ServeAsync(async socket =>
        {
            await SayAsync(socket, """{"type":"hello","debug_info":{"approximate_connection_time":3600}}""");
            await SayAsync(socket, FakeLink.EnvelopeText("e-1"), pieces: 5);
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
                received.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, part.Count));
            received.Writer.TryWrite($"closed {socket.CloseStatus}");
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        var http = new Uri(server.Urls.Single());
        var url = SocketUrl(server);
        var health = new SocketHealth();
        using var mode = new SocketMode(
            Options.Create(new SlackOptions { ApiBaseAddress = http, AppToken = "xapp-1", Sockets = 1 }), new SlackApiOf((_, _) => Task.FromResult(SlackSide.Ok(url))), new SocketDialler(),
            Envelopes(new SlackSide.Journal()), health, TimeProvider.System, new SlackSide.Journal());
        await mode.StartAsync(CancellationToken.None);
        (await ReceivedAsync()).ShouldBe("""{"envelope_id":"e-1","payload":{"text":"e-1"}}""");
        // What is answered over a socket does not wait for its being counted.
        await InboundBench.UntilAsync(() => health.Ready == 1);
        await mode.StopAsync(CancellationToken.None);
        (await ReceivedAsync()).ShouldBe("closed NormalClosure");

        Task<string> ReceivedAsync() => received.Reader.ReadAsync().AsTask().WaitAsync(SlackSide.TestTimeout);
    }

    // Answers each with its name.
    static EnvelopeHandler Envelopes(SlackSide.Journal log) => new(
        (type, payload) => Sent.Unknown(payload.GetProperty("text").GetString()!, new(null, null, "", ""), type), FakeSurfaces<SlackDelivery, SlackReply>.Inbox(TimeProvider.System),
        new FakeSurfaces<SlackDelivery, SlackReply>(delivery => Task.FromResult<SlackReply>(new SlackReply.Message(Nodes.Drawing(new System.Text.Json.Nodes.JsonObject { ["text"] = delivery.Id })))), TimeProvider.System, log);

    [Fact]
    public async Task A_server_that_answers_no_ping_is_noticed()
    {
        var end = new TaskCompletionSource();
        // The reader answers pings.
        await using var server = await ServeAsync(_ => end.Task);
        var log = new SlackSide.Journal();
        var link = await new SocketDialler(quiet: TimeSpan.FromMilliseconds(20), pongTimeout: TimeSpan.FromMilliseconds(100)).OpenAsync(new Uri(SocketUrl(server)), CancellationToken.None);
        using var socket = new SlackSocket(link, Envelopes(log), TimeProvider.System, log, CancellationToken.None);
        (await socket.CloseReason.WaitAsync(SlackSide.TestTimeout)).ShouldBe(CloseReason.Lost);
        end.SetResult();
    }

    [Fact]
    public async Task As_it_is_shipped_a_dead_server_is_noticed_within_fifteen_seconds_and_a_slow_one_has_ten()
    {
        var end = new TaskCompletionSource();
        await using var server = await ServeAsync(_ => end.Task);
        using var link = (ClientWebSocket)await new SocketDialler().OpenAsync(new Uri(SocketUrl(server)), CancellationToken.None);
        (link.Options.KeepAliveInterval + link.Options.KeepAliveTimeout).ShouldBe(TimeSpan.FromSeconds(15));
        link.Options.KeepAliveTimeout.ShouldBe(TimeSpan.FromSeconds(10));
        link.Abort();
        end.SetResult();
    }

    [Fact]
    public async Task Nobody_is_followed_to_another_address()
    {
        await using var other = await ServeAsync(_ => Task.CompletedTask);
        await using var server = await StartAsync(app => app.Run(context =>
        {
            context.Response.Redirect(SocketUrl(other));
            return Task.CompletedTask;
        }));
        await Should.ThrowAsync<WebSocketException>(() => new SocketDialler().OpenAsync(new Uri(SocketUrl(server)), CancellationToken.None));
    }

    static string SocketUrl(WebApplication server) => server.Urls.Single().Replace("http://", "ws://", StringComparison.Ordinal) + "/link/?ticket=1";

    static Task<WebApplication> ServeAsync(Func<WebSocket, Task> serve) => StartAsync(app =>
    {
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await serve(socket);
        });
    });

    static async Task<WebApplication> StartAsync(Action<WebApplication> shape)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        shape(app);
        await app.StartAsync();
        return app;
    }

    static async Task SayAsync(WebSocket socket, string text, int pieces = 1)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var parts = bytes.Chunk((bytes.Length + pieces - 1) / pieces).ToList();
        foreach (var (at, part) in parts.Index())
            await socket.SendAsync(part, WebSocketMessageType.Text, at == parts.Count - 1, CancellationToken.None);
    }
}
