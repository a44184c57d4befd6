using BotDispatch.Teams.Connector;
using Microsoft.Extensions.Logging;
using static BotDispatch.Tests.Adapters.Teams.Connector.ConnectorBench;

namespace BotDispatch.Tests.Adapters.Teams.Connector;

/// <summary>What an answer, or none, comes to.</summary>
public class AnswerTests
{
    const string NoBody = "";
    // As seen for blocked chats: JSON within a text.
    const string Blocked = """{"errorCode":209,"message":"{\r\n  \"subCode\": \"MessageWritesBlocked\",\r\n  \"details\": \"Thread is not writable\",\r\n  \"errorCode\": null\r\n}"}""";

    [Theory]
    [InlineData(400, """{"error":{"code":"BadArgument","message":"x"}}""", "BadArgument", nameof(Refusal.Content))]
    [InlineData(400, NoBody, "http_400", nameof(Refusal.Content))]
    [InlineData(403, """{"error":{"code":"BotNotInConversationRoster","message":"x"}}""", "BotNotInConversationRoster", nameof(Refusal.NotInRoster))]
    [InlineData(404, """{"error":{"code":"BotNotInConversationRoster","message":"x"}}""", "BotNotInConversationRoster", nameof(Refusal.NotInRoster))]
    [InlineData(403, """{"error":{"code":"ConversationBlockedByUser","message":"x"}}""", "ConversationBlockedByUser", nameof(Refusal.Blocked))]
    [InlineData(403, """{"error":{"code":"BotDisabledByAdmin","message":"x"}}""", "BotDisabledByAdmin", nameof(Refusal.Disabled))]
    [InlineData(403, Blocked, "MessageWritesBlocked", nameof(Refusal.Blocked))]
    [InlineData(403, """{"errorCode":209,"message":"{not json"}""", "209", nameof(Refusal.Forbidden))]
    [InlineData(403, NoBody, "http_403", nameof(Refusal.Forbidden))]
    [InlineData(403, "[1", "http_403", nameof(Refusal.Forbidden))]
    [InlineData(403, """{"error":"words"}""", "http_403", nameof(Refusal.Forbidden))]
    [InlineData(403, """{"error":{"code":{"a":1},"message":7}}""", "http_403", nameof(Refusal.Forbidden))]
    [InlineData(403, """{"error":{"code":"\ud83d Megan said <b>no</b>"}}""", "http_403", nameof(Refusal.Forbidden))]
    [InlineData(404, """{"error":{"code":"ActivityNotFoundInConversation","message":"x"}}""", "ActivityNotFoundInConversation", nameof(Refusal.Gone))]
    [InlineData(404, NoBody, "http_404", nameof(Refusal.Gone))]
    [InlineData(413, "<html>Payload Too Large</html>", "http_413", nameof(Refusal.TooBig))]
    [InlineData(400, """{"error":{"code":"MessageSizeTooBig","message":"x"}}""", "MessageSizeTooBig", nameof(Refusal.TooBig))]
    [InlineData(405, NoBody, "http_405", nameof(Refusal.Other))]
    [InlineData(501, NoBody, "http_501", nameof(Refusal.Other))]
    public async Task A_refusal_has_the_connectors_word_and_a_kind(int status, string body, string code, string kind) =>
        (await AnsweredAsync(status, body)).ShouldBe(new ConnectorAnswer.Refused(code, Enum.Parse<Refusal>(kind)));

    [Theory]
    [InlineData(200, """{"id":"17"}""", "17")]
    [InlineData(201, """{"id":17}""", "17")]
    [InlineData(201, """{"id":""}""", null)]
    [InlineData(201, """{"id":null}""", null)]
    [InlineData(202, NoBody, null)]
    [InlineData(204, null, null)]
    [InlineData(200, "<html>", null)]
    public async Task A_sent_message_counts_as_posted_also_without_its_id(int status, string? body, string? id) =>
        (await AnsweredAsync(status, body)).ShouldBeOfType<ConnectorAnswer.Done>().Id.ShouldBe(id);

