using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BotDispatch.Api;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using BotDispatch.Tests.Flows;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Api;

public sealed class WebhookTests
{
    static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];

    static Dictionary<string, string> Settings => new(RemoteProgram.Settings)
    {
        ["Webhooks:Address:ops"] = "https://ops.example.com/dispatches",
        ["Webhooks:Secret:ops"] = "whsec_" + Convert.ToBase64String(Secret),
        ["Webhooks:Address:pager"] = "https://pager.example.com/",
        ["Webhooks:Secret:pager"] = "whsec_" + Convert.ToBase64String(Secret),
        ["Webhooks:Events:pager"] = "dispatch.accepted, dispatch.cancelled",
    };

    /// <summary>What stands in for the programs at these addresses.</summary>
    sealed class Receiver : HttpMessageHandler
    {
        public List<(string Host, string Id, string Type, JsonElement Body)> Received { get; } = [];

        public Dictionary<string, HttpStatusCode> Answers { get; } = [];

        public int Attempts { get; private set; }

        /// <summary>What an answer that takes nothing asks for.</summary>
        public string? RetryAfter { get; set; }

        /// <summary>What a host waits for before it answers.</summary>
        public Dictionary<string, Task> Waits { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            var (id, timestamp) = (request.Headers.GetValues("webhook-id").Single(), request.Headers.GetValues("webhook-timestamp").Single());
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
            request.Headers.GetValues("webhook-signature").Single().ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(Secret, signed)));
            Attempts++;
            if (Waits.TryGetValue(request.RequestUri!.Host, out var wait))
                await wait.WaitAsync(cancellationToken);
            var answer = Answers.GetValueOrDefault(request.RequestUri.Host, HttpStatusCode.NoContent);
            var json = JsonElement.Parse(body);
            if (answer is HttpStatusCode.NoContent)
                lock (Received)
                    Received.Add((request.RequestUri.Host, id, json.GetProperty("type").GetString()!, json));
            var response = new HttpResponseMessage(answer) { Headers = { Location = new("https://elsewhere.example.com/") } };
            if (RetryAfter is { } after && answer is not HttpStatusCode.NoContent)
                response.Headers.TryAddWithoutValidation("Retry-After", after);
            return response;
        }
    }

    static async Task<(World World, Receiver Receiver)> BeginAsync(Dictionary<string, string>? settings = null)
    {
        var (world, receiver) = (await World.BeginAsync(settings ?? Settings), new Receiver());
        world.Elsewhere = address => address.Host.EndsWith(".example.com", StringComparison.Ordinal) ? receiver : null;
        return (world, receiver);
    }

    [Fact]
    public async Task Every_event_is_sent_once_signed_and_in_order_and_each_webhook_gets_its_types()
    {
        var (world, receiver) = await BeginAsync();
        await using var _ = world;
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.ToTheEndAsync(id);
        await world.PassAsync(60);
        var ops = receiver.Received.Where(each => each.Host == "ops.example.com").ToList();
        ops.Select(each => each.Type).ShouldBe(["dispatch.started", "call.started", "call.ringing", "call.answered", "dispatch.accepted"]);
        ops.Select(each => each.Id).ShouldBe(ops.Select(each => $"{id}-{each.Body.GetProperty("data").GetProperty("event").GetProperty("seq").GetInt64()}"));
        ops[^1].Body.GetProperty("data").GetProperty("dispatch").GetProperty("status").GetString().ShouldBe("Accepted");
        ops.Select(each => each.Body.GetRawText()).ShouldAllBe(text => !text.Contains("+44", StringComparison.Ordinal));
        receiver.Received.Where(each => each.Host == "pager.example.com").Select(each => each.Type).ShouldBe(["dispatch.accepted"]);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task A_webhook_that_is_down_delays_no_other_is_named_and_gets_everything_later_in_order(HttpStatusCode answer)
    {
        var (world, receiver) = await BeginAsync();
        await using var _ = world;
        receiver.Answers["ops.example.com"] = answer;
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.ToTheEndAsync(id);
        receiver.Received.ShouldHaveSingleItem().Host.ShouldBe("pager.example.com");
        receiver.Attempts.ShouldBeLessThan(8);
        world.App.Services.GetServices<ISystemStatus>().SelectMany(each => each.Lines()).ShouldContain($"Webhook ops: it answered {(int)answer}");

        await world.RestartAsync();
        receiver.Answers.Clear();
        await world.PassAsync(TimeSpan.FromMinutes(20));
        receiver.Received.Where(each => each.Host == "ops.example.com").Select(each => each.Type)
            .ShouldBe(["dispatch.started", "call.started", "call.ringing", "call.answered", "dispatch.accepted"]);
        world.App.Services.GetServices<ISystemStatus>().SelectMany(each => each.Lines()).ShouldNotContain(line => line.StartsWith("Webhook", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("120", 60, 200)]
    [InlineData("Mon, 05 Jan 2026 09:02:00 GMT", 60, 200)]
    // No longer than an hour, and never sooner than by itself.
    [InlineData("86400", 3590, 3800)]
    [InlineData("0", 3, 60)]
    [InlineData("soon", 3, 60)]
    public async Task A_webhook_that_asks_to_be_left_alone_is_left_alone_for_so_long(string retryAfter, int notBefore, int atLatest)
    {
        var (world, receiver) = await BeginAsync();
        await using var _ = world;
        (receiver.Answers["ops.example.com"], receiver.RetryAfter) = (HttpStatusCode.TooManyRequests, retryAfter);
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.SettleAsync();
        var asked = receiver.Attempts;
        await world.PassAsync(notBefore);
        receiver.Attempts.ShouldBe(asked);
        receiver.Answers.Clear();
        await world.PassAsync(atLatest - notBefore);
        receiver.Received.ShouldContain(each => each.Host == "ops.example.com" && each.Type == "dispatch.cancelled");
    }

    // Real connections: a status is enough, and a body that never ends or is huge must not make an event come again for a day.
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\nx", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", true)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx", true)]
    [InlineData("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("", false)]
    [InlineData("HTTP/1.1 200", false)]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n", false)]
    public async Task An_event_is_taken_if_the_status_says_so_whatever_the_body_does(string answer, bool isTaken)
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var services = new ServiceCollection().AddSingleton(TimeProvider.System);
        services.AddOutgoingClient(WebhookClient.Client, RetryPolicy.Never, OutgoingClients.NoBody, guard: _ => AddressGuard.Open);
        await using var provider = services.BuildServiceProvider();
        var client = new WebhookClient(provider.GetRequiredService<IHttpClientFactory>(), TimeProvider.System);
        var sending = client.SendAsync(new("ops", new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), Secret, null), "id-1", [1, 2], default);
        using (var connection = await listener.AcceptTcpClientAsync())
        {
            await connection.GetStream().ReadExactlyAsync(new byte[64]);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
            // Where the answer is whole, the connection stays open, as of a server that goes on slowly.
            if (!answer.Contains("\r\n\r\n", StringComparison.Ordinal))
                connection.Close();
            (await sending is null).ShouldBe(isTaken);
        }
    }

    [Fact]
    public async Task A_webhook_that_hangs_holds_no_turn_of_another()
    {
        var (world, receiver) = await BeginAsync();
        await using var _ = world;
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        var (lane, stored) = (world.App.Get<WebhookLane>(), (await world.App.Engine.FindAsync(id, long.MaxValue, default))!);
        await world.App.Get<Database>().WriteAsync([new("DELETE FROM webhook_progress")], default);
        receiver.Received.Clear();
        var answer = new TaskCompletionSource();
        receiver.Waits["ops.example.com"] = answer.Task;
        var hanging = lane.LookAsync(0, stored, default);
        (await lane.LookAsync(1, stored, default)).ShouldBeOfType<LaneResult.Done>();
        receiver.Received.Select(each => (each.Host, each.Type)).ShouldBe([("pager.example.com", "dispatch.cancelled")]);
        hanging.IsCompleted.ShouldBeFalse();
        lane.LaneNames[0].ShouldNotBe(lane.LaneNames[1], "each has a lane, which is claimed and let go by itself");
        answer.SetResult();
        (await hanging).ShouldBeOfType<LaneResult.Done>().Along.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_webhook_that_got_another_number_with_the_settings_misses_nothing()
    {
        var settings = Settings;
        var (world, receiver) = await BeginAsync(settings);
        await using var _ = world;
        receiver.Answers["pager.example.com"] = HttpStatusCode.BadGateway;
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.SettleAsync();
        settings.Remove("Webhooks:Address:ops").ShouldBeTrue();
        settings.Remove("Webhooks:Secret:ops").ShouldBeTrue();
        await world.RestartAsync();
        world.App.Get<WebhookLane>().Count.ShouldBe(1, "what was number 1 is number 0");
        receiver.Answers.Clear();
        await world.PassAsync(TimeSpan.FromMinutes(20));
        receiver.Received.ShouldContain(each => each.Host == "pager.example.com" && each.Type == "dispatch.cancelled");
        (await world.App.Get<Database>().ReadAsync(new("SELECT lane FROM lanes"), row => row.GetString(0), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_that_does_not_know_a_webhook_leaves_its_events_to_nodes_that_do_and_sends_them_nowhere_else()
    {
        var settings = Settings;
        var (world, receiver) = await BeginAsync(settings);
        await using var _ = world;
        receiver.Answers["ops.example.com"] = HttpStatusCode.BadGateway;
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.SettleAsync();
        // Another node with newer settings: other webhooks, in another order.
        foreach (var part in (string[])["Address", "Secret"])
        {
            var ops = settings[$"Webhooks:{part}:ops"];
            settings.Remove($"Webhooks:{part}:ops");
            settings[$"Webhooks:{part}:a-first-one"] = part is "Address" ? "https://first.example.com/" : ops;
        }
        await world.RestartAsync();
        receiver.Answers.Clear();
        receiver.Received.Clear();
        await world.PassAsync(TimeSpan.FromHours(1));
        receiver.Received.ShouldBeEmpty("the lane is that of ops");
        // And a node that knows it again.
        settings["Webhooks:Address:ops"] = "https://ops.example.com/dispatches";
        settings["Webhooks:Secret:ops"] = settings["Webhooks:Secret:pager"];
        await world.RestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(20));
        receiver.Received.Select(each => each.Host).Distinct().ShouldBe(["ops.example.com"]);
        receiver.Received[^1].Type.ShouldBe("dispatch.cancelled");
        (await LanesAsync(world)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("webhooks")]
    [InlineData("webhooks:1")]
    [InlineData("webhooks:9")]
    public async Task What_an_earlier_version_left_to_be_sent_is_sent_to_every_webhook_that_has_not_got_it(string lane)
    {
        var (world, receiver) = await BeginAsync();
        await using var _ = world;
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.SettleAsync();
        await WriteAsync(world, "DELETE FROM webhook_progress WHERE webhook = 'pager'");
        await WriteAsync(world, $"""
            INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
            VALUES ('{id}', '{lane}', 0, 0, 1, 0, 0, 0)
            """);
        receiver.Received.Clear();
        await world.RestartAsync();
        receiver.Received.Select(each => (each.Host, each.Type)).ShouldBe([("pager.example.com", "dispatch.cancelled")]);
        (await LanesAsync(world)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_lanes_of_a_webhook_that_was_removed_are_deleted_two_days_later()
    {
        var (world, _) = await BeginAsync();
        await using var _1 = world;
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.SettleAsync();
        await WriteAsync(world, $"""
            INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
            VALUES ('{id}', 'webhook:removed', {world.Clock.GetUtcNow().ToUnixTimeMilliseconds()}, 0, 1, 0, 0, 0)
            """);
        await world.PassAsync(TimeSpan.FromHours(47));
        await world.RestartAsync();
        (await LanesAsync(world)).ShouldBe(["webhook:removed"], "another node may know it");
        await world.PassAsync(TimeSpan.FromHours(2));
        await world.RestartAsync();
        (await LanesAsync(world)).ShouldBeEmpty();
    }

    /// <summary>Where one process claims lanes in memory, the row of a lane may say a moment long past.</summary>
    [Fact]
    public async Task The_lane_of_a_webhook_that_was_removed_stays_while_its_dispatch_has_a_younger_event()
    {
        var (world, _) = await BeginAsync();
        await using var _1 = world;
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await WriteAsync(world, $"""
            INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, wake_count, claimed_until, tries)
            VALUES ('{id}', 'webhook:removed', 0, 0, 1, 0, 0, 0)
            """);
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.SettleAsync();
        await world.PassAsync(TimeSpan.FromHours(47));
        await world.RestartAsync();
        (await LanesAsync(world)).ShouldBe(["webhook:removed"]);
        await world.PassAsync(TimeSpan.FromHours(2));
        await world.RestartAsync();
        (await LanesAsync(world)).ShouldBeEmpty();
    }

    static Task<int[]> WriteAsync(World world, string sql) => world.App.Get<Database>().WriteAsync([new(sql)], default);

    static Task<List<string>> LanesAsync(World world) =>
        world.App.Get<Database>().ReadAsync(new("SELECT lane FROM lanes WHERE lane LIKE 'webhook%' ORDER BY lane"), row => row.GetString(0), default);

    [Fact]
    public async Task After_a_day_an_event_is_given_up()
    {
        var (world, receiver) = await BeginAsync();
        await using var _ = world;
        receiver.Answers["ops.example.com"] = HttpStatusCode.BadGateway;
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.PassAsync(TimeSpan.FromHours(25));
        receiver.Attempts.ShouldBeInRange(80, 140);
        receiver.Answers.Clear();
        await world.PassAsync(TimeSpan.FromHours(1));
        receiver.Received.ShouldAllBe(each => each.Host == "pager.example.com");
    }

    [Theory]
    [InlineData("Address", "ftp://example.com", "Webhooks:Address:ops must be an address")]
    [InlineData("Address", "https://user:password@example.com", "Webhooks:Address:ops must be an address without a password")]
    [InlineData("Address", "http://example.com", "Webhooks:Address:ops must begin with https://")]
    [InlineData("Secret", "secret", "Webhooks:Secret:ops must be whsec_")]
    [InlineData("Secret", "whsec_c2hvcnQ=", "Webhooks:Secret:ops must be whsec_")]
    [InlineData("Events", "dispatch.acepted", "Webhooks:Events:ops has dispatch.acepted")]
    [InlineData("Address", "https://10.1.2.3/hook", "Webhooks:Address:ops cannot be called: its address is private or this machine's own, and Webhooks:AllowedPrivateAddresses does not name it.")]
    [InlineData("Address", "https://localhost:8080/hook", "Webhooks:Address:ops cannot be called: its address is private or this machine's own")]
    [InlineData("Address", "https://[::ffff:10.1.2.3]/hook", "Webhooks:Address:ops cannot be called: its address is private or this machine's own")]
    public void A_wrong_setting_is_named_without_the_secret(string setting, string value, string expected)
    {
        var options = new WebhooksOptions { Address = new() { ["ops"] = "https://example.com" }, Secret = new() { ["ops"] = "whsec_" + Convert.ToBase64String(Secret) } };
        (setting switch { "Address" => options.Address, "Secret" => options.Secret, _ => options.Events })["ops"] = value;
        var wrong = new WebhooksOptionsValidator().Validate(null, options).Failures!.ShouldHaveSingleItem();
        wrong.ShouldStartWith(expected);
        wrong.ShouldNotContain("c2hvcnQ=");
    }

    [Theory]
    [InlineData("http://10.20.7.8/hook", "10.20.0.0/16", true)]
    [InlineData("https://10.20.7.8/hook", "10.20.0.0/16", true)]
    [InlineData("http://hooks.internal/hook", "hooks.internal", true)]
    // Where a name leads is judged when a connection is made.
    [InlineData("http://hooks.internal/hook", "10.20.0.0/16", true)]
    [InlineData("http://10.21.7.8/hook", "10.20.0.0/16", false)]
    [InlineData("http://93.184.215.14/hook", "10.20.0.0/16", false)]
    [InlineData("http://hooks.internal/hook", "", false)]
    public void Private_addresses_and_those_without_https_are_allowed_by_name(string address, string allowed, bool expected)
    {
        var options = new WebhooksOptions
        {
            Address = new() { ["ops"] = address },
            Secret = new() { ["ops"] = "whsec_" + Convert.ToBase64String(Secret) },
            AllowedPrivateAddresses = AllowedAddresses.Split(allowed),
        };
        new WebhooksOptionsValidator().Validate(null, options).Succeeded.ShouldBe(expected);
        options.AllowedPrivateAddresses = [];
        options.AllowPrivateAddresses = true;
        new WebhooksOptionsValidator().Validate(null, options).Succeeded.ShouldBeTrue("the old switch allows everything");
    }

    [Theory]
    [InlineData("Webhooks:AllowedPrivateAddresses", "10.20.0.0/16, fd00::/8")]
    [InlineData("Webhooks:AllowedPrivateAddresses:0", "10.20.0.0/16, fd00::/8")]
    public void The_list_is_one_text_or_several_entries(string name, string value) =>
        WebhooksOptions.ReadAllowed(new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build().GetSection("Webhooks"))
            .ShouldBe(["10.20.0.0/16", "fd00::/8"]);
}
