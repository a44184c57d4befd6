using BotDispatch.Slack.Api;
using BotDispatch.Slack.Install;
using BotDispatch.Storage;
using BotDispatch.Tests.Adapters.Slack.Api;
using BotDispatch.Tests.Storage;
using static BotDispatch.Tests.Adapters.Slack.Install.Rotating;

namespace BotDispatch.Tests.Adapters.Slack.Install;

public class RotationTroubleTests
{
    [Fact]
    public async Task A_refresh_whose_answer_was_lost_is_tried_again_with_the_same_token_and_nobody_loses_a_call()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        room.Clock.Advance(TimeSpan.FromHours(11));
        room.Slack.On("oauth.v2.access", _ => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
        await SettleAsync(room);
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
        room.Slack.Of("oauth.v2.access").Count.ShouldBe(1);
        OnRefreshed(room.Slack);
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        await room.CallAsync("chat.update");
        await SettleAsync(room);
        await room.CallAsync("chat.update");
        room.Slack.Of("chat.update")[^1].Authorization.ShouldBe("Bearer xoxe.xoxb-1-second");
        room.Slack.Of("oauth.v2.access").ShouldAllBe(each => each["refresh_token"] == "xoxe-1-new");
    }

    [Fact]
    public async Task Once_expired_and_not_refreshed_the_call_never_leaves()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        room.Clock.Advance(TimeSpan.FromHours(13));
        room.Slack.On("oauth.v2.access", 503, "");
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.NotReached>();
        room.Slack.Of("chat.update").ShouldBeEmpty();
        room.Slack.On("oauth.v2.access", 200, """{"ok":false,"error":"invalid_refresh_token"}""");
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Refused>().Kind.ShouldBe(Refusal.Token);
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Refused>().Kind.ShouldBe(Refusal.Token);
        room.Slack.Of("oauth.v2.access").Count.ShouldBe(2);
        room.Slack.Of("chat.update").ShouldBeEmpty();
        (await room.Installations.FindAsync("T0ACME", default)).ShouldBeNull();
        room.Logged.Count(line => line.StartsWith("517:", StringComparison.Ordinal)).ShouldBe(1);
        await room.InstallAsync(new("T0ACME", "Acme", "U0BOT", [], "xoxb-installed-again"));
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
    }

    [Fact]
    public async Task A_refresher_that_died_with_its_lease_is_followed_by_another()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        var app = (await room.Get<StoredInstallations>().ReadAsync("T0ACME", default)).ShouldNotBeNull();
        room.Clock.Advance(TimeSpan.FromHours(11));
        (await room.Get<InstallationStore>().TryLeaseAsync("slack", "T0ACME", app.Version, TimeSpan.FromSeconds(30), default)).ShouldBeTrue();
        await room.CallAsync("chat.update");
        await SettleAsync(room);
        room.Slack.Of("oauth.v2.access").ShouldBeEmpty();
        room.Clock.Advance(TimeSpan.FromSeconds(30));
        await room.CallAsync("chat.update");
        await SettleAsync(room);
        room.Slack.Of("oauth.v2.access").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_pair_that_the_database_did_not_take_waits_until_it_does()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        room.Clock.Advance(TimeSpan.FromHours(11));
        room.Slack.On("oauth.v2.access", _ =>
        {
            ground.WriteAsync("ALTER TABLE installations RENAME TO away").GetAwaiter().GetResult();
            return AnsweringSlack.Answer(Refresh["response"]!["body"]!);
        });
        await room.CallAsync("chat.update");
        await SettleAsync(room);
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
        room.Slack.Of("chat.update")[^1].Authorization.ShouldBe("Bearer xoxe.xoxb-1-first");
        await ground.WriteAsync("ALTER TABLE away RENAME TO installations");
        room.Clock.Advance(TimeSpan.FromSeconds(5));
        await room.CallAsync("chat.update");
        await SettleAsync(room);
        await room.CallAsync("chat.update");
        room.Slack.Of("chat.update")[^1].Authorization.ShouldBe("Bearer xoxe.xoxb-1-second");
        room.Slack.Of("oauth.v2.access").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Installed_again_while_it_is_refreshed_the_new_installation_stays()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        room.Clock.Advance(TimeSpan.FromHours(12));
        room.Slack.On("oauth.v2.access", _ =>
        {
            room.InstallAsync(new("T0ACME", "Acme", "U0BOT", [], "xoxb-installed-again")).GetAwaiter().GetResult();
            return AnsweringSlack.Answer(Refresh["response"]!["body"]!);
        });
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
        room.Slack.Of("chat.update").Single().Authorization.ShouldBe("Bearer xoxb-installed-again");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Removed_it_is_gone_with_its_tokens_and_other_nodes_notice(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var slack = new AnsweringSlack();
        await using var room = await RoomAsync(ground, slack);
        await using var other = SlackRoom.ByOAuth(ground, slack);
        (await other.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
        await room.Installations.ForgetAsync("T0ACME", default);
        (await ground.CountAsync("installations")).ShouldBe(0);
        (await room.Installations.FindAsync("T0ACME", default)).ShouldBeNull();
        (await room.Installations.LocateAsync("T0ACME", null, default)).ShouldBeNull();
        (await room.CallAsync("chat.update")).ShouldBe(new SlackAnswer.Refused("not_installed", Refusal.Token));
        slack.On("chat.update", 200, """{"ok":false,"error":"account_inactive"}""");
        (await other.CallAsync("chat.update")).ShouldBe(new SlackAnswer.Refused("not_installed", Refusal.Token));
        slack.Of("oauth.v2.access").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_that_no_key_reads_is_no_installation_and_said_once()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        await ground.WriteAsync("UPDATE installations SET body = 'CfDJ8-of-another-key'");
        room.Clock.Advance(TimeSpan.FromMinutes(1));
        (await room.Installations.FindAsync("T0ACME", default)).ShouldBeNull();
        (await room.Installations.FindAsync("T0ACME", default)).ShouldBeNull();
        room.Logged.Count(line => line.StartsWith("519:", StringComparison.Ordinal)).ShouldBe(1);
    }
}