    [Fact]
    public async Task A_message_without_an_id_is_logged()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(202);
        await bench.SendAsync();
        bench.Log.Text.ShouldContain("628 Teams took Send without naming the message");
    }

    [Fact]
    public async Task An_updated_message_keeps_its_id_also_if_the_answer_lacks_it()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(202);
        (await bench.CallAsync(new ConnectorCall.Update(PublicUrl, ThreadId, "17", Text("x")))).ShouldBe(new ConnectorAnswer.Done("17"));
    }

    [Fact]
    public async Task A_new_threads_root_is_read_from_its_conversation_if_the_answer_lacks_it()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(201, $$"""{"id":"{{ThreadId}}"}""");
        var done = (await bench.CallAsync(new ConnectorCall.NewThread(PublicUrl, Tenant, Channel, "28:x", Text("x")))).ShouldBeOfType<ConnectorAnswer.Done>();
        (done.Id, done.Conversation).ShouldBe((Root, ThreadId));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 1)]
    [InlineData("86400", 300)]
    [InlineData("soon", 5)]
    [InlineData(null, 5)]
    [InlineData("Mon, 05 Jan 2026 09:00:20 GMT", 20)]
    public async Task Throttled_says_how_long(string? retryAfter, int seconds)
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(429, """{"error":{"code":"Throttled"}}""", retryAfter is null ? [] : [("Retry-After", retryAfter)]);
        (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(seconds)));
        bench.Teams.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Somebody_else_is_at_it_just_now() =>
        (await AnsweredAsync(412, """{"error":{"code":"PreconditionFailed","message":"x"}}""")).ShouldBe(new ConnectorAnswer.Busy());

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_failure_of_Teams_may_have_come_after_the_deed_and_nothing_is_repeated(int status)
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(status, NoBody);
        (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.Lost($"status {status}"));
        bench.Teams.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_Teams_that_takes_nothing_just_now_has_done_nothing() =>
        (await AnsweredAsync(503, NoBody)).ShouldBe(new ConnectorAnswer.NotReached("status 503"));

    [Fact]
    public async Task A_Teams_that_takes_nothing_just_now_may_say_for_how_long()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(503, NoBody, ("Retry-After", "7"));
        (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.Throttled(TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public async Task A_cut_connection_leaves_it_unknown()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answer = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        (await bench.SendAsync()).ShouldBeOfType<ConnectorAnswer.Lost>();
        bench.Teams.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answer = (context, _) => StandIn.JsonAsync(context, 200, "{\"id\":\"17\",\"x\":\"" + new string('x', 1024 * 1024) + "\"}");
        (await bench.SendAsync()).ShouldBeOfType<ConnectorAnswer.Lost>();
    }

    [Fact]
    public async Task Where_nobody_listens_surely_nothing_was_done()
    {
        var bench = await WithAppAsync();
        await bench.Teams.DisposeAsync();
        for (var i = 0; i < 3; i++)
            (await bench.SendAsync()).ShouldBe(new ConnectorAnswer.NotReached("the connection is refused"));
        bench.Log.All.Count(line => line.Text.StartsWith("625 ", StringComparison.Ordinal)).ShouldBe(1, "it is said once");
    }

    [Fact]
    public async Task Ten_seconds_are_enough()
    {
        await using var bench = await WithAppAsync();
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Teams.Answer = (_, _) =>
        {
            asked.SetResult();
            return answered.Task;
        };
        var sending = bench.SendAsync();
        await asked.Task;
        bench.Clock.Advance(TimeSpan.FromSeconds(9));
        sending.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        (await sending).ShouldBe(new ConnectorAnswer.Lost("no answer in time"));
        answered.SetResult();
    }

    [Fact]
    public async Task A_caller_that_stops_waiting_is_not_answered()
    {
        await using var bench = await WithAppAsync();
        using var stopped = new CancellationTokenSource();
        var answered = new TaskCompletionSource();
        bench.Teams.Answer = (_, _) =>
        {
            stopped.Cancel();
            return answered.Task;
        };
        await Should.ThrowAsync<OperationCanceledException>(() => bench.CallAsync(new ConnectorCall.Send(PublicUrl, ThreadId, Text("x")), stopped.Token));
        answered.SetResult();
    }

    [Fact]
    public async Task The_log_has_what_support_asks_for_and_nothing_that_was_said()
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(403, """{"error":{"code":"BotNotInConversationRoster","message":"The bot is not part of Megan's chat"}}""", ("X-Correlating-OperationId", "op-17"), ("MS-CV", "cv.1"));
        await bench.SendAsync();
        bench.Teams.Answers(400, """{"error":{"code":"BadArgument","message":"hello"}}""", ("MS-CV", "cv/+A.2"));
        await bench.SendAsync();
        bench.Log.All.Select(each => each.Level).ShouldBe([LogLevel.Warning, LogLevel.Error]);
        bench.Log.Text.ShouldContain("BotNotInConversationRoster (correlation op-17)");
        bench.Log.Text.ShouldContain("BadArgument (correlation cv/+A.2)");
        foreach (var secret in (string[])["Megan", "hello", "token-1", "aa@thread", "19%3A", "smba", "127.0.0.1"])
            bench.Log.Text.ShouldNotContain(secret);
    }

    static async Task<ConnectorAnswer> AnsweredAsync(int status, string? body)
    {
        await using var bench = await WithAppAsync();
        bench.Teams.Answers(status, body);
        return await bench.SendAsync();
    }
}
