using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;
using BotDispatch.Tests.Http;
using static BotDispatch.Tests.Adapters.Slack.Inbound.InboundBench;

namespace BotDispatch.Tests.Adapters.Slack.Inbound;

public sealed class SlackRequestsTests : IAsyncLifetime
{
    const string Form = "application/x-www-form-urlencoded";
    static readonly string Submission = "payload=" + Uri.EscapeDataString(Captured.Payload("interactive.view_submission_ok").ToJsonString());
    const string Command = "team_id=T0ACME&user_id=U0DANA&channel_id=C0OPS&command=%2Fdispatch&text=hush-hush&trigger_id=1.2.secret&response_url=https%3A%2F%2Fhooks.slack.test%2Fsecret";

    static string Event => Captured.Payload("events.app_mention").ToJsonString();
    static string Press => "payload=" + Uri.EscapeDataString(Captured.Payload("interactive.block_actions").ToJsonString());

    InboundBench bench = null!;

    public async Task InitializeAsync() => bench = await StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData("/slack/commands"), InlineData("/slack/interactivity"), InlineData("/slack/options"), InlineData("/slack/events")]
    public async Task Every_address_takes_everything(string path)
    {
        (await bench.SendAsync(path, Form, Command)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await bench.SendAsync(path, Form + "; charset=utf-8", Press)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await bench.SendAsync(path, "application/json; charset=utf-8", Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Handled.Select(each => each.Kind).ShouldBe([PayloadKind.Command, PayloadKind.Press, PayloadKind.Event]);
    }

    [Fact]
    public async Task Nothing_is_answered_with_no_body_and_no_type()
    {
        var response = await bench.FormAsync(Command);
        response.Content.Headers.ContentType.ShouldBeNull();
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Text_beyond_ASCII_arrives_and_is_answered_whole()
    {
        bench.Handler = delivery => Task.FromResult<SlackReply>(new SlackReply.Message(Nodes.Drawing(new JsonObject { ["text"] = delivery.Text })));
        var response = await bench.FormAsync("command=%2Fd&user_id=U&channel_id=C&text=" + Uri.EscapeDataString("Lift ‹2› – brøken 🛗"));
        ((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["text"]).ShouldBe("Lift ‹2› – brøken 🛗");
        response.Content.Headers.ContentLength.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Four_megabytes_are_read_and_not_one_byte_more_said_or_unsaid(bool lengthIsSaid)
    {
        foreach (var (length, status) in ((int, HttpStatusCode)[])[(SlackRequests.LargestBody, HttpStatusCode.OK), (SlackRequests.LargestBody + 1, HttpStatusCode.RequestEntityTooLarge)])
        {
            var body = Encoding.ASCII.GetBytes((Command + "&z=").PadRight(length, 'z'));
            using var request = Signed("/slack/commands", Form, body, bench.Now.ToString(System.Globalization.CultureInfo.InvariantCulture));
            request.Headers.TransferEncodingChunked = lengthIsSaid ? null : true;
            (await bench.Http.SendAsync(request)).StatusCode.ShouldBe(status);
        }
        bench.Handled.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_body_whatever_is_answered_with_an_error_of_ours()
    {
        foreach (var body in OddBodies.Around(Event))
            foreach (var (path, type) in ((string, string)[])[("/slack/events", "application/json"), ("/slack/interactivity", Form)])
                ((int)(await bench.SendAsync(path, type, body)).StatusCode).ShouldBeLessThan(500, Encoding.UTF8.GetString(body));
    }

    // What an unsigned request may cost is a few kilobytes and one counter: its body is not even looked at.
    [Theory]
    [InlineData(null, null, "application/json")]
    [InlineData("", "", "application/json")]
    [InlineData("1767603600", "v0=short", Form)]
    [InlineData("yesterday", "v0=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", Form)]
    [InlineData(null, null, Form)]
    public async Task A_flood_without_a_signature_is_not_read_and_is_one_line_in_the_log(string? timestamp, string? signature, string type)
    {
        for (var time = 0; time < 300; time++)
        {
            var body = new Unread();
            var http = await bench.ServeAsync(http =>
            {
                (http.Request.Method, http.Request.Path, http.Request.ContentType, http.Request.Body) = ("POST", "/slack/commands", type, body);
                http.Request.ContentLength = SlackRequests.LargestBody;
                if (timestamp is not null)
                    http.Request.Headers[SlackSignature.TimestampHeader] = timestamp;
                if (signature is not null)
                    http.Request.Headers[SlackSignature.SignatureHeader] = signature;
            });
            http.Response.StatusCode.ShouldBe(401);
            body.WasRead.ShouldBeFalse();
        }
        bench.Logged.Count(line => line.StartsWith("800", StringComparison.Ordinal)).ShouldBe(1);
        bench.Clock.Advance(RefusalTally.Interval);
        bench.Logged.Last(line => line.StartsWith("800", StringComparison.Ordinal)).ShouldContain("/slack/commands: not signed (299 times)");
    }

    [Theory]
    [InlineData(-301, 401), InlineData(301, 401), InlineData(-1_000_000_000, 401), InlineData(-300, 200), InlineData(300, 200)]
    public async Task A_time_that_is_out_of_range_is_refused_before_the_body_is_read_and_the_log_asks_about_the_clock(int shift, int status)
    {
        var body = new Unread();
        var timestamp = (bench.Now + shift).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var http = await bench.ServeAsync(http =>
        {
            (http.Request.Method, http.Request.Path, http.Request.ContentType, http.Request.Body) = ("POST", "/slack/commands", Form, body);
            http.Request.Headers[SlackSignature.TimestampHeader] = timestamp;
            http.Request.Headers[SlackSignature.SignatureHeader] = Sign(Secret, timestamp, body.ToArray());
        });
        body.WasRead.ShouldBe(status == 200);
        // The body is nothing that Slack would send: what is in time is verified, and then not understood.
        http.Response.StatusCode.ShouldBe(status == 200 ? 400 : status);
        bench.Logged.Any(line => line.StartsWith("800", StringComparison.Ordinal) && line.Contains("is its clock right?", StringComparison.Ordinal)).ShouldBe(status != 200);
    }

    [Theory]
    [InlineData("{"), InlineData("[]"), InlineData("\"text\""), InlineData(""), InlineData("null"), InlineData("{\"a\":\"\ud83d\"}x")]
    public async Task What_is_signed_and_cannot_be_read_is_refused(string json)
    {
        (await bench.EventAsync(json)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await bench.FormAsync("payload=" + Uri.EscapeDataString(json.Replace("\ud83d", "", StringComparison.Ordinal)))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        bench.Handled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tower_of_brackets_is_refused() =>
        (await bench.EventAsync("{\"type\":" + new string('[', 100_000))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task The_check_of_the_certificate_is_answered_unsigned_and_brings_nothing_with_it()
    {
        using var request = Request("/slack/commands", Form, Encoding.ASCII.GetBytes(Command + "&ssl_check=1"), null, null);
        (await bench.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Handled.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Form, "ssl_check=11"), InlineData(Form, "xssl_check=1"), InlineData(Form, "text=%26ssl_check=1"), InlineData("application/json", "ssl_check=1")]
    public async Task Nothing_else_is_answered_unsigned(string type, string body)
    {
        using var request = Request("/slack/events", type, Encoding.ASCII.GetBytes(body), null, null);
        var response = await bench.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unsigned_body_that_does_not_say_its_length_is_not_waited_for()
    {
        using var request = Request("/slack/commands", Form, Encoding.ASCII.GetBytes("ssl_check=1"), null, null);
        request.Headers.TransferEncodingChunked = true;
        (await bench.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Half_a_character_in_the_name_of_a_field_of_a_dialog_leaves_the_rest_to_be_read()
    {
        var json = Captured.Payload("interactive.view_submission_ok").ToJsonString().Replace("\"values\":{", "\"values\":{\"\\ud800\":{\"\\ud800\":{\"\\ud800\":1}},", StringComparison.Ordinal);
        json.ShouldContain("ud800");
        (await bench.FormAsync("payload=" + Uri.EscapeDataString(json))).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Handled.ShouldHaveSingleItem().Kind.ShouldBe(PayloadKind.Submission);
    }

    [Fact]
    public async Task Only_deliveries_to_our_own_app_are_taken_where_it_is_set()
    {
        await using var strict = await StartAsync(options => options.AppId = "A0DISPATCH");
        (await strict.FormAsync(Command + "&api_app_id=A0OTHER")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await strict.FormAsync(Press.Replace("A0DISPATCH", "A0OTHER", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await strict.EventAsync(Event.Replace("A0DISPATCH", "A0OTHER", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        strict.Handled.ShouldBeEmpty();
        (await strict.FormAsync(Command + "&api_app_id=A0DISPATCH")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await strict.EventAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // Some shortcuts do not say which app they are for.
        (await strict.FormAsync(Command.Replace("trigger_id=1.2", "trigger_id=1.3", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.OK);
        strict.Handled.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(false, 503), InlineData(true, 500)]
    public async Task An_event_that_could_not_be_taken_is_asked_for_again(bool throws, int status)
    {
        bench.Handler = _ => throws ? throw new InvalidOperationException("hush-hush") : Task.FromResult<SlackReply>(new SlackReply.Failed());
        ((int)(await bench.EventAsync(Event)).StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_command_that_could_not_be_taken_is_said_in_private(bool throws)
    {
        bench.Handler = _ => throws ? throw new InvalidOperationException("hush-hush") : Task.FromResult<SlackReply>(new SlackReply.Failed());
        var response = await bench.FormAsync(Command);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var said = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((string?)said["response_type"], (string?)said["text"]).ShouldBe(("ephemeral", LateText.NotHandled));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Anything_else_that_could_not_be_taken_is_acknowledged(bool throws)
    {
        bench.Handler = _ => throws ? throw new InvalidOperationException("hush-hush") : Task.FromResult<SlackReply>(new SlackReply.Failed());
        var response = await bench.FormAsync(Press);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, 503), InlineData(true, 500)]
    public async Task A_dialog_that_could_not_be_taken_stays_open_with_what_was_typed(bool throws, int status)
    {
        bench.Handler = _ => throws ? throw new InvalidOperationException("hush-hush") : Task.FromResult<SlackReply>(new SlackReply.Failed());
        var response = await bench.FormAsync(Submission);
        ((int)response.StatusCode).ShouldBe(status, "an empty 200 would close it as if it had been done");
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dialog_that_is_not_decided_in_time_stays_open()
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Handler = _ => answer.Task;
        var sending = bench.FormAsync(Submission);
        await bench.HandlingAsync();
        bench.Clock.Advance(SlackDeadlines.Acknowledgement);
        ((int)(await sending).StatusCode).ShouldBe(503);
        answer.SetResult(new SlackReply.Nothing());
    }

    [Fact]
    public async Task What_is_not_decided_in_time_is_acknowledged_and_goes_on()
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDone = false;
        bench.Handler = async _ =>
        {
            var reply = await answer.Task;
            isDone = true;
            return reply;
        };
        var sending = bench.FormAsync(Command);
        await bench.HandlingAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(2.4));
        sending.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var response = await sending;
        (response.StatusCode, response.Content.Headers.ContentType).ShouldBe((HttpStatusCode.OK, null));
        isDone.ShouldBeFalse();
        answer.SetResult(new SlackReply.Message(Nodes.Drawing(new JsonObject { ["text"] = "hush-hush" })));
        await UntilAsync(() => isDone && bench.Logged.Any(line => line.StartsWith("528 Command", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true, "526 Mentioned"), InlineData(false, "527 Mentioned")]
    public async Task What_goes_wrong_after_the_acknowledgement_is_logged(bool throws, string line)
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Handler = _ => answer.Task;
        var sending = bench.EventAsync(Event);
        await bench.HandlingAsync();
        bench.Clock.Advance(SlackDeadlines.Acknowledgement);
        (await sending).StatusCode.ShouldBe(HttpStatusCode.OK);
        if (throws)
            answer.SetException(new InvalidOperationException("hush-hush"));
        else
            answer.SetResult(new SlackReply.Failed());
        await UntilAsync(() => bench.Logged.Any(each => each.StartsWith(line, StringComparison.Ordinal)));
        bench.Logged.ShouldNotContain(each => each.Contains("hush-hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_hangs_up_does_not_end_the_work()
    {
        var answer = new TaskCompletionSource<SlackReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDone = false;
        bench.Handler = async _ =>
        {
            await answer.Task;
            isDone = true;
            return new SlackReply.Nothing();
        };
        using var limit = new CancellationTokenSource();
        using var request = Signed("/slack/commands", Form, Encoding.ASCII.GetBytes(Command), bench.Now.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var sending = bench.Http.SendAsync(request, limit.Token);
        await UntilAsync(() => !bench.Handled.IsEmpty);
        await limit.CancelAsync();
        isDone.ShouldBeFalse();
        answer.SetResult(new SlackReply.Nothing());
        await UntilAsync(() => isDone);
        await Task.WhenAny(sending);
    }

    [Fact]
    public async Task What_Slack_sends_again_is_taken_for_the_first_may_never_have_come()
    {
        using var request = Signed("/slack/events", "application/json", Encoding.UTF8.GetBytes(Event), bench.Now.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("X-Slack-Retry-Num", "3");
        request.Headers.Add("X-Slack-Retry-Reason", "http_timeout");
        (await bench.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Handled.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_that_is_remembered_can_be_sent_again()
    {
        var reply = new SlackReply.Update(Nodes.Drawing(new JsonObject { ["type"] = "modal" }));
        bench.Handler = _ => Task.FromResult<SlackReply>(reply);
        var first = await (await bench.FormAsync(Submission)).Content.ReadAsStringAsync();
        first.ShouldBe("""{"response_action":"update","view":{"type":"modal"}}""");
        (await (await bench.FormAsync(Submission)).Content.ReadAsStringAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task Nothing_of_what_people_write_and_no_key_to_anything_is_logged()
    {
        bench.Handler = _ => throw new InvalidOperationException("hush-hush");
        await bench.FormAsync(Command);
        await bench.EventAsync(Event);
        await bench.EventAsync("{ hush-hush");
        using (var forged = Request("/slack/commands", Form, Encoding.ASCII.GetBytes(Command), "1", "v0=secret"))
            await bench.Http.SendAsync(forged);
        using (var stale = Signed("/slack/commands", Form, Encoding.ASCII.GetBytes(Command), "1"))
            await bench.Http.SendAsync(stale);
        foreach (var id in (string[])["800", "522", "526"])
            bench.Logged.ShouldContain(line => line.StartsWith(id, StringComparison.Ordinal), id);
        bench.Logged.ShouldNotContain(line => line.Contains("hush-hush", StringComparison.Ordinal) || line.Contains("secret", StringComparison.Ordinal) || line.Contains("U0DANA", StringComparison.Ordinal));
    }
}
