using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Sockets;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Slack.Sockets;

public sealed class EnvelopeTests
{
    static readonly SlackReply Nothing = new SlackReply.Nothing();

    /// <summary>What Slack's own client received and sent, in turn; null where it sent nothing.</summary>
    static List<(string Sent, string? Acknowledged)> Captured()
    {
        var file = Path.Combine(Repository.Root, "tests", "BotDispatch.Tests", "Adapters", "Slack", "Fixtures", "socket-mode", "bolt.acks.json");
        var lines = JsonElement.Parse(File.ReadAllBytes(file)).GetProperty("timeline").EnumerateArray().ToList();
        var answers = lines.Where(line => line.TryGetProperty("raw", out _)).ToDictionary(line => line.GetProperty("data").GetProperty("envelope_id").GetString()!, line => line.GetProperty("raw").GetString()!);
        return
        [
            .. from line in lines
               where line.GetProperty("dir").GetString() == "server->client"
               let data = line.GetProperty("data")
               where data.ValueKind == JsonValueKind.Object && data.TryGetProperty("envelope_id", out _)
               select (data.GetRawText(), answers.GetValueOrDefault(data.GetProperty("envelope_id").GetString()!)),
        ];
    }

    [Fact]
    public async Task Acknowledgements_are_those_of_Slacks_own_client_byte_for_byte_but_for_empty_payloads()
    {
        var captured = Captured();
        captured.Count(pair => pair.Acknowledged is not null).ShouldBe(11);
        await using var slack = await SlackSide.StartAsync();
        slack.Read = (type, payload) => type == "something_new" ? null : Sent.Unknown("d", new(null, null, "", ""), payload.GetRawText());
        slack.Take = delivery =>
        {
            // The captured client says {} where it has nothing to say.
            var raw = captured.First(pair => pair.Sent.Contains(((ChatAction.Unknown)delivery.Action).Type, StringComparison.Ordinal) && pair.Acknowledged is not null).Acknowledged!;
            var payload = JsonNode.Parse(raw)!["payload"]!.AsObject();
            return Task.FromResult(payload.Count == 0 ? Nothing : new SlackReply.Message(Nodes.Drawing(payload.DeepClone())));
        };
        var link = await slack.ReadyAsync();
        foreach (var (sent, acknowledged) in captured.Where(pair => pair.Acknowledged is not null))
        {
            link.Say(sent);
            (await link.ReceivedAsync()).ShouldBe(acknowledged!.Replace(",\"payload\":{}", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_Slacks_own_client_leaves_unanswered_is_acknowledged_if_only_its_type_is_unknown()
    {
        await using var slack = await SlackSide.StartAsync();
        var link = await slack.ReadyAsync();
        link.Say(Captured().Single(pair => pair.Sent.Contains("something_new", StringComparison.Ordinal)).Sent);
        (await link.ReceivedAsync()).ShouldBe("""{"envelope_id":"e-e0835294"}""");
        link.Say("""{"type":"newer still","envelope_id":"e-2"}""");
        (await link.ReceivedAsync()).ShouldBe("""{"envelope_id":"e-2"}""");
    }

    [Fact]
    public async Task A_payload_that_cannot_be_read_is_acknowledged()
    {
        await using var slack = await SlackSide.StartAsync();
        slack.Read = (_, _) => throw new FormatException("quotes a secret");
        var link = await slack.ReadyAsync();
        link.Envelope("e-1", "events_api");
        (await link.AcknowledgedAsync()).ShouldBe("e-1");
        (await slack.Log.SaysAsync(536)).Text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task An_answer_travels_only_where_Slack_takes_one()
    {
        await using var slack = await SlackSide.StartAsync();
        slack.Take = _ => Task.FromResult<SlackReply>(new SlackReply.Message(Nodes.Drawing(new JsonObject { ["text"] = "Ολα καλά <b>" })));
        var link = await slack.ReadyAsync();
        link.Envelope("e-1", takesReply: true);
        (await link.ReceivedAsync()).ShouldBe("""{"envelope_id":"e-1","payload":{"text":"Ολα καλά <b>"}}""");
        link.Envelope("e-2", takesReply: false);
        (await link.ReceivedAsync()).ShouldBe("""{"envelope_id":"e-2"}""");
    }

    [Theory]
    [InlineData("events_api", false)]
    [InlineData("events_api", true)]
    [InlineData("interactive", false)]
    [InlineData("slash_commands", true)]
    public async Task What_could_not_be_taken_is_not_acknowledged(string type, bool thrown)
    {
        await using var slack = await SlackSide.StartAsync();
        slack.Take = delivery => delivery.Id != "bad" ? Task.FromResult(Nothing) : thrown ? throw new InvalidOperationException() : Task.FromResult<SlackReply>(new SlackReply.Failed());
        var link = await slack.ReadyAsync();
        link.Envelope("bad", type);
        await slack.Log.SaysAsync(538);
        link.Envelope("good", type);
        (await link.AcknowledgedAsync()).ShouldBe("good");
        link.ReceivedNothing.ShouldBeTrue();
    }

    [Fact]
    public async Task What_breaks_is_logged_without_its_words()
    {
        await using var slack = await SlackSide.StartAsync();
        slack.Take = _ => throw new InvalidOperationException("hush-hush");
        var link = await slack.ReadyAsync();
        link.Envelope("bad");
        var (_, text) = await slack.Log.SaysAsync(537);
        text.ShouldContain(nameof(InvalidOperationException));
        text.ShouldNotContain("hush-hush");
    }

    [Fact]
    public async Task The_same_envelope_twice_is_handled_once_and_acknowledged_twice()
    {
        var taken = 0;
        await using var slack = await SlackSide.StartAsync();
        slack.Read = (_, payload) => Sent.HomeOpened(payload.GetProperty("text").GetString()!, new("T0ACME", null, "U0DANA", "dana"));
        slack.Take = delivery =>
        {
            delivery.Id.ShouldBe("e-1");
            Interlocked.Increment(ref taken);
            return Task.FromResult(Nothing);
        };
        var link = await slack.ReadyAsync();
        link.Envelope("e-1");
        link.Envelope("e-1");
        (await link.AcknowledgedAsync()).ShouldBe("e-1");
        (await link.AcknowledgedAsync()).ShouldBe("e-1");
        taken.ShouldBe(1);
    }

    [Fact]
    public async Task Slow_work_is_acknowledged_in_time_and_goes_on()
    {
        var done = new TaskCompletionSource<SlackReply>();
        await using var slack = await SlackSide.StartAsync();
        slack.Take = _ => done.Task;
        var link = await slack.ReadyAsync();
        link.Envelope("slow");
        await slack.Clock.TimerAsync(SlackDeadlines.Acknowledgement);
        link.ReceivedNothing.ShouldBeTrue();
        slack.Clock.Advance(SlackDeadlines.Acknowledgement);
        (await link.ReceivedAsync()).ShouldBe("""{"envelope_id":"slow"}""");
        done.SetResult(new SlackReply.Message(Nodes.Drawing(new JsonObject { ["text"] = "late" })));
        (await slack.Log.SaysAsync(539)).Text.ShouldContain("its answer is lost");
        link.ReceivedNothing.ShouldBeTrue();
    }

    [Fact]
    public async Task A_dialog_that_takes_too_long_is_not_acknowledged_since_it_would_close()
    {
        var done = new TaskCompletionSource<SlackReply>();
        await using var slack = await SlackSide.StartAsync();
        slack.Read = (_, _) => Sent.Submission("v-1", new("T0ACME", null, "U0DANA", "dana"), new("V0", "1.a", "dispatch_form", "", []), "1.2.a");
        slack.Take = _ => done.Task;
        var link = await slack.ReadyAsync();
        link.Envelope("e-1");
        await slack.Clock.PassAsync(SlackDeadlines.Acknowledgement);
        (await slack.Log.SaysAsync(538)).Text.ShouldContain("took too long");
        done.SetResult(Nothing);
        link.ReceivedNothing.ShouldBeTrue();
    }

    [Fact]
    public async Task Work_outlives_the_socket_that_brought_it()
    {
        var begun = new TaskCompletionSource();
        var done = new TaskCompletionSource<SlackReply>();
        await using var slack = await SlackSide.StartAsync();
        slack.Take = _ =>
        {
            begun.SetResult();
            return done.Task;
        };
        var link = await slack.ReadyAsync();
        link.Envelope("e-1");
        await begun.Task;
        link.Die(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        await slack.Clock.PassAsync(TimeSpan.FromSeconds(1));
        await slack.ReadyAsync();
        done.SetResult(Nothing);
        (await slack.Log.SaysAsync(538)).Text.ShouldContain("its socket is gone");
    }

    [Fact]
    public async Task Sixty_four_are_worked_on_at_once_and_no_more()
    {
        var (atOnce, most) = (0, 0);
        var full = new TaskCompletionSource();
        var release = new TaskCompletionSource<SlackReply>();
        var gate = new Lock();
        await using var slack = await SlackSide.StartAsync();
        slack.Take = async _ =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++atOnce);
                if (atOnce == EnvelopeHandler.AtOnce)
                    full.TrySetResult();
            }
            var reply = await release.Task;
            lock (gate) atOnce--;
            return reply;
        };
        var link = await slack.ReadyAsync();
        for (var i = 0; i < EnvelopeHandler.AtOnce; i++)
            link.Envelope($"e-{i}");
        await full.Task.WaitAsync(SlackSide.TestTimeout);
        for (var i = 0; i < EnvelopeHandler.AtOnce; i++)
            await slack.Clock.TimerAsync(SlackDeadlines.Acknowledgement);
        link.Envelope("waiting");
        await slack.Clock.TimerAsync(SlackDeadlines.Acknowledgement);
        release.SetResult(Nothing);
        HashSet<string> known = [];
        for (var i = 0; i <= EnvelopeHandler.AtOnce; i++)
            known.Add(await link.AcknowledgedAsync());
        known.Count.ShouldBe(EnvelopeHandler.AtOnce + 1);
        most.ShouldBe(EnvelopeHandler.AtOnce);
        link.SentTwoAtOnce.ShouldBeFalse();
    }

    [Fact]
    public async Task What_finds_no_place_in_time_is_neither_begun_nor_acknowledged()
    {
        var begun = 0;
        var never = new TaskCompletionSource<SlackReply>();
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var slack = await SlackSide.StartAsync();
        slack.Take = _ =>
        {
            if (Interlocked.Increment(ref begun) == EnvelopeHandler.AtOnce)
                full.TrySetResult();
            return never.Task;
        };
        var link = await slack.ReadyAsync();
        for (var i = 0; i < EnvelopeHandler.AtOnce; i++)
            link.Envelope("in");
        // The deadline's timer does not prove that the work of its envelope has begun: that runs on another thread.
        await full.Task.WaitAsync(SlackSide.TestTimeout);
        for (var i = 0; i < EnvelopeHandler.AtOnce; i++)
            await slack.Clock.TimerAsync(SlackDeadlines.Acknowledgement);
        link.Envelope("out");
        await slack.Clock.PassAsync(SlackDeadlines.Acknowledgement);
        (await slack.Log.SaysAsync(538)).Text.ShouldContain("too much");
        for (var i = 0; i < EnvelopeHandler.AtOnce; i++)
            (await link.AcknowledgedAsync()).ShouldBe("in");
        begun.ShouldBe(EnvelopeHandler.AtOnce);
    }
}
