using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.Driver;
using BotDispatch.PretendTeams.State;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>Buttons of a card, on new clients and on old ones: the person who presses sees what came of it, and everybody else soon.</summary>
public sealed class CardPressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_asks_first_and_a_second_press_is_answered_with_who_did_it(bool isOldClient)
    {
        await using var world = await BeginAsync(isOldClient);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(3);
        await world.PressAsync(world.Dana, card, "Cancel");
        card.Words.ShouldContain("Ringing Ann Lee");
        await world.PressAsync(world.Dana, card, "Cancel it");
        await world.World.PassAsync(5);

        card.Words.ShouldContain("Cancelled by Dana Dispatcher");
        card.Buttons.ShouldBe(["Re-dispatch"]);
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        TeamsTelling.LinesOf(card).ShouldContain("Cancelled by Dana Dispatcher. No further calls.");
        AllSeeTheSame(world, card);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Skip_calls_the_next_one(bool isOldClient)
    {
        await using var world = await BeginAsync(isOldClient);
        world.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee", "Marcus Reed");
        await world.World.PassAsync(3);
        await world.PressAsync(world.Priya, card, "Skip");
        await world.ToTheEndAsync(card);

        TeamsTelling.LinesOf(card).ShouldContain("Priya Nair skipped Ann Lee.");
        card.Words.ShouldContain("Marcus Reed accepted by phone.");
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        AllSeeTheSame(world, card);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task I_take_it_is_for_employees_and_others_read_how_to_become_one(bool isOldClient)
    {
        await using var world = await BeginAsync(isOldClient);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(3);
        await world.PressAsync(world.Gus, card, "I take it");
        if (isOldClient)
            world.Gus.Chat.Posts.ShouldHaveSingleItem().Words.ShouldStartWith("Only employees can take a job");
        else
            world.Gus.PrivateNotices.ShouldHaveSingleItem().Text.ShouldContain("Only employees can take a job");
        card.Words.ShouldNotContain("Taken");

        await world.PressAsync(world.Priya, card, "I take it");
        await world.World.PassAsync(20);
        card.Words.ShouldContain("Taken by Priya Nair in the channel");
        TeamsTelling.LinesOf(card).ShouldContain("Accepted: taken by Priya Nair in the channel. INC-1042: Lift 2 is stuck between floors with two people inside");
        AllSeeTheSame(world, card);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Done_frees_the_person_who_had_the_job(bool isOldClient)
    {
        await using var world = await BeginAsync(isOldClient);
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee");
        await world.ToTheEndAsync(card);
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM lines WHERE is_accepted = 1")).ShouldBe(1);
        await world.PressAsync(world.Priya, card, "Done");
        await world.World.PassAsync(5);

        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM lines")).ShouldBe(0);
        card.Words.ShouldContain("Ann Lee accepted by phone; done.");
        card.Buttons.ShouldBe(["Re-dispatch"]);
        TeamsTelling.LinesOf(card)[^1].ShouldBe("Priya Nair marked it done.");
        AllSeeTheSame(world, card);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Re_dispatch_is_prefilled_without_those_who_rejected_and_goes_on_in_the_same_thread(bool isOldClient)
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042 note: use gate B", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        world.Dana.HasOldClient = isOldClient;
        await world.PressAsync(world.Dana, card, "Re-dispatch");
        // It is shown in the card's place, or posted below it for those who cannot be answered.
        var shown = isOldClient ? world.Ops.RepliesTo(card)[^1] : card;
        world.Dana.HasOldClient = false;
        var form = shown.SeenBy(world.Dana.Person);
        form.Chosen("people").ShouldHaveSingleItem().ShouldStartWith("Ann Lee");
        form["note"].ShouldBe("use gate B");
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        await world.PressAsync(world.Dana, shown, "Dispatch");
        await world.ToTheEndAsync(card);

        TeamsTelling.LinesOf(card).ShouldContain("Re-dispatched by Dana Dispatcher. To be called, in this order: Ann Lee.");
        world.World.CallsTo("marcus.reed").ShouldHaveSingleItem();
        world.World.CallsTo("ann.lee").Count.ShouldBe(2);
        TeamsWorld.CardsIn(world.Ops).ShouldBe([card]);
        AllSeeTheSame(world, card);
    }

    [Fact]
    public async Task A_re_dispatch_that_is_thought_better_of_shows_the_card_again()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        await world.PressAsync(world.Dana, card, "Re-dispatch");
        card.SeenBy(world.Dana.Person).Buttons.ShouldContain("Back");
        await world.PressAsync(world.Dana, card, "Back");
        AllSeeTheSame(world, card);
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatches")).ShouldBe(1);
    }

    [Fact]
    public async Task The_presser_sees_the_new_card_at_once_and_everybody_else_when_it_was_redrawn()
    {
        await using var world = await BeginAsync(isOldClient: false);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(3);
        world.Teams.Disorder.Always("update", new Spoil.Throttle(20));
        await world.PressAsync(world.Priya, card, "I take it");
        card.SeenBy(world.Priya.Person).Words.ShouldContain("Taken by Priya Nair");
        card.SeenBy(world.Dana.Person).Words.ShouldContain("Ringing Ann Lee");
        world.Teams.Disorder.Calm();
        await world.World.PassAsync(60);
        card.Words.ShouldContain("Taken by Priya Nair");
        AllSeeTheSame(world, card);
    }

    [Fact]
    public async Task The_presser_is_left_with_no_older_card_than_everybody_else()
    {
        await using var world = await BeginAsync(isOldClient: false);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee", "Marcus Reed");
        await world.World.PassAsync(3);
        world.Priya.WhileAnswerTravels = () => world.World.PassAsync(3);
        await world.PressAsync(world.Priya, card, "Skip");
        card.Words.ShouldContain("Ringing Marcus Reed");
        card.SeenBy(world.Priya.Person).Words.ShouldNotContain("Ringing Marcus Reed");
        await world.World.PassAsync(2);
        card.Words.ShouldContain("Ringing Marcus Reed");
        AllSeeTheSame(world, card);
    }

    [Theory]
    [InlineData("Cancel it", "Cancelled by")]
    [InlineData("Skip", "skipped")]
    public async Task Of_two_people_who_press_at_once_one_decides_and_the_other_is_answered_alone(string button, string line)
    {
        await using var world = await BeginAsync(isOldClient: false);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee", "Marcus Reed");
        await world.World.PassAsync(3);
        if (button == "Cancel it")
            foreach (var user in (TeamsUser[])[world.Dana, world.Priya])
                await user.PressAsync(card, "Cancel");
        await Task.WhenAll(world.Dana.PressAsync(card, button), world.Priya.PressAsync(card, button));
        await world.SettleAsync();
        await world.World.PassAsync(10);

        TeamsTelling.LinesOf(card).Count(notices => notices.Contains(line, StringComparison.OrdinalIgnoreCase)).ShouldBe(1, string.Join(" | ", TeamsTelling.LinesOf(card)));
        (world.Dana.PrivateNotices.Count + world.Priya.PrivateNotices.Count).ShouldBe(1);
        AllSeeTheSame(world, card);
    }

    [Fact]
    public async Task What_somebody_may_not_press_is_answered_to_them_alone()
    {
        var dana = Ids.Guid(TeamsWorld.TenantId + "Dana Dispatcher");
        await using var world = await TeamsWorld.BeginAsync(new() { ["Access:Cancel:0"] = dana, ["Access:Skip:0"] = dana, ["Access:Take:0"] = dana, ["Access:Redispatch:0"] = dana });
        world.Dana.Person.ObjectId.ShouldBe(dana);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(3);
        var lines = TeamsTelling.LinesOf(card);
        await world.PressAsync(world.Priya, card, "Skip");
        await world.PressAsync(world.Priya, card, "I take it");
        await world.PressAsync(world.Priya, card, "Cancel");
        await world.PressAsync(world.Priya, card, "Cancel it");
        world.Priya.PrivateNotices.Count.ShouldBe(3);
        world.Priya.PrivateNotices.ShouldAllBe(notices => notices.Way == Way.UnderCard && notices.Text.StartsWith("You may not", StringComparison.Ordinal));
        TeamsTelling.LinesOf(card).ShouldBe(lines);

        await world.PressAsync(world.Dana, card, "Cancel");
        await world.PressAsync(world.Dana, card, "Cancel it");
        world.Dana.PrivateNotices.ShouldBeEmpty();
        await world.World.PassAsync(10);
        await world.PressAsync(world.Priya, card, "Re-dispatch");
        world.Priya.PrivateNotices.Count.ShouldBe(4);
        card.Words.ShouldContain("Cancelled by Dana Dispatcher");
        AllSeeTheSame(world, card);
    }

    [Fact]
    public async Task What_somebody_with_an_old_client_may_not_press_is_answered_in_their_chat_with_the_bot()
    {
        await using var world = await TeamsWorld.BeginAsync(new() { ["Access:Skip:0"] = "99999999-0000-4000-8000-000000000009" });
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(3);
        var lines = TeamsTelling.LinesOf(card);
        world.Priya.HasOldClient = true;
        await world.PressAsync(world.Priya, card, "Skip");
        world.Priya.Chat.Posts.ShouldHaveSingleItem().Words.ShouldStartWith("You may not skip somebody.");
        TeamsTelling.LinesOf(card).ShouldBe(lines);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_button_that_is_stale_says_so_and_shows_how_it_stands()
    {
        await using var world = await BeginAsync(isOldClient: false);
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndRejects();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee", "Marcus Reed");
        await world.World.PassAsync(3);
        // Their client shows the card as it was.
        world.Teams.Disorder.Always("update", new Spoil.Throttle(300));
        await world.World.PassAsync(60);
        world.World.CallsTo("marcus.reed").ShouldHaveSingleItem();
        await world.PressAsync(world.Dana, card, "Skip");
        world.Dana.PrivateNotices.ShouldHaveSingleItem().Text.ShouldContain("it is not Ann Lee's turn any more");
        TeamsTelling.LinesOf(card).ShouldNotContain(line => line.Contains("skipped", StringComparison.Ordinal));
        world.Teams.Complaints.ShouldBeEmpty();
    }

    static async Task<TeamsWorld> BeginAsync(bool isOldClient)
    {
        var world = await TeamsWorld.BeginAsync();
        foreach (var user in (TeamsUser[])[world.Dana, world.Priya, world.Gus])
            user.HasOldClient = isOldClient;
        return world;
    }

    static void AllSeeTheSame(TeamsWorld world, Post card)
    {
        foreach (var user in (TeamsUser[])[world.Dana, world.Priya, world.Gus])
            card.SeenBy(user.Person).Words.ShouldBe(card.Words);
        world.Teams.Complaints.ShouldBeEmpty();
    }
}
