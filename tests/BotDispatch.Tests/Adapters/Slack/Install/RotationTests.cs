using BotDispatch.Slack.Api;
using BotDispatch.Tests.Adapters.Slack.Api;
using BotDispatch.Tests.Storage;
using static BotDispatch.Tests.Adapters.Slack.Install.Rotating;

namespace BotDispatch.Tests.Adapters.Slack.Install;

public class RotationTests
{
    const string Expired = """{"ok":false,"error":"token_expired"}""";

    [Theory, OnSqlite, OnPostgreSql]
    public async Task With_less_than_two_hours_left_the_next_token_is_fetched_while_the_old_one_goes_on(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await using var room = await RoomAsync(ground);
        room.Clock.Advance(TimeSpan.FromHours(10) - TimeSpan.FromSeconds(1));
        await room.CallAsync("chat.update");
        room.Slack.Of("oauth.v2.access").ShouldBeEmpty();
        room.Clock.Advance(TimeSpan.FromSeconds(2));
        var held = room.Slack.OnHeld("oauth.v2.access");
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
        (await room.CallAsync("chat.update")).ShouldBeOfType<SlackAnswer.Ok>();
        await room.Slack.Reached;
        held.SetResult(AnsweringSlack.Answer(Refresh["response"]!["body"]!));
        await SettleAsync(room);
        await room.CallAsync("chat.update");
        room.Slack.Of("chat.update").Select(each => each.Authorization)
            .ShouldBe(["Bearer xoxe.xoxb-1-first", "Bearer xoxe.xoxb-1-first", "Bearer xoxe.xoxb-1-first", "Bearer xoxe.xoxb-1-second"]);
        var asked = room.Slack.Of("oauth.v2.access").ShouldHaveSingleItem();
        Captured.Fields(asked.Body).ShouldBe(Captured.Fields(Refresh["body"]!.GetValue<string>()));
        asked.Authorization.ShouldBeNull();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Of_many_nodes_one_refreshes_and_all_use_what_it_stored(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var slack = new AnsweringSlack();
        await using var first = await RoomAsync(ground, slack);
        await using var second = SlackRoom.ByOAuth(ground, slack);
        await using var third = SlackRoom.ByOAuth(ground, slack);
        SlackRoom[] rooms = [first, second, third];
        foreach (var room in rooms)
            await room.CallAsync("chat.update");
        ground.Clock.Advance(TimeSpan.FromHours(12));
        var held = slack.OnHeld("oauth.v2.access");
        var calls = rooms.SelectMany(room => Enumerable.Range(0, 3).Select(_ => Task.Run(() => room.CallAsync("chat.postMessage")))).ToList();
        await slack.Reached;
        var old = await VersionAsync(ground);
        held.SetResult(AnsweringSlack.Answer(Refresh["response"]!["body"]!));
        while (await VersionAsync(ground) == old)
            await Task.Delay(1);
        // Those who lost look again each second.
        while (!calls.All(call => call.IsCompleted))
        {
            await Task.Yield();
            if (ground.Clock.NextTimer is { } next && next <= ground.Clock.GetUtcNow() + TimeSpan.FromSeconds(1))
                ground.Clock.AdvanceTo(next);
        }
        foreach (var call in calls)
            (await call).ShouldBeOfType<SlackAnswer.Ok>();
        slack.Of("oauth.v2.access").Count.ShouldBe(1);
        slack.Of("chat.postMessage").ShouldAllBe(each => each.Authorization == "Bearer xoxe.xoxb-1-second");
    }

    static async Task<long> VersionAsync(Ground ground) => (await ground.ReadAsync<long>("SELECT version FROM installations")).Single();

    [Fact]
    public async Task The_new_pair_is_stored_before_it_is_used()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        room.Clock.Advance(TimeSpan.FromHours(12));
        string? stored = null;
        room.Slack.On("chat.postMessage", asked =>
        {
            stored = room.Unprotected(ground.ReadAsync<string>("SELECT body FROM installations").GetAwaiter().GetResult().Single(), "T0ACME");
            return AnsweringSlack.Answer(200, """{"ok":true}""");
        });
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Ok>();
        room.Slack.Of("chat.postMessage").Single().Authorization.ShouldBe("Bearer xoxe.xoxb-1-second");
        stored.ShouldNotBeNull().ShouldContain("xoxe.xoxb-1-second");
    }

    [Fact]
    public async Task A_token_that_expired_is_replaced_and_the_call_made_once_more()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        room.Slack.On("chat.postMessage", asked => AnsweringSlack.Answer(200, asked.Authorization == "Bearer xoxe.xoxb-1-first" ? Expired : """{"ok":true}"""));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Ok>();
        room.Slack.Of("chat.postMessage").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_fresh_token_that_is_refused_too_is_dead_and_no_third_one_is_asked_for()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        room.Slack.On("chat.postMessage", 200, Expired);
        for (var i = 0; i < 2; i++)
            (await room.CallAsync("chat.postMessage")).ShouldBe(new SlackAnswer.Refused("token_expired", Refusal.Token));
        room.Slack.Of("chat.postMessage").Count.ShouldBe(2);
        room.Slack.Of("oauth.v2.access").Count.ShouldBe(1);
        room.Logged.Count(line => line.StartsWith("515:", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_is_not_repeated_with_another_token()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await using var room = await RoomAsync(ground);
        room.Slack.On("chat.postMessage", asked => asked.Authorization == "Bearer xoxe.xoxb-1-first" ? AnsweringSlack.Answer(200, Expired) : throw new HttpRequestException(HttpRequestError.ResponseEnded));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Lost>();
        room.Slack.Of("chat.postMessage").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_another_node_replaced_is_found_in_the_database()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var slack = new AnsweringSlack();
        await using var room = await RoomAsync(ground, slack);
        await room.CallAsync("chat.update");
        await using var other = SlackRoom.ByOAuth(ground, slack);
        await other.InstallAsync(new("T0ACME", "Acme", "U0BOT", [], "xoxb-installed-again"));
        slack.On("chat.postMessage", asked => AnsweringSlack.Answer(200, asked.Authorization == "Bearer xoxb-installed-again" ? """{"ok":true}""" : """{"ok":false,"error":"token_revoked"}"""));
        (await room.CallAsync("chat.postMessage")).ShouldBeOfType<SlackAnswer.Ok>();
        slack.Of("oauth.v2.access").ShouldBeEmpty();
    }
}
