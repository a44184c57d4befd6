using System.Net.Sockets;
using BotDispatch.Slack.Api;
using BotDispatch.Tests.Adapters.Slack.Api;

namespace BotDispatch.Tests.Adapters.Slack.Install;

public class OneWorkspaceTests
{
    [Fact]
    public async Task Slack_says_once_which_workspace_it_is()
    {
        await using var room = await SlackRoom.OpenAsync();
        var found = (await room.Installations.FindAsync("T0ACME", default)).ShouldNotBeNull();
        (found.Id, found.Name, found.BotUserId).ShouldBe(("T0ACME", "Acme", "U0BOT"));
        found.Scopes.ShouldBe(["commands", "chat:write"], ignoreOrder: true);
        (await room.Installations.FindAsync("T0OTHER", default)).ShouldBeNull();
        await room.CallAsync("chat.postMessage");
        var asked = room.Slack.Of("auth.test").ShouldHaveSingleItem();
        asked.Authorization.ShouldBe("Bearer " + SlackRoom.BotToken);
    }

    [Theory]
    [InlineData("T0ACME", null, true)]
    [InlineData("T0ACME", "E0ORG", true)]
    [InlineData("T0SISTER", "E0ORG", true)]
    [InlineData(null, "E0ORG", true)]
    [InlineData("T0OTHER", null, false)]
    [InlineData("T0OTHER", "E0OTHER", false)]
    [InlineData(null, null, false)]
    public async Task A_delivery_is_of_the_workspace_or_of_its_organisation(string? team, string? enterprise, bool isOurs)
    {
        await using var room = await SlackRoom.OpenAsync();
        (await room.Installations.LocateAsync(team, enterprise, default)).ShouldBe(isOurs ? "T0ACME" : null);
    }

