using System.Text.Json.Nodes;
using BotDispatch.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack.Api;

public class RequestTests
{
    [Theory]
    [InlineData("chat.postMessage.text")]
    [InlineData("chat.postMessage.blocks_thread_metadata")]
    [InlineData("chat.update")]
    [InlineData("views.open")]
    [InlineData("views.push")]
    [InlineData("views.update")]
    [InlineData("views.publish")]
    [InlineData("users.info")]
    [InlineData("users.lookupByEmail")]
    [InlineData("conversations.open")]
    [InlineData("auth.test")]
    public async Task A_call_is_the_request_that_the_official_client_makes(string call)
    {
        await using var room = await SlackRoom.OpenAsync();
        var captured = Captured.Exchange(call);
        var method = captured["path"]!.GetValue<string>()["/api/".Length..];
        (await room.CallAsync(method, Captured.Arguments(captured))).ShouldBeOfType<SlackAnswer.Ok>();
        var asked = room.Slack.Of(method)[^1];
        asked.Address.ShouldBe(new Uri($"https://slack.test/api/{method}"));
        asked.Authorization.ShouldBe(Captured.Header(captured, "Authorization"));
        asked.ContentType.ShouldBe(Captured.Header(captured, "Content-Type"));
        Captured.Fields(asked.Body).ShouldBe(Captured.Fields(captured["body"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_socket_is_opened_with_the_token_of_the_app()
    {
        await using var room = await SlackRoom.OpenAsync();
        var captured = Captured.Exchange("apps.connections.open");
        room.Slack.OnCaptured("apps.connections.open", "apps.connections.open");
        var answer = await room.CallAsync("apps.connections.open", installation: "");
        answer.ShouldBeOfType<SlackAnswer.Ok>().Body.GetProperty("url").GetString().ShouldBe("wss://wss-primary.slack.com/link/?ticket=abc&app_id=def");
        var asked = room.Slack.Requests.ShouldHaveSingleItem();
        asked.Authorization.ShouldBe(Captured.Header(captured, "Authorization"));
        asked.Body.ShouldBe("");
    }

    [Fact]
    public async Task Without_an_installation_no_token_is_sent()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.CallAsync("oauth.v2.access", """{"code":"c"}""", installation: "");
        room.Slack.Requests.ShouldHaveSingleItem().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_null_is_left_out_and_every_letter_arrives()
    {
        await using var room = await SlackRoom.OpenAsync();
        var arguments = new JsonObject { ["thread_ts"] = null, ["text"] = "a+b &=%\n<ü😀> 100%", ["limit"] = 5, ["blocks"] = new JsonArray(new JsonObject { ["text"] = "<ü> \"&\" '" }) };
        await room.CallAsync("chat.postMessage", arguments);
        var asked = room.Slack.Of("chat.postMessage").Single();
        Captured.Fields(asked.Body).Select(each => each.Name).ShouldBe(["text", "limit", "blocks"]);
        asked["text"].ShouldBe("a+b &=%\n<ü😀> 100%");
        asked["limit"].ShouldBe("5");
        asked["blocks"].ShouldBe("""[{"text":"<ü> \"&\" '"}]""");
        asked.Body.ShouldNotContain(SlackRoom.BotToken);
    }
}
