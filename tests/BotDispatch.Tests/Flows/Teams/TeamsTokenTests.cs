namespace BotDispatch.Tests.Flows.Teams;

/// <summary>The bot's own token expires, is refused or cannot be fetched in the middle of a dispatch: it is asked for anew, and nothing is lost.</summary>
public sealed class TeamsTokenTests
{
    [Fact]
    public async Task Every_call_carries_the_bots_token_and_one_is_enough()
    {
        await using var world = await TeamsTelling.BeginAsync();
        await world.ToTheEndAsync(await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee"));
        world.Teams.Tokens.Issued.ShouldBe(1);
        world.Teams.Log.Of("token").ShouldHaveSingleItem().Path.ShouldBe($"https://login.microsoftonline.com/{TeamsWorld.TenantId}/oauth2/v2.0/token");
        world.Teams.Log.Of("stranger").ShouldBeEmpty();
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_died_is_replaced_and_each_line_is_posted_once()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(5);
        world.Teams.Tokens.KillAll();
        await world.ToTheEndAsync(card);
        TeamsTelling.LinesOf(card).ShouldBe(TeamsTelling.ExpectedLines);
        world.Teams.Tokens.Issued.ShouldBe(2);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_is_redrawn_hours_later_by_another_process()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        await world.World.PassAsync(TimeSpan.FromHours(5));
        await world.World.RestartAsync();
        await world.PressAsync(world.Priya, card, "Done");
        await world.World.PassAsync(10);
        card.Words.ShouldContain("accepted by phone; done.");
        TeamsTelling.LinesOf(card)[^1].ShouldBe("Priya Nair marked it done.");
        TeamsWorld.CardsIn(world.Ops).ShouldBe([card]);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_nobody_gives_tokens_the_phones_ring_and_every_line_is_posted_later()
    {
        await using var world = await TeamsTelling.BeginAsync();
        await using var calm = await TeamsTelling.BeginAsync();
        foreach (var each in (TeamsWorld[])[world, calm])
        {
            await each.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
            if (each == world)
            {
                each.Teams.Tokens.IsDown = true;
                each.Teams.Tokens.KillAll();
            }
            await each.World.PassAsync(120);
        }
        TeamsTelling.CallTimes(world).ShouldBe(TeamsTelling.CallTimes(calm));
        world.Teams.Tokens.IsDown = false;
        await world.World.PassAsync(700);
        TeamsTelling.LinesOf(world.Card).ShouldBe(TeamsTelling.ExpectedLines);
        world.Card.Words.ShouldContain("Accepted");
    }
}
