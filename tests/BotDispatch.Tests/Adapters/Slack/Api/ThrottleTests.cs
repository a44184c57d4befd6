using BotDispatch.Slack.Api;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Adapters.Slack.Api;

public class ThrottleTests
{
    [Fact]
    public async Task A_throttled_method_is_left_alone_until_its_time_and_no_other_is_held_up()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = SlackRoom.ByOAuth(ground);
        await room.InstallAsync(new("T0ACME", "Acme", "U0BOT", [], "xoxb-1"));
        await room.InstallAsync(new("T0OTHER", "Other", "U0BOT", [], "xoxb-2"));
        room.Slack.OnCaptured("chat.postMessage", "behaviour.429_rejected");
        (await room.CallAsync("chat.postMessage")).ShouldBe(new SlackAnswer.Throttled(TimeSpan.FromSeconds(30)));
        room.Clock.Advance(TimeSpan.FromSeconds(12));
        room.Slack.On("chat.postMessage", 200, """{"ok":true}""");
        (await room.CallAsync("chat.postMessage")).ShouldBe(new SlackAnswer.Throttled(TimeSpan.FromSeconds(18)));
        room.Slack.Of("chat.postMessage").Count.ShouldBe(1);
        (await room.CallAsync("views.open")).ShouldBeOfType<SlackAnswer.Ok>();
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
        (await room.CallAsync("chat.postMessage", installation: "T0OTHER")).ShouldBeOfType<SlackAnswer.Ok>();
        room.Clock.Advance(TimeSpan.FromSeconds(18));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Ok>();
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("30", 30)]
    [InlineData("Mon, 05 Jan 2026 09:00:42 GMT", 42)]
    [InlineData("Mon, 05 Jan 2026 08:00:00 GMT", 1)]
    [InlineData("0", 1)]
    [InlineData("86400", 300)]
    [InlineData("-5", 10)]
    [InlineData("soon", 10)]
    [InlineData("99999999999999999999", 10)]
    [InlineData(null, 10)]
    public async Task How_long_to_wait_is_what_Slack_says_if_that_makes_sense(string? header, int seconds)
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("chat.update", 429, """{"ok":false,"error":"ratelimited"}""", header is null ? [] : [("Retry-After", header)]);
        (await room.CallAsync("chat.update")).ShouldBe(new SlackAnswer.Throttled(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("ratelimited")]
    [InlineData("rate_limited")]
    [InlineData("message_limit_exceeded")]
    public async Task A_request_to_wait_in_the_body_counts_too(string error)
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("chat.postMessage", 200, $$"""{"ok":false,"error":"{{error}}"}""");
        (await room.CallAsync("chat.postMessage")).ShouldBe(new SlackAnswer.Throttled(SlackReading.UsualWait));
        await room.CallAsync("chat.postMessage");
        room.Slack.Of("chat.postMessage").Count.ShouldBe(1);
        room.Logged.Count(line => line.StartsWith("503:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_requests_to_wait_the_later_end_counts()
    {
        await using var room = await SlackRoom.OpenAsync();
        var throttles = room.Get<Throttles>();
        throttles.Wait("T0ACME", "chat.update", TimeSpan.FromSeconds(30));
        throttles.Wait("T0ACME", "chat.update", TimeSpan.FromSeconds(2));
        throttles.LeftOf("T0ACME", "chat.update").ShouldBe(TimeSpan.FromSeconds(30));
    }
}
