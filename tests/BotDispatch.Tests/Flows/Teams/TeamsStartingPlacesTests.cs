using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>The same dispatch from everywhere it can be started: chats, threads, the slash menu, somebody's message and the compose box.</summary>
public sealed class TeamsStartingPlacesTests
{
    [Fact]
    public async Task In_their_own_chat_with_the_bot_nobody_mentions_it_and_the_lines_follow_the_card()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchInAsync(world.Dana.Chat, "dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        await EndsWellAsync(world, card);
        world.Ops.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_a_group_chat_the_bot_is_mentioned_and_the_lines_follow_the_card()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchInAsync(world.Night, "@BotDispatch /dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        await EndsWellAsync(world, card);
        world.Teams.Pings.ShouldHaveSingleItem().Who.ShouldBe(world.Dana.Person);
    }

    [Theory]
    [InlineData("dispatch INC-1042", false)]
    [InlineData("/dispatch INC-1042", true)]
    public async Task From_the_slash_menu_only_the_requester_sees_anything_before_the_card(string typed, bool isInChat)
    {
        await using var world = await TeamsTelling.BeginAsync();
        var place = isInChat ? world.Night : world.Ops;
        await world.Dana.SlashAsync(typed, place);
        await world.SettleAsync();
        place.Posts.ShouldBeEmpty();
        var asked = place.Everything[^1];
        asked.OnlyFor.ShouldBe(world.Dana.Person);
        world.Dana.PrivateNotices.ShouldHaveSingleItem().Way.ShouldBe(Way.Targeted);

        await world.OpenAsync(world.Dana, asked);
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");
        var card = TeamsWorld.CardIn(place);
        await world.ToTheEndAsync(card);
        await EndsWellAsync(world, card);
    }

    [Fact]
    public async Task A_message_inside_of_somebody_elses_thread_is_dispatched_by_the_command_on_it()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var root = await world.Gus.SayAsync("Good morning", world.Ops);
        var reply = await world.Gus.SayAsync("Water comes through the ceiling of room 4 & nobody <looks>", world.Ops, root);
        world.Teams.Courier.Deliveries.ShouldBeEmpty("nobody mentioned the bot");
        await world.Dana.CommandOnAsync(reply, "dispatchMessage");
        await world.SettleAsync();
        world.Dana.Dialog.ShouldNotBeNull().Words.ShouldContain("Water comes through the ceiling of room 4 & nobody <looks>");
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");

        var card = world.Card;
        card.Words.ShouldContain("Water comes through the ceiling of room 4");
        card.Links.ShouldContain(link => link.Contains(reply.Id, StringComparison.Ordinal));
        await world.ToTheEndAsync(card);
        TeamsTelling.LinesOf(card)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
        world.Ops.RepliesTo(root).ShouldBe([reply]);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("commandBox")]
    public async Task Beside_the_compose_box_the_dialog_asks_first_what_is_to_be_done(string context)
    {
        await using var world = await TeamsTelling.BeginAsync();
        await world.Dana.CommandInAsync(world.Ops, "dispatchCompose", context: context);
        var ask = world.Dana.Dialog.ShouldNotBeNull();
        ask.Form.Fill("what", "INC-1042");
        await world.Dana.SubmitAsync("Next");
        await world.SettleAsync();
        world.Dana.Dialog.ShouldNotBeNull().Words.ShouldContain("Lift 2 is stuck");
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(world.Card);
        await EndsWellAsync(world, world.Card);
    }

    [Fact]
    public async Task Asked_for_a_ticket_that_does_not_exist_the_dialog_stays_with_what_was_typed()
    {
        await using var world = await TeamsTelling.BeginAsync();
        await world.Dana.CommandInAsync(world.Ops, "dispatchCompose");
        world.Dana.Dialog.ShouldNotBeNull().Form.Fill("what", "INC-9999");
        await world.Dana.SubmitAsync("Next");
        world.Dana.Dialog.ShouldNotBeNull().Words.ShouldContain("There is no ticket INC-9999");
        world.Dana.Dialog!.Form["what"].ShouldBe("INC-9999");
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_card_shows_the_dialog_in_its_own_place_to_clients_that_cannot_open_dialogs()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var asked = await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        await world.PressAsync(world.Dana, asked, "Choose here");
        var form = asked.SeenBy(world.Dana.Person);
        form.Words.ShouldContain("Note, spoken after the ticket");
        asked.SeenBy(world.Priya.Person).Words.ShouldNotContain("Note, spoken after the ticket");
        await world.Dana.PickAsync(form, "people", "Marcus Reed", "Ann Lee");
        await world.PressAsync(world.Dana, asked, "Dispatch");

        asked.SeenBy(world.Dana.Person).Words.ShouldContain("It has started");
        await world.ToTheEndAsync(world.Card);
        await EndsWellAsync(world, world.Card);
    }