    [Fact]
    public async Task An_org_wide_token_goes_by_its_organisation()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("auth.test", 200, """{"ok":true,"team":"Org","team_id":"T0HOME","enterprise_id":"E0ORG","is_enterprise_install":true,"user_id":"U0BOT"}""");
        (await room.Installations.LocateAsync("T0ANY", "E0ORG", default)).ShouldBe("E0ORG");
        (await room.Installations.FindAsync("E0ORG", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task While_Slack_is_away_it_is_unknown_and_asked_again_later()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("auth.test", _ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        (await room.Installations.FindAsync("T0ACME", default)).ShouldBeNull();
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.NotReached>();
        room.Slack.Requests.Count.ShouldBe(1);
        room.Slack.On("auth.test", 200, """{"ok":true,"team_id":"T0ACME"}""");
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Ok>();
        room.Logged.ShouldNotContain(line => line.Contains(SlackRoom.BotToken, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_asks_again_right_after_a_failure_since_somebody_waits_for_it()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("auth.test", _ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        (await room.Installations.LocateAsync("T0ACME", null, default)).ShouldBeNull();
        room.Installations.Trouble.ShouldNotBeNull().ShouldStartWith("the workspace of Slack:BotToken is not known yet");
        room.Slack.On("auth.test", 200, """{"ok":true,"team_id":"T0ACME"}""");
        (await room.Installations.LocateAsync("T0ACME", null, default)).ShouldBe("T0ACME");
        room.Installations.Trouble.ShouldBeNull();
        (await room.CallAsync("views.open")).ShouldBeOfType<SlackAnswer.Ok>();
    }

    [Fact]
    public async Task We_wait_as_Slack_asks_also_while_somebody_waits()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("auth.test", 429, "");
        (await room.Installations.LocateAsync("T0ACME", null, default)).ShouldBeNull();
        (await room.Installations.LocateAsync("T0ACME", null, default)).ShouldBeNull();
        room.Slack.Of("auth.test").Count.ShouldBe(1);
        room.Slack.On("auth.test", 200, """{"ok":true,"team_id":"T0ACME"}""");
        room.Clock.Advance(TimeSpan.FromSeconds(10));
        (await room.Installations.LocateAsync("T0ACME", null, default)).ShouldBe("T0ACME");
    }

    [Fact]
    public async Task That_Slack_is_not_reached_is_said_once_with_its_cause_and_once_when_it_is_over()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("auth.test", _ => throw new HttpRequestException(HttpRequestError.NameResolutionError));
        for (var i = 0; i < 5; i++)
            await room.Installations.LocateAsync("T0ACME", null, default);
        Said(room).ShouldHaveSingleItem().ShouldStartWith("504: Slack is not reached: the name slack.test is not found (DNS).");
        room.Slack.On("auth.test", _ => throw new HttpRequestException(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.ConnectionRefused)));
        for (var i = 0; i < 5; i++)
            await room.Installations.LocateAsync("T0ACME", null, default);
        Said(room).Skip(1).ShouldHaveSingleItem().ShouldStartWith("504: Slack is not reached: the connection is refused.");
        room.Slack.On("auth.test", 200, """{"ok":true,"team_id":"T0ACME"}""");
        await room.Installations.LocateAsync("T0ACME", null, default);
        Said(room).Count.ShouldBe(2);
        room.Logged.ShouldContain(line => line.StartsWith("508:", StringComparison.Ordinal));

        static List<string> Said(SlackRoom room) => [.. room.Logged.Where(line => line.StartsWith("504:", StringComparison.Ordinal) || line.StartsWith("512:", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task Many_who_ask_at_once_make_one_question()
    {
        await using var room = await SlackRoom.OpenAsync();
        var held = room.Slack.OnHeld("auth.test");
        var asking = Enumerable.Range(0, 8).Select(_ => room.Installations.FindAsync("T0ACME", default).AsTask()).ToList();
        await room.Slack.Reached;
        held.SetResult(AnsweringSlack.Answer(200, """{"ok":true,"team_id":"T0ACME"}"""));
        (await Task.WhenAll(asking)).ShouldAllBe(found => found != null);
        room.Slack.Of("auth.test").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_waits_ten_seconds_for_its_token_and_no_longer()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.OnHeld("auth.test");
        var call = room.CallAsync("chat.postMessage");
        await room.Slack.Reached;
        room.Clock.Advance(TimeSpan.FromSeconds(10));
        (await call).ShouldBeOfType<SlackAnswer.NotReached>();
        room.Slack.Of("chat.postMessage").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dead_token_is_said_once_with_the_setting_it_stands_in()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("auth.test", 200, """{"ok":false,"error":"invalid_auth"}""");
        for (var i = 0; i < 3; i++)
        {
            (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Refused>().Kind.ShouldBe(Refusal.Token);
            room.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        room.Slack.Of("auth.test").Count.ShouldBe(3);
        room.Slack.Of("chat.postMessage").ShouldBeEmpty();
        room.Logged.Where(line => line.Contains("Slack:BotToken", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("511:");
    }

    [Fact]
    public async Task A_token_that_dies_later_rests_for_ten_minutes_and_may_come_back()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.On("chat.postMessage", 200, """{"ok":false,"error":"account_inactive"}""");
        (await room.CallAsync("chat.postMessage")).ShouldBe(new SlackAnswer.Refused("account_inactive", Refusal.Token));
        (await room.CallAsync("views.open")).ShouldBe(new SlackAnswer.Refused("account_inactive", Refusal.Token));
        (await room.Installations.FindAsync("T0ACME", default)).ShouldBeNull();
        room.Slack.Requests.Count.ShouldBe(2);
        room.Logged.Count(line => line.StartsWith("511:", StringComparison.Ordinal)).ShouldBe(1);
        room.Clock.Advance(TimeSpan.FromMinutes(10));
        (await room.CallAsync("views.open")).ShouldBeOfType<SlackAnswer.Ok>();
        (await room.Installations.FindAsync("T0ACME", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Removed_from_its_workspace_it_is_not_called_there()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Installations.ForgetAsync("T0OTHER", default);
        (await room.Installations.FindAsync("T0ACME", default)).ShouldNotBeNull();
        await room.Installations.ForgetAsync("T0ACME", default);
        (await room.Installations.FindAsync("T0ACME", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_that_no_header_takes_is_a_dead_one()
    {
        await using var room = await SlackRoom.OpenAsync(("BotToken", "xoxb-1\nX-Evil: 1"));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Refused>().Kind.ShouldBe(Refusal.Token);
        room.Slack.Requests.ShouldBeEmpty();
    }
}
