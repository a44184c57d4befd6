using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Teams;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Http;
using static BotDispatch.Tests.Adapters.Teams.Inbound.TeamsBench;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

public sealed class TeamsRequestsTests : IAsyncLifetime
{
    const string Press = "invoke-adaptiveCard-action";
    const string Command = "message-channel-new-post-mention";

    TeamsBench bench = null!;

    public async Task InitializeAsync() => bench = await StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    public static TheoryData<string> Names() => [.. Captured.Names];

    static byte[] Bytes(JsonObject activity) => Encoding.UTF8.GetBytes(activity.ToJsonString());

    static async Task<JsonObject> JsonAsync(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    static async Task ShouldBeEmptyAsync(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_the_Playground_sends_is_taken_once_and_answered(string name)
    {
        var response = await bench.SendAsync(Activity(name));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Handled.Count.ShouldBe(1);
        if (!name.StartsWith("invoke-", StringComparison.Ordinal))
            await ShouldBeEmptyAsync(response);
    }

    [Theory]
    [InlineData("GET"), InlineData("HEAD"), InlineData("PUT"), InlineData("DELETE"), InlineData("OPTIONS")]
    public async Task Only_POST_is_answered(string method)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(TeamsEndpoints.Path, UriKind.Relative));
        (await bench.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Every_forged_request_is_refused_without_a_word_and_nothing_else_happens()
    {
        var count = 0;
        foreach (var (name, request) in TokenCorpus.All(bench.Issuer))
        {
            var activity = Activity(Command, body =>
            {
                (body["id"], body["channelId"], body["serviceUrl"]) = ($"a-{name}", request.Channel, request.ServiceUrl);
                (body["conversation"]!["tenantId"], body["channelData"]!["tenant"]!["id"]) = (request.Tenant, request.Tenant);
            });
            await ShouldBeEmptyAsync(await bench.SendAsync(Bytes(activity), request.Authorization), (HttpStatusCode)request.Status);
            count += request.Status == 200 ? 1 : 0;
            bench.Handled.Count.ShouldBe(count, name);
        }
    }

    [Fact]
    public async Task What_a_header_says_of_the_tenant_or_the_conversation_counts_for_nothing()
    {
        var foreign = Activity(Command, body => (body["conversation"]!["tenantId"], body["channelData"]!["tenant"]!["id"]) = ("33333333-0000-4000-8000-000000000003", "33333333-0000-4000-8000-000000000003"));
        void Ours(HttpRequestMessage request) => request.Headers.Add("x-ms-tenant-id", TokenCorpus.OurTenant);
        await ShouldBeEmptyAsync(await bench.SendAsync(Bytes(foreign), "Bearer " + bench.Issuer.Good(), Ours), HttpStatusCode.Forbidden);
        void Foreign(HttpRequestMessage request)
        {
            request.Headers.Add("x-ms-tenant-id", "33333333-0000-4000-8000-000000000003");
            request.Headers.Add("x-ms-conversation-id", "19:foreign@thread.tacv2");
        }
        await ShouldBeEmptyAsync(await bench.SendAsync(Bytes(Activity(Command)), "Bearer " + bench.Issuer.Good(), Foreign));
        var taken = bench.Handled.ShouldHaveSingleItem();
        (taken.Where.Tenant, taken.Where.Conversation).ShouldBe((TokenCorpus.OurTenant, TeamsAddress.SplitThread((string)Activity(Command)["conversation"]!["id"]!).Conversation));
    }

    [Theory]
    [InlineData("{"), InlineData("[]"), InlineData("\"text\""), InlineData(""), InlineData("null"), InlineData("{\"type\":\"message\"}x")]
    public async Task What_cannot_be_read_is_refused(string json) => await ShouldBeEmptyAsync(await bench.SendAsync(Encoding.UTF8.GetBytes(json), "Bearer " + bench.Issuer.Good()), HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_tower_of_brackets_is_refused() =>
        (await bench.SendAsync(Encoding.UTF8.GetBytes("{\"type\":" + new string('[', 100_000)), "Bearer " + bench.Issuer.Good())).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task No_body_whatever_is_answered_with_an_error_of_ours()
    {
        var token = "Bearer " + bench.Issuer.Good();
        foreach (var body in OddBodies.Around(Activity(Press).ToJsonString()))
            ((int)(await bench.SendAsync(body, token)).StatusCode).ShouldBeOneOf(200, 400, 403, 501);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer ")]
    [InlineData("Bearer x.y.z")]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6Im5vbmUifQ.e30.c2ln")]
    public async Task A_flood_without_a_token_of_Teams_is_not_read_and_is_one_line_in_the_log(string? authorization)
    {
        for (var time = 0; time < 300; time++)
        {
            var body = new Unread();
            var http = await bench.ServeAsync(http =>
            {
                (http.Request.Method, http.Request.Path, http.Request.ContentType, http.Request.Body) = ("POST", TeamsEndpoints.Path, "application/json", body);
                if (authorization is not null)
                    http.Request.Headers.Authorization = authorization;
            });
            http.Response.StatusCode.ShouldBe(401);
            body.WasRead.ShouldBeFalse();
        }
        bench.Logged.Count(800).ShouldBe(1);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Half_a_megabyte_is_read_and_not_one_byte_more_said_or_unsaid(bool lengthIsSaid)
    {
        foreach (var (length, status) in ((int, HttpStatusCode)[])[(TeamsRequests.LargestBody, HttpStatusCode.OK), (TeamsRequests.LargestBody + 1, HttpStatusCode.RequestEntityTooLarge)])
        {
            var body = Encoding.ASCII.GetBytes(Activity(Command).ToJsonString().PadRight(length));
            (await bench.SendAsync(body, "Bearer " + bench.Issuer.Good(), request => request.Headers.TransferEncodingChunked = lengthIsSaid ? null : true)).StatusCode.ShouldBe(status);
        }
        bench.Handled.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_invoke_that_nobody_knows_is_not_implemented_and_handed_to_nobody()
    {
        await ShouldBeEmptyAsync(await bench.SendAsync(Activity(Press, body => body["name"] = "tab/fetch")), HttpStatusCode.NotImplemented);
        bench.Handled.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_sent_again_gets_the_same_answer_and_is_taken_once()
    {
        var card = new JsonObject { ["type"] = "AdaptiveCard" };
        bench.Handler = _ => Task.FromResult<TeamsReply>(new TeamsReply.CardAnswer(Nodes.Drawing(card)));
        var first = await JsonAsync(await bench.SendAsync(Ours()));
        (await JsonAsync(await bench.SendAsync(Ours()))).ToJsonString().ShouldBe(first.ToJsonString());
        bench.Handled.Count.ShouldBe(1);
        await bench.SendAsync(Ours("f:another"));
        bench.Handled.Count.ShouldBe(2);

        static JsonObject Ours(string? id = null) => Activity(Press, body =>
        {
            var action = body["value"]!["action"]!;
            (action["verb"], action["data"]!["dispatch"], body["id"]) = ("dispatch_cancel", "d1", id ?? (string?)body["id"]);
        });
    }

    [Fact]
    public async Task A_command_that_is_edited_is_not_given_twice()
    {
        await bench.SendAsync(Activity(Command));
        await bench.SendAsync(Activity(Command, body => body["type"] = "messageUpdate"));
        bench.Handled.Select(each => each.Action.GetType().Name).ShouldBe(["Mentioned", "Unknown"]);
    }

    [Theory]
    [InlineData(Press, """{"statusCode":400,"type":"application/vnd.microsoft.error","value":{"code":"Unavailable","message":"@"}}""")]
    [InlineData("invoke-composeExtension-fetchTask-compose", """{"task":{"type":"message","value":"@"}}""")]
    [InlineData("invoke-composeExtension-submitAction-message", """{"task":{"type":"message","value":"@"}}""")]
    public async Task What_breaks_is_answered_with_words_and_done_when_it_is_sent_again(string name, string expected)
    {
        bench.Handler = _ => throw new InvalidOperationException("hush-hush");
        (await JsonAsync(await bench.SendAsync(Activity(name)))).ToJsonString().ShouldBe(expected.Replace("@", LateText.NotHandled, StringComparison.Ordinal));
        bench.Handler = _ => Task.FromResult<TeamsReply>(new TeamsReply.Nothing());
        (await bench.SendAsync(Activity(name))).StatusCode.ShouldBe(HttpStatusCode.OK);
        bench.Handled.Count.ShouldBe(2);
        bench.Logged.Lines.ShouldNotContain(line => line.Contains("hush-hush", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_over_which_we_fail_is_acknowledged_all_the_same()
    {
        bench.Handler = _ => throw new InvalidOperationException("hush-hush");
        await ShouldBeEmptyAsync(await bench.SendAsync(Activity(Command)));
        bench.Logged.Count(606).ShouldBe(1);
    }

    [Theory]
    [InlineData(Press, """{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"@"}"""), InlineData("invoke-composeExtension-submitAction-compose", """{"task":{"type":"message","value":"#"}}"""), InlineData(Command, "")]
    [InlineData("invoke-composeExtension-fetchTask-compose", """{"task":{"type":"message","value":"This takes longer than Teams waits. Nothing was started: try again in a moment."}}""")]
    public async Task What_is_not_decided_in_time_is_answered_and_goes_on(string name, string expected)
    {
        var answer = new TaskCompletionSource<TeamsReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDone = false;
        bench.Handler = async _ =>
        {
            var reply = await answer.Task;
            isDone = true;
            return reply;
        };
        var sending = bench.SendAsync(Activity(name));
        await UntilAsync(() => !bench.Handled.IsEmpty && bench.Clock.NextTimer is { } next && next - bench.Clock.GetUtcNow() <= TeamsDeadlines.Acknowledgement);
        bench.Clock.Advance(TimeSpan.FromSeconds(2.4));
        sending.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var response = await sending;
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldBe(expected.Replace("@", TeamsRequests.GoesOn, StringComparison.Ordinal).Replace("#", TeamsRequests.NotConfirmed, StringComparison.Ordinal));
        isDone.ShouldBeFalse();
        answer.SetResult(new TeamsReply.Nothing());
        await UntilAsync(() => isDone);
        bench.Logged.Count(605).ShouldBe(1);
    }

    [Fact]
    public async Task Who_hangs_up_does_not_end_the_work()
    {
        var answer = new TaskCompletionSource<TeamsReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDone = false;
        bench.Handler = async _ =>
        {
            await answer.Task;
            isDone = true;
            return new TeamsReply.Nothing();
        };
        using var limit = new CancellationTokenSource();
        var sending = bench.SendAsync(Bytes(Activity(Command)), "Bearer " + bench.Issuer.Good(), ct: limit.Token);
        await UntilAsync(() => !bench.Handled.IsEmpty);
        await limit.CancelAsync();
        isDone.ShouldBeFalse();
        answer.SetResult(new TeamsReply.Nothing());
        await UntilAsync(() => isDone);
        await UntilAsync(() => sending.IsCompleted);
    }

    [Fact]
    public async Task Without_keys_nobody_is_let_in_and_nobody_is_sent_away_for_good()
    {
        bench.Issuer.IsDown = true;
        await ShouldBeEmptyAsync(await bench.SendAsync(Activity(Command)), HttpStatusCode.ServiceUnavailable);
        bench.Handled.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_what_people_write_and_no_token_is_logged()
    {
        await bench.SendAsync(Activity(Command, body => body["text"] = "<at>Dispatch Bot</at> hush-hush"));
        await bench.SendAsync(Encoding.UTF8.GetBytes("{ hush-hush"), "Bearer " + bench.Issuer.Good());
        await bench.SendAsync(Bytes(Activity(Command)), "Bearer eyJhbGciOiJub25lIn0.eyJ.x");
        await bench.SendAsync(Activity(Press, body => body["name"] = "tab/fetch"));
        foreach (var id in (int[])[800, 602, 607])
            bench.Logged.Count(id).ShouldBe(1, id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        bench.Logged.Lines.ShouldNotContain(line => line.Contains("hush-hush", StringComparison.Ordinal) || line.Contains("eyJ", StringComparison.Ordinal) || line.Contains("Wilber", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_Development_without_an_app_this_machine_is_let_in_and_that_is_said_aloud()
    {
        foreach (var caller in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            await using var open = await StartOpenAsync(caller);
            open.Logged.Count(600).ShouldBe(1);
            await ShouldBeEmptyAsync(await open.SendAsync(Bytes(Captured.Body(Command)), null, request => request.Headers.Add("x-ms-agents-playground", "true")));
            open.Handled.Count.ShouldBe(1);
            open.Issuer.Asked.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("10.0.0.7", "", ""), InlineData("127.0.0.1", "X-Forwarded-For", "127.0.0.1"), InlineData("127.0.0.1", "Forwarded", "for=1.2.3.4"), InlineData("127.0.0.1", "Origin", "http://localhost"), InlineData("127.0.0.1", "Sec-Fetch-Site", "same-origin"), InlineData("127.0.0.1", "Host", "evil.example")]
    public async Task And_nobody_else_is(string caller, string header, string value)
    {
        await using var open = await StartOpenAsync(IPAddress.Parse(caller));
        await ShouldBeEmptyAsync(
            await open.SendAsync(Bytes(Captured.Body(Command)), null, request =>
            {
                if (header.Length > 0)
                    request.Headers.TryAddWithoutValidation(header, value);
            }),
            HttpStatusCode.Forbidden);
        open.Handled.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nor_is_anybody_elsewhere_answered()
    {
        await using var open = await StartOpenAsync(IPAddress.Loopback);
        await ShouldBeEmptyAsync(await open.SendAsync(Bytes(Activity(Command)), null), HttpStatusCode.Forbidden);
        open.Handled.ShouldBeEmpty();
    }

    [Fact]
    public async Task Outside_of_Development_without_an_app_there_is_nothing_to_call()
    {
        await using var off = await StartOpenAsync(IPAddress.Loopback, isDevelopment: false);
        (await off.SendAsync(Bytes(Captured.Body(Command)), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        off.Logged.Count(600).ShouldBe(0);
    }

    [Fact]
    public async Task With_an_app_this_machine_needs_a_token_too_also_in_Development()
    {
        await using var development = await StartAsync(options => options.IsDevelopment = true, IPAddress.Loopback);
        await ShouldBeEmptyAsync(await development.SendAsync(Bytes(Captured.Body(Command)), null), HttpStatusCode.Unauthorized);
        development.Handled.ShouldBeEmpty();
    }
}
