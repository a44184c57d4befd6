using BotDispatch.PretendSlack.Driver;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>What people do in a workspace, from the command to the acceptance, over HTTP.</summary>
public sealed class SlackScenarioTests
{
    [Fact]
    public async Task A_command_a_dialog_two_calls_and_the_channel_reads_who_has_the_job()
    {
        await using var world = await SlackWorld.BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();

        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        card.Words.ShouldContain("INC-1042");
        card.Buttons.ShouldBe(["Skip", "I take it", "Cancel"]);
        await world.ToTheEndAsync(card);

        card.Words.ShouldContain("Accepted");
        card.Buttons.ShouldBe(["Done", "Re-dispatch"]);
        var thread = string.Join('\n', SlackWorld.ThreadOf(card));
        thread.ShouldContain("Marcus Reed pressed 2: Rejected.");
        thread.ShouldContain("Accepted: Ann Lee pressed 1");
        var acceptance = world.Ops.RepliesTo(card).Single(reply => reply.Words.Contains("Accepted: Ann Lee", StringComparison.Ordinal));
        acceptance.IsBroadcast.ShouldBeTrue();
        acceptance.Calls.ShouldBe(["<@U0DANA>"]);
        world.Slack.Pings.ShouldHaveSingleItem().Message.ShouldBe(acceptance);
        world.Slack.Complaints.ShouldBeEmpty();
        world.Ops.Roots.ShouldBe([card]);
    }

    [Fact]
    public async Task Cancel_asks_first_and_a_second_press_is_answered_in_private()
    {
        await using var world = await SlackWorld.BeginAsync();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Ann Lee");
        await world.World.PassAsync(3);

        await world.Dana.PressAsync(card, "Cancel", confirm: false);
        await world.SettleAsync();
        card.Words.ShouldContain("Calling");
        var stale = card.Blocks!.DeepClone();
        await world.PressAsync(world.Dana, card, "Cancel");
        await world.World.PassAsync(5);

        world.Dana.Confirmed.Count.ShouldBe(2);
        card.Words.ShouldContain("Cancelled by Dana Dispatcher");
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
        card.Buttons.ShouldBe(["Re-dispatch"]);
        stale.ToJsonString().ShouldContain("dispatch_cancel");
    }

    [Fact]
    public async Task I_take_it_is_for_employees_and_others_read_how_to_become_one()
    {
        await using var world = await SlackWorld.BeginAsync();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Ann Lee");
        await world.PressAsync(world.Gus, card, "I take it");
        world.Gus.Ephemerals.ShouldHaveSingleItem().Words.ShouldContain("employee");
        card.Words.ShouldNotContain("Taken");

        await world.PressAsync(world.Priya, card, "I take it");
        await world.World.PassAsync(20);
        card.Words.ShouldContain("Taken by Priya Nair in the channel");
    }

    [Fact]
    public async Task Re_dispatch_is_prefilled_without_those_who_rejected_and_goes_on_in_the_same_thread()
    {
        await using var world = await SlackWorld.BeginAsync();
        world.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var card = await world.DispatchAsync("/dispatch INC-1042 note: use gate B", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);

        await world.PressAsync(world.Dana, card, "Re-dispatch");
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        (await world.Dana.SubmitAsync(world.Dana.Dialog.ShouldNotBeNull())).ShouldBeOfType<Submitted.Closed>();
        await world.SettleAsync();
        await world.ToTheEndAsync(card);

        world.Ops.Roots.ShouldBe([card]);
        string.Join('\n', SlackWorld.ThreadOf(card)).ShouldContain("Re-dispatched by Dana Dispatcher");
        world.World.CallsTo("marcus.reed").ShouldHaveSingleItem();
        world.World.CallsTo("ann.lee").Count.ShouldBe(2);
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/dispatch", "/dispatch INC-1042")]
    [InlineData("/dispatch help", "/dispatch oncall")]
    [InlineData("/dispatch INC-9999", "INC-9999")]
    [InlineData("/dispatch status", "Nothing is being dispatched")]
    [InlineData("/dispatch list", "Nothing is being dispatched")]
    [InlineData("/dispatch oncall", "Ann Lee")]
    [InlineData("/dispatch cancel", "Nothing is being dispatched")]
    public async Task What_needs_no_dialog_is_answered_to_that_person_alone(string typed, string answer)
    {
        await using var world = await SlackWorld.BeginAsync();
        await world.Dana.TypeAsync(typed, world.Ops);
        await world.SettleAsync();
        world.Dana.Ephemerals.ShouldHaveSingleItem().Words.ShouldContain(answer);
        world.Ops.Messages.ShouldBeEmpty();
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_in_a_thread_is_dispatched_by_its_shortcut()
    {
        await using var world = await SlackWorld.BeginAsync();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var root = world.Gus.Say("Good morning", world.Ops);
        var reply = world.Gus.Say("Water comes through the ceiling of room 4 <!channel>", world.Ops, root);
        await world.Dana.MessageShortcutAsync(reply, "dispatch_message");
        await world.SettleAsync();
        await world.Dana.PickAsync(world.Dana.Dialog.ShouldNotBeNull(), "people", "Ann Lee");
        (await world.Dana.SubmitAsync(world.Dana.Dialog!)).ShouldBeOfType<Submitted.Closed>();
        await world.SettleAsync();
        var card = world.Card;
        await world.ToTheEndAsync(card);

        card.Words.ShouldContain("Water comes through the ceiling of room 4");
        card.ThreadTs.ShouldBeNull();
        world.Slack.Pings.ShouldAllBe(ping => ping.Who == "<@U0DANA>" || ping.Message == reply);
    }

    [Fact]
    public async Task Home_shows_what_is_open_and_begins_a_dispatch_anywhere()
    {
        await using var world = await SlackWorld.BeginAsync();
        await world.Dana.OpenHomeAsync();
        await world.SettleAsync();
        var home = world.Dana.Home.ShouldNotBeNull();
        await world.Dana.PressAsync(home, "Dispatch");
        await world.SettleAsync();
        var ask = world.Dana.Dialog.ShouldNotBeNull();
        await world.Dana.FillAsync(ask, "what", "INC-1042");
        await world.Dana.PickAsync(ask, "where", world.Ops.Id);
        await world.Dana.SubmitAsync(ask);
        await world.SettleAsync();
        await world.Dana.PickAsync(world.Dana.Dialog.ShouldNotBeNull(), "people", "Ann Lee");
        (await world.Dana.SubmitAsync(world.Dana.Dialog!)).ShouldBeOfType<Submitted.Closed>();
        await world.SettleAsync();

        world.Card.Words.ShouldContain("INC-1042");
        await world.World.PassAsync(10);
        world.Dana.Home.ShouldNotBeNull().Words.ShouldContain("INC-1042");
        world.Slack.Complaints.ShouldBeEmpty();
    }
}
