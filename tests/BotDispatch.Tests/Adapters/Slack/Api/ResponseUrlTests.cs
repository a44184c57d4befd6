using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Slack;
using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack.Api;

public class ResponseUrlTests
{
    static readonly Uri Address = new("https://hooks.slack.com/commands/T0ACME/1/secret");

    static WriteJson Words => Nodes.Drawing(new JsonObject { ["text"] = "not here <ü>" });

    [Fact]
    public async Task It_is_said_as_JSON_and_without_any_token()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("secret", 200, "ok");
        (await room.Api.RespondAsync(Address, Words, default)).ShouldBeTrue();
        room.Slack.Requests.ShouldHaveSingleItem().ShouldBe(new Asked(Address, null, "application/json", """{"text":"not here <ü>"}"""));
    }

    [Theory]
    [InlineData(404, """{"ok":false,"error":"used_url"}""")]
    [InlineData(404, "expired_url")]
    [InlineData(200, """{"ok":false,"error":"expired_url"}""")]
    [InlineData(302, "")]
    [InlineData(500, "")]
    public async Task An_answer_that_was_not_accepted_is_logged_without_the_address(int status, string body)
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("secret", status, body, ("Location", "https://hooks.slack.com/elsewhere"));
        (await room.Api.RespondAsync(Address, Words, default)).ShouldBeFalse();
        room.Slack.Requests.Count.ShouldBe(1);
        room.Logged.ShouldHaveSingleItem().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_lost_or_late_answer_was_not_taken()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("secret", _ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        (await room.Api.RespondAsync(Address, Words, default)).ShouldBeFalse();
        room.Slack.OnHeld("secret");
        var said = room.Api.RespondAsync(Address, Words, default);
        await room.Slack.Reached;
        room.Clock.Advance(TimeSpan.FromSeconds(10));
        (await said).ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://hooks.slack.com/x")]
    [InlineData("https://hooks.slack.com:8443/x")]
    [InlineData("https://hooks.slack.com@evil.example/x")]
    [InlineData("https://evil@hooks.slack.com/x")]
    [InlineData("https://hooks.slack.com.evil.example/x")]
    [InlineData("https://files.slack.com/x")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("http://localhost/x")]
    [InlineData("file:///etc/passwd")]
    public async Task Nothing_is_said_to_anybody_else(string address)
    {
        await using var room = await SlackRoom.OpenAsync();
        (await room.Api.RespondAsync(new(address), Words, default)).ShouldBeFalse();
        (await room.Api.RespondAsync(new("/relative", UriKind.Relative), Words, default)).ShouldBeFalse();
        room.Slack.Requests.ShouldBeEmpty();
        room.Logged.ShouldAllBe(line => line.StartsWith("506:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:6000/response", true)]
    [InlineData("http://127.0.0.1:7000/response", true)]
    [InlineData("https://hooks.slack.com/x", true)]
    [InlineData("https://slack.com/x", false)]
    [InlineData("https://hooks.slack.com:444/x", false)]
    [InlineData("https://wss-primary.slack.com.evil.example/", false)]
    [InlineData("ws://127.0.0.1:5000/link", false)]
    [InlineData("http://localhost:6000/response", false)]
    [InlineData("https://127.0.0.1:6000/response", false)]
    [InlineData("http://user@127.0.0.1:6000/response", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("http://10.0.0.1/", false)]
    public void What_stands_in_for_Slack_on_this_machine_counts_only_if_it_is_set(string address, bool takesResponses)
    {
        var options = new SlackOptions { ApiBaseAddress = new("http://127.0.0.1:6000/api/") };
        SlackHosts.TakesResponses(new(address), options).ShouldBe(takesResponses);
        SlackHosts.TakesResponses(new(address), new()).ShouldBe(takesResponses && address.StartsWith("https", StringComparison.Ordinal));
    }
}
