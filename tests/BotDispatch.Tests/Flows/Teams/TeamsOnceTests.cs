using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>A delivery, a press, an edit or an event that comes twice is decided once.</summary>
public sealed class TeamsOnceTests
{
    [Fact]
    public async Task A_dispatch_in_which_everything_is_delivered_twice_at_once_is_posted_once()
    {
        await using var world = await TeamsTelling.BeginAsync();
        world.Teams.Disorder.DuplicateDeliveries = true;
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        await world.PressAsync(world.Priya, card, "Done");
        await world.World.PassAsync(5);

        TeamsTelling.LinesOf(card).ShouldBe([.. TeamsTelling.ExpectedLines, "Priya Nair marked it done."]);
        world.Ops.Posts.Count(each => each.Buttons.Contains("Choose people")).ShouldBe(1);
        TeamsWorld.CardsIn(world.Ops).ShouldBe([card]);
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatches")).ShouldBe(1);
        world.World.Routee.Calls.Count.ShouldBe(2);
        foreach (var twins in world.Teams.Courier.Deliveries.GroupBy(each => each.Activity["id"]!.ToString()))
            twins.Select(each => each.Answer.Body).Distinct().ShouldHaveSingleItem();
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_that_was_ever_delivered_does_nothing_more_when_it_comes_again_after_a_restart()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(6);
        await world.PressAsync(world.Priya, card, "Skip");
        await world.ToTheEndAsync(card);
        await world.PressAsync(world.Priya, card, "Done");
        await world.World.PassAsync(5);
        var (shown, events) = (TeamsTelling.LinesOf(card), await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events"));

        await world.World.RestartAsync();
        foreach (var each in world.Teams.Courier.Deliveries.ToList())
        {
            (await world.Teams.Courier.SendAsync(each.Activity)).Status.ShouldBe(200);
            await world.SettleAsync();
        }
        await world.World.PassAsync(60);
        TeamsTelling.LinesOf(card).ShouldBe(shown);
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events")).ShouldBe(events);
        TeamsWorld.CardsIn(world.Ops).ShouldBe([card]);
        world.World.Routee.Calls.Count.ShouldBe(2);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_is_edited_is_not_taken_again()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var written = await world.Dana.SayAsync("@BotDispatch dispatch INC-1042", world.Ops);
        await world.SettleAsync();
        var asked = world.Ops.RepliesTo(written).ShouldHaveSingleItem();
        await world.Dana.EditAsync(written, "@BotDispatch dispatch INC-1043");
        await world.World.PassAsync(10);
        world.Ops.RepliesTo(written).ShouldBe([asked]);
        asked.Words.ShouldContain("INC-1042");
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("@BotDispatch cancel INC-1042")]
    [InlineData("@BotDispatch status INC-1042")]
    public async Task A_message_that_is_edited_into_a_cancellation_or_was_one_cancels_nothing(string before)
    {
        await using var world = await TeamsTelling.BeginAsync();
        world.World.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var written = await world.Dana.SayAsync(before, world.Ops);
        await world.SettleAsync();
        await world.World.PassAsync(20);
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(3);

        await world.Dana.EditAsync(written, "@BotDispatch cancel INC-1042");
        await world.World.PassAsync(60);
        TeamsTelling.LinesOf(card).ShouldNotContain(line => line.Contains("ancelled", StringComparison.Ordinal));
        world.World.CallsTo("ann.lee").Count.ShouldBeGreaterThan(1);

        // The same words, written anew, are a command.
        await world.Dana.SayAsync("@BotDispatch cancel INC-1042", world.Ops);
        await world.World.PassAsync(20);
        TeamsTelling.LinesOf(card).ShouldContain(line => line.Contains("Cancelled by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dialog_that_is_sent_twice_at_once_and_again_after_a_restart_begins_one_dispatch()
    {
        await using var world = await TeamsTelling.BeginAsync();
        await world.OpenAsync(world.Dana, await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops));
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");
        var sent = world.Teams.Courier.Deliveries.Single(each => each.Activity["name"]?.ToString() == "task/submit").Activity;
        // Another delivery of the same dialog, as two quick presses make it.
        var again = sent.DeepClone().AsObject();
        again["id"] = "f:again";
        (await Task.WhenAll(world.Teams.Courier.SendAsync(sent), world.Teams.Courier.SendAsync(again))).ShouldAllBe(answer => answer.Status == 200 && answer.Body.Length == 0);
        await world.World.RestartAsync();
        (await world.Teams.Courier.SendAsync(again)).Body.ShouldBeEmpty();
        await world.ToTheEndAsync(world.Card);

        TeamsWorld.CardsIn(world.Ops).Count.ShouldBe(1);
        TeamsTelling.LinesOf(world.Card).ShouldBe(
            [.. TeamsTelling.ExpectedLines.Take(2), "BotDispatch restarted and is looking up the call to Marcus Reed.", .. TeamsTelling.ExpectedLines.Skip(2)]);
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatches")).ShouldBe(1);
    }

    [Fact]
    public async Task Two_dialogs_for_one_ticket_that_are_sent_at_once_begin_one_dispatch()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var asked = await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        await world.OpenAsync(world.Dana, asked);
        await world.OpenAsync(world.Priya, asked);
        await world.Dana.PickAsync(world.Dana.Dialog!.Form, "people", "Ann Lee");
        await world.Priya.PickAsync(world.Priya.Dialog!.Form, "people", "Ann Lee");
        await Task.WhenAll(world.Dana.SubmitAsync("Dispatch"), world.Priya.SubmitAsync("Dispatch"));
        await world.World.PassAsync(5);

        var refused = new[] { world.Dana.Dialog, world.Priya.Dialog }.OfType<PretendTeams.Driver.TeamsDialog>().ShouldHaveSingleItem();
        refused.Words.ShouldContain("INC-1042 is already being dispatched");
        TeamsWorld.CardsIn(world.Ops).Count.ShouldBe(1);
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Skip")]
    [InlineData("I take it")]
    public async Task A_press_whose_answer_died_with_the_process_is_decided_once_when_it_is_pressed_again(string button)
    {
        await using var world = await TeamsTelling.BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(3);
        world.World.Life.EndIn(2);
        await world.Priya.PressAsync(card, button);
        world.Teams.Complaints.ShouldHaveSingleItem().Who.ShouldBe(world.Priya.Person);
        await world.SettleAsync();
        var delivery = world.Teams.Courier.Deliveries[^1].Activity;
        (await world.Teams.Courier.SendAsync(delivery)).Status.ShouldBe(200);
        await world.World.PassAsync(30);
        var word = button == "Skip" ? "skipped Marcus Reed" : "taken by Priya Nair";
        TeamsTelling.LinesOf(card).Count(line => line.Contains(word, StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_nobody_took_is_taken_when_it_comes_again()
    {
        await using var world = await TeamsTelling.BeginAsync();
        world.World.Life.Kill();
        var written = await world.Dana.SayAsync("@BotDispatch oncall", world.Ops);
        await world.SettleAsync();
        world.Ops.RepliesTo(written).ShouldBeEmpty();
        await world.World.PassAsync(60);
        world.Ops.RepliesTo(written).ShouldHaveSingleItem().Words.ShouldContain("Ann Lee");
        world.Teams.Courier.Deliveries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_app_says_hello_once_where_it_is_new_and_not_when_it_is_brought_up_to_date()
    {
        await using var world = await TeamsTelling.BeginAsync();
        await world.Teams.Installs.AddAsync(world.General, world.Dana.Person);
        await world.Teams.Installs.UpgradeAsync(world.General, world.Dana.Person);
        await world.Teams.Installs.AddAsync(world.Priya.Chat, world.Priya.Person);
        await world.World.PassAsync(10);
        world.General.Posts.ShouldHaveSingleItem().Words.ShouldContain("Mention me");
        world.Priya.Chat.Posts.ShouldHaveSingleItem().Words.ShouldStartWith("Hello.");
        world.Teams.Complaints.ShouldBeEmpty();
    }
}
