using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.PretendSlack;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

public sealed class SocketTests : IAsyncLifetime
{
    readonly ManualClock clock = new();
    StandInServer server = null!;
    Channel ops = null!;
    SlackUser dana = null!;

    public async Task InitializeAsync()
    {
        server = await StandInServer.StartAsync(clock, new() { SocketMode = true, AppHandler = () => throw new InvalidOperationException("nothing comes over HTTP") });
        var team = server.Slack.AddWorkspace("T0ACME", "Acme", Scene.Token);
        team.AddPerson("U0DANA", "dana", "Dana Dispatcher");
        ops = team.AddChannel("C0OPS", "ops").With("U0DANA");
        dana = server.Slack.User("U0DANA");
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_command_comes_in_an_envelope_of_the_captured_shape_and_its_acknowledgement_may_answer_it()
    {
        await using var app = await ConnectAsync();
        var typing = dana.TypeAsync("/dispatch plain", ops);
        var envelope = await app.ReadAsync();
        await app.AcknowledgeAsync(envelope, new() { ["text"] = "hello" });
        await typing;

        var timeline = Scene.Fixture("socket-mode/bolt.acks.json")["timeline"]!.AsArray();
        var captured = timeline.Select(each => each!["data"]).First(each => each?["type"]?.ToString() == "slash_commands")!.AsObject();
        captured.Select(each => each.Key).ShouldBeSubsetOf(envelope.Select(each => each.Key));
        captured["payload"]!.AsObject().Select(each => each.Key).ShouldBeSubsetOf(envelope["payload"]!.AsObject().Select(each => each.Key));
        timeline.Select(each => each!["data"]).First(each => each?["type"]?.ToString() == "hello")!.AsObject().Select(each => each.Key).ShouldBe(app.Hello.Select(each => each.Key), ignoreOrder: true);
        dana.Ephemerals.Single().Words.ShouldBe("hello");
        dana.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Envelopes_go_over_the_sockets_in_turn_and_without_one_the_person_sees_an_error()
    {
        var nobody = await dana.TypeAsync("/dispatch", ops);
        await using var one = await ConnectAsync();
        await using var two = await ConnectAsync();
        two.Hello["num_connections"]!.GetValue<int>().ShouldBe(2);

        var sockets = new Dictionary<Task<JsonObject>, SocketClient> { [one.ReadAsync()] = one, [two.ReadAsync()] = two };
        for (var i = 0; i < 2; i++)
        {
            var shortcut = dana.GlobalShortcutAsync("dispatch");
            var arrived = await Task.WhenAny(sockets.Keys);
            sockets.Remove(arrived, out var socket);
            await socket!.AcknowledgeAsync(await arrived);
            (await shortcut).WasAccepted.ShouldBeTrue();
        }

        nobody.Trouble.ShouldBe("dispatch_failed");
        server.Slack.Sockets.All.Select(each => each.Envelopes).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_refresh_warns_and_ends_the_socket_ten_seconds_later()
    {
        await using var app = await ConnectAsync();

        await server.Slack.Sockets.RefreshAsync();
        ((string)(await app.ReadAsync())["reason"]!).ShouldBe("warning");
        server.Slack.Sockets.Ready.Count.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(10));

        ((string)(await app.ReadAsync())["reason"]!).ShouldBe("refresh_requested");
        await app.EndAsync();
        server.Slack.Sockets.Ready.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_acknowledged_in_three_seconds_times_out_and_may_be_sent_again_on_another_socket()
    {
        server.Slack.Disorder.ResendUnacknowledged = true;
        await using var one = await ConnectAsync();
        await using var two = await ConnectAsync();

        var typing = dana.TypeAsync("/dispatch", ops);
        var (first, second) = (one.ReadAsync(), two.ReadAsync());
        var lost = await await Task.WhenAny(first, second);
        clock.Advance(TimeSpan.FromSeconds(3));
        var again = await (first.IsCompleted && ReferenceEquals(await first, lost) ? second : first);
        await (first.IsCompleted && ReferenceEquals(await first, again) ? one : two).AcknowledgeAsync(again);

        (await typing).WasAccepted.ShouldBeTrue();
        JsonNode.DeepEquals(lost, again).ShouldBeTrue();
    }

    [Fact]
    public async Task A_dropped_socket_ends_without_a_word_and_fails_what_was_under_way()
    {
        await using var app = await ConnectAsync();
        var typing = dana.TypeAsync("/dispatch", ops);
        await app.ReadAsync();

        server.Slack.Sockets.Open.Single().Drop();

        (await typing).Trouble.ShouldBe("dispatch_failed");
        await Should.ThrowAsync<Exception>(app.ReadAsync);
        dana.Complaints.Single().What.ShouldBe("dispatch_failed");
    }

    [Fact]
    public async Task A_dead_socket_answers_no_ping()
    {
        using var app = new ClientWebSocket();
        app.Options.KeepAliveInterval = TimeSpan.FromMilliseconds(100);
        app.Options.KeepAliveTimeout = TimeSpan.FromMilliseconds(400);
        await app.ConnectAsync(await AddressAsync(), default);
        var client = new SocketClient(app);
        while (server.Slack.Sockets.Open.Count == 0)
            await Task.Yield();

        server.Slack.Sockets.Open.Single().GoDead();

        // Its hello may have come through before.
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            while (true)
                await client.ReadAsync();
        });
    }

    [Fact]
    public async Task A_ticket_is_good_once_an_eleventh_socket_is_too_many_and_a_disabled_link_gives_none()
    {
        var address = await AddressAsync();
        await using var first = await ConnectAsync(address);
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(address));
        var others = new List<SocketClient>();
        for (var i = 0; i < 9; i++) others.Add(await ConnectAsync());

        await using var eleventh = await ConnectAsync();
        ((string)eleventh.Hello["reason"]!).ShouldBe("too_many_websockets");
        await server.Slack.Sockets.DisableLinkAsync();

        ((string)(await first.ReadAsync())["reason"]!).ShouldBe("link_disabled");
        ((bool)(await OpenAsync(server.Slack.Options.AppToken))["ok"]!).ShouldBeFalse();
        foreach (var each in others) await each.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_apps_own_token_opens_sockets_and_a_silent_one_is_never_ready()
    {
        ((string)(await OpenAsync(Scene.Token))["error"]!).ShouldBe("not_allowed_token_type");
        ((string)(await OpenAsync("xapp-wrong"))["error"]!).ShouldBe("invalid_auth");
        server.Slack.Disorder.WithoutHello = true;

        using var app = new ClientWebSocket();
        await app.ConnectAsync(await AddressAsync(), default);

        (await dana.TypeAsync("/dispatch", ops)).Trouble.ShouldBe("dispatch_failed");
        server.Slack.Sockets.Ready.ShouldBeEmpty();
    }

    async Task<JsonObject> OpenAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = server.Api };
        using var request = new HttpRequestMessage(HttpMethod.Post, "apps.connections.open");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    async Task<Uri> AddressAsync() => new((string)(await OpenAsync(server.Slack.Options.AppToken))["url"]!);

    async Task<SocketClient> ConnectAsync(Uri? address = null)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(address ?? await AddressAsync(), default);
        var client = new SocketClient(socket);
        await client.HelloAsync();
        return client;
    }

    sealed class SocketClient(ClientWebSocket socket) : IAsyncDisposable
    {
        public JsonObject Hello { get; private set; } = [];

        public async Task HelloAsync() => Hello = await ReadAsync();

        public async Task<JsonObject> ReadAsync()
        {
            var buffer = new byte[64 * 1024];
            // Not by a token: that would look like the end of the connection.
            var part = await socket.ReceiveAsync(buffer, default).WaitAsync(TimeSpan.FromSeconds(20));
            return JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, part.Count))!.AsObject();
        }

        public async Task EndAsync() => (await socket.ReceiveAsync(new byte[1], default)).MessageType.ShouldBe(WebSocketMessageType.Close);

        public Task AcknowledgeAsync(JsonObject envelope, JsonObject? payload = null)
        {
            var frame = new JsonObject { ["envelope_id"] = (string)envelope["envelope_id"]!, ["payload"] = payload ?? [] };
            return socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, true, default);
        }

        public ValueTask DisposeAsync()
        {
            socket.Abort();
            socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