    [Theory]
    [InlineData("@BotDispatch", "/dispatch INC-1042")]
    [InlineData("@BotDispatch help", "/dispatch oncall")]
    [InlineData("@BotDispatch dispatch INC-9999", "INC-9999")]
    [InlineData("@BotDispatch /dispatch status", "Nothing is being dispatched")]
    [InlineData("@BotDispatch list", "Nothing is being dispatched")]
    [InlineData("@BotDispatch oncall", "Ann Lee")]
    [InlineData("@BotDispatch cancel", "Nothing is being dispatched")]
    public async Task What_needs_no_dialog_is_answered_in_the_thread_where_it_was_written(string typed, string answer)
    {
        await using var world = await TeamsTelling.BeginAsync();
        var root = await world.Gus.SayAsync("Good morning", world.Ops);
        await world.Dana.SayAsync(typed, world.Ops, root);
        await world.SettleAsync();
        world.Ops.RepliesTo(root).Where(each => each.IsFromBot).ShouldHaveSingleItem().Words.ShouldContain(answer);
        world.Ops.Roots.ShouldBe([root]);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Those_who_are_mentioned_are_ticked_and_who_is_picked_after_them_comes_after_them()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var dialog = await world.OpenAsync(world.Dana, await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042 @Priya Nair note: use gate B", world.Ops));
        dialog.Form.Chosen("people").ShouldHaveSingleItem().ShouldStartWith("Priya Nair");
        dialog.Form["note"].ShouldBe("use gate B");
        await world.Dana.PickAsync(dialog.Form, "people", "Marcus Reed");
        await world.Dana.SubmitAsync("Show order and words");
        var words = world.Dana.Dialog.ShouldNotBeNull().Words;
        words.ShouldContain("1. Priya Nair\n2. Marcus Reed");
        words.ShouldContain("use gate B");
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_more_people_than_a_dialog_can_offer_the_others_are_found_by_typing()
    {
        var file = Path.Combine(Path.GetTempPath(), $"botdispatch-{Guid.NewGuid()}.csv");
        try
        {
            await File.WriteAllLinesAsync(file, ["id,name,email,phone,language,timezone,skills",
                .. Enumerable.Range(100, 150).Select(n => $"e{n},Person {n},e{n}@example.com,+447700900{n},en-GB,Europe/London,{(n == 249 ? "welding" : "lifts")}")]);
            await using var world = await TeamsWorld.BeginAsync(new() { ["Employees:File"] = file });
            var dialog = await world.OpenAsync(world.Dana, await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops));
            (await world.Dana.SearchAsync(dialog.Form, "people", "welding")).ShouldHaveSingleItem().ShouldStartWith("Person 249");
            (await world.Dana.SearchAsync(dialog.Form, "people", "nobody")).ShouldBeEmpty();
            await world.SendAsync(world.Dana, "Person 249");
            await world.World.PassUntilAsync(() => Task.FromResult(TeamsWorld.CardsIn(world.Ops).Count > 0));
            world.Card.Words.ShouldContain("1. Person 249");
            world.Teams.Complaints.ShouldBeEmpty();
        }
        finally
        {
            File.Delete(file);
        }
    }

    static async Task EndsWellAsync(TeamsWorld world, Post card)
    {
        TeamsTelling.LinesOf(card).ShouldBe(TeamsTelling.ExpectedLines);
        card.Words.ShouldContain("Accepted");
        card.Buttons.ShouldBe(["Done", "Re-dispatch"]);
        world.World.CallsTo("marcus.reed").ShouldHaveSingleItem();
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
        TeamsWorld.CardsIn(card.Place).ShouldBe([card]);
        world.Teams.Complaints.ShouldBeEmpty();
    }
}
