using System.Net.Sockets;
using BotDispatch.Slack;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.Sockets;
using BotDispatch.Teams;
using BotDispatch.Tests.Adapters.Slack.Api;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack;

/// <summary>What <c>/readyz</c> says of the chats.</summary>
public sealed class SlackConnectionTests
{
    [Fact]
    public async Task It_says_whether_Slack_is_connected_and_why_not()
    {
        await using var room = await SlackRoom.OpenAsync();
        var connection = new SlackConnection(
            room.Get<SlackReach>(), new SocketHealth(), room.Get<OneWorkspace>(), Options.Create(new SlackOptions { BotToken = SlackRoom.BotToken, SigningSecret = "secret" }));
        connection.Status.ShouldBe("Slack: not asked yet");
        room.Slack.On("auth.test", _ => throw new HttpRequestException(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.ConnectionRefused)));
        await room.Installations.LocateAsync("T0ACME", null, default);
        connection.Status.ShouldBe("Slack: not connected, the connection is refused");
        room.Slack.On("auth.test", 200, """{"ok":false,"error":"invalid_auth"}""");
        await room.Installations.LocateAsync("T0ACME", null, default);
        connection.Status.ShouldBe("Slack: not connected, Slack refuses Slack:BotToken (invalid_auth)");
        room.Clock.Advance(TimeSpan.FromMinutes(10));
        room.Slack.On("auth.test", 200, """{"ok":true,"team_id":"T0ACME"}""");
        await room.Installations.LocateAsync("T0ACME", null, default);
        connection.Status.ShouldBe("Slack: connected");
    }

    [Fact]
    public async Task Over_sockets_it_says_how_many_are_open()
    {
        await using var room = await SlackRoom.OpenAsync();
        var health = new SocketHealth();
        var connection = new SlackConnection(room.Get<SlackReach>(), health, room.Get<OneWorkspace>(), Options.Create(new SlackOptions { BotToken = "xoxb", AppToken = "xapp", Sockets = 2 }));
        health.Met("invalid_auth");
        connection.Status.ShouldBe("Slack: not connected, 0 of 2 sockets; last trouble: invalid_auth");
    }

    [Fact]
    public async Task A_chat_that_is_off_is_not_spoken_of()
    {
        await using var room = await SlackRoom.OpenAsync();
        new SlackConnection(room.Get<SlackReach>(), new SocketHealth(), room.Get<OneWorkspace>(), Options.Create(new SlackOptions())).Status.ShouldBeNull();
        new TeamsReach(Options.Create(new TeamsOptions { IsDevelopment = true })).Status.ShouldBeNull();
    }

    [Fact]
    public void It_says_whether_Teams_is_connected_and_which_of_its_servers_is_not_reached()
    {
        var reach = new TeamsReach(Options.Create(new TeamsOptions { AppId = "app" }));
        reach.Status.ShouldBe("Teams: not asked yet");
        reach.Answered();
        reach.Status.ShouldBe("Teams: connected");
        reach.Connector.IsNews("the connection is refused");
        reach.Status.ShouldBe("Teams: not connected, the connection is refused");
        reach.Tokens.IsNews("no answer in time");
        reach.Status.ShouldBe("Teams: not connected, the bot gets no token: no answer in time");
        reach.Keys.IsNews("its certificate is for another name");
        reach.Status.ShouldBe("Teams: not connected, the signing keys for its requests are missing: its certificate is for another name");
    }
}
