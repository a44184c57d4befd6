using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack.Api;

public class AnswerTests
{
    [Theory]
    [InlineData("not_in_channel", nameof(Refusal.Place))]
    [InlineData("is_archived", nameof(Refusal.Place))]
    [InlineData("restricted_action_read_only_channel", nameof(Refusal.Place))]
    [InlineData("restricted_action", nameof(Refusal.Rights))]
    [InlineData("restricted_action_of_tomorrow", nameof(Refusal.Rights))]
    [InlineData("invalid_blocks", nameof(Refusal.Content))]
    [InlineData("expired_trigger_id", nameof(Refusal.TooLate))]
    [InlineData("trigger_exchanged", nameof(Refusal.TooLate))]
    [InlineData("hash_conflict", nameof(Refusal.TooLate))]
    [InlineData("message_not_found", nameof(Refusal.Gone))]
    [InlineData("account_inactive", nameof(Refusal.Token))]
    [InlineData("something_new", nameof(Refusal.Other))]
    public async Task A_refusal_is_of_the_group_that_asks_for_the_same_deed(string error, string kind)
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("chat.update", 200, $$"""{"ok":false,"error":"{{error}}","new_field":{"x":[1]} }""");
        (await room.CallAsync("chat.update")).ShouldBe(new SlackAnswer.Refused(error, Enum.Parse<Refusal>(kind)));
        room.Slack.Of("chat.update").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(200, """{"ok":false,"error":"internal_error"}""")]
    [InlineData(200, """{"ok":false,"error":"fatal_error"}""")]
    [InlineData(200, """{"ok":false,"error":"request_timeout"}""")]
    [InlineData(200, """{"ok":false,"error":"team_added_to_org"}""")]
    [InlineData(500, "oops")]
    [InlineData(503, """{"ok":false,"error":"not_in_channel"}""")]
    [InlineData(408, "")]
    [InlineData(200, "")]
    [InlineData(200, "{\"ok\":true")]
    [InlineData(200, "[true]")]
    [InlineData(200, """{"ok":"true"}""")]
    [InlineData(404, """{"ok":true}""")]
    public async Task What_may_have_been_done_is_lost(int status, string body)
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("chat.postMessage", status, body);
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Lost>();
        room.Slack.Of("chat.postMessage").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(407)]
    public async Task What_somebody_on_the_way_refused_did_not_reach_Slack(int status)
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("chat.postMessage", status, "<html>please log in</html>", ("Location", "https://elsewhere.example/"));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.NotReached>();
        room.Slack.Of("chat.postMessage").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_page_of_maintenance_is_no_answer()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.OnCaptured("chat.postMessage", "behaviour.html_200");
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Lost>();
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("users.list", 200, $$"""{"ok":true,"x":"{{new string('x', 1024 * 1024)}}"}""");
        (await room.CallAsync("users.list")).ShouldBeOfType<SlackAnswer.Lost>();
        room.Slack.On("users.list", 200, $$"""{"ok":true,"x":"{{new string('x', 1024 * 1000)}}"}""");
        (await room.CallAsync("users.list")).ShouldBeOfType<SlackAnswer.Ok>();
    }

    [Fact]
    public async Task A_missing_scope_is_named_once()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.OnCaptured("users.lookupByEmail", "behaviour.ok_false_missing_scope");
        for (var i = 0; i < 3; i++)
            (await room.CallAsync("users.lookupByEmail", """{"email":"dana@acme.example"}""")).ShouldBe(new SlackAnswer.Refused("missing_scope", Refusal.Rights, "needs users:read.email"));
        room.Logged.Where(line => line.Contains("users:read.email", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("501:");
    }

    [Fact]
    public async Task The_field_that_is_wrong_is_named_and_nothing_of_what_was_in_it()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.OnCaptured("chat.postMessage", "behaviour.ok_false");
        (await room.CallAsync("chat.postMessage")).ShouldBe(new SlackAnswer.Refused("invalid_blocks", Refusal.Content, "/blocks"));
        room.Slack.On("views.open", 200, """
            {"ok":false,"error":"invalid_arguments","response_metadata":{"messages":
              ["[ERROR] \"Pump 7 of Ann +306971112233\" is too long [json-pointer:/view/blocks/0/text]", "[ERROR] bad [json-pointer:/view/title]", 7]}}
            """);
        (await room.CallAsync("views.open")).ShouldBe(new SlackAnswer.Refused("invalid_arguments", Refusal.Content, "/view/blocks/0/text, /view/title"));
        room.Logged.ShouldContain(line => line.StartsWith("502:", StringComparison.Ordinal) && line.Contains("/view/blocks/0/text", StringComparison.Ordinal));
        room.Logged.ShouldAllBe(line => !line.Contains("Pump", StringComparison.Ordinal) && !line.Contains(SlackRoom.BotToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_word_that_is_no_word_is_not_repeated()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("chat.update", 200, """{"ok":false,"error":"<html>\nxoxb-1 </html>"}""");
        (await room.CallAsync("chat.update")).ShouldBe(new SlackAnswer.Refused("unnamed_error", Refusal.Other));
    }

    [Fact]
    public async Task After_ten_seconds_the_answer_is_lost()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Installations.FindAsync("T0ACME", default);
        room.Slack.OnHeld("chat.postMessage");
        var call = room.CallAsync("chat.postMessage");
        await room.Slack.Reached;
        room.Clock.Advance(TimeSpan.FromSeconds(9));
        call.IsCompleted.ShouldBeFalse();
        room.Clock.Advance(TimeSpan.FromSeconds(1));
        (await call).ShouldBe(new SlackAnswer.Lost("no answer in time"));
        room.Slack.Of("chat.postMessage").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Only_the_callers_own_cancellation_is_an_exception()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Installations.FindAsync("T0ACME", default);
        room.Slack.OnHeld("chat.postMessage");
        using var stop = new CancellationTokenSource();
        var call = room.CallAsync("chat.postMessage", ct: stop.Token);
        await room.Slack.Reached;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        room.Slack.On("chat.postMessage", _ => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Lost>();
        room.Slack.On("chat.postMessage", _ => throw new HttpRequestException(HttpRequestError.NameResolutionError));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.NotReached>();
    }
}
