using BotDispatch.PretendSlack.Driver;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Mirrors;

/// <summary>A dispatch that is begun in one chat and followed in another: both tell the same, and both have live buttons.</summary>
public sealed class MirrorScenarioTests
{
    [Fact]
    public async Task Begun_in_Slack_and_followed_in_Teams_it_ends_with_the_same_words_and_mentions_the_requester_in_both()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        await world.DispatchInSlackAsync([MirrorWorld.InTeams], "Marcus Reed", "Ann Lee");
        world.SlackCard.Words.ShouldContain($"Also in {MirrorWorld.InTeams}");
        world.TeamsCard.Words.ShouldContain("Also in Slack");
        world.TeamsCard.Buttons.ShouldBe(["Skip", "I take it", "Cancel"]);
        await world.ToTheEndAsync();

        world.LinesInTeams.ShouldBe(world.LinesInSlack);
        world.LinesInTeams.ShouldContain($"Shown in Slack and {MirrorWorld.InTeams}.");
        world.LinesInTeams[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
        world.TeamsCard.Words.ShouldContain("Accepted");
        world.TeamsCard.Buttons.ShouldBe(["Done", "Re-dispatch"]);
        world.Slack.Pings.ShouldHaveSingleItem().Who.ShouldBe("<@U0DANA>");
        world.Teams.Teams.Pings.ShouldHaveSingleItem().Who.ShouldBe(world.Teams.Dana.Person);
        world.World.Routee.Calls.Count.ShouldBe(2);
        Quiet(world);
    }

    [Fact]
    public async Task By_setting_it_is_shown_without_a_word_in_the_dialog_also_the_other_way_round()
    {
        await using var world = await MirrorWorld.BeginAsync("MirrorTo");
        var card = await world.Teams.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.Teams.ToTheEndAsync(card);
        world.LinesInSlack.ShouldBe(world.LinesInTeams);
        world.LinesInSlack.ShouldContain($"Shown in Teams and {MirrorWorld.InSlack}.");
        world.SlackCard.Buttons.ShouldBe(["Done", "Re-dispatch"]);
        world.Slack.Pings.ShouldHaveSingleItem().Who.ShouldBe("<@U0DANA>");
        Quiet(world);
    }

    [Fact]
    public async Task In_Teams_too_the_dialog_asks_where_else_and_keeps_it_when_it_is_drawn_again()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        var dana = world.Teams.Dana;
        var dialog = await world.Teams.OpenAsync(dana, await world.Teams.AskAsync(dana, "@BotDispatch dispatch INC-1042", world.Teams.Ops));
        await dana.PickAsync(dialog.Form, "people", "Marcus Reed", "Ann Lee");
        await dana.PickAsync(dialog.Form, "alsoIn", MirrorWorld.InSlack);
        await dana.SubmitAsync("Show order and words");
        await dana.SubmitAsync("Dispatch");
        await world.World.SettleAsync();
        await world.Teams.ToTheEndAsync(world.TeamsCard);
        world.LinesInSlack.ShouldBe(world.LinesInTeams);
        world.SlackCard.Words.ShouldContain("Also in Teams");
        Quiet(world);
    }

    [Fact]
    public async Task A_button_in_the_mirror_changes_it_everywhere()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        world.World.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        await world.DispatchInSlackAsync([MirrorWorld.InTeams], "Ann Lee", "Marcus Reed");
        await world.World.PassAsync(3);
        await world.Teams.PressAsync(world.Teams.Priya, world.TeamsCard, "Skip");
        await world.World.PassAsync(1);
        world.LinesInSlack.ShouldContain("Priya Nair skipped Ann Lee.");
        await world.Teams.PressAsync(world.Teams.Priya, world.TeamsCard, "I take it");
        await world.World.PassAsync(20);
        world.SlackCard.Words.ShouldContain("Taken by Priya Nair in the channel.");
        world.LinesInSlack.ShouldBe(world.LinesInTeams);
        await world.Dana.PressAsync(world.SlackCard, "Done");
        await world.World.PassAsync(3);
        world.TeamsCard.Words.ShouldContain("Taken by Priya Nair in the channel; done.");
        Quiet(world);
    }

    [Fact]
    public async Task A_successor_that_is_begun_in_the_mirror_goes_on_in_both_threads()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        await world.DispatchInSlackAsync([MirrorWorld.InTeams], "Ann Lee");
        await world.ToTheEndAsync();
        await world.Teams.PressAsync(world.Teams.Gus, world.TeamsCard, "Re-dispatch");
        await world.Teams.Gus.PressAsync(world.TeamsCard, "Dispatch");
        await world.World.SettleAsync();
        await world.World.PassAsync(90);
        world.LinesInSlack.ShouldContain("Re-dispatched by Gus Guest. To be called, in this order: Ann Lee.");
        world.LinesInTeams.ShouldBe(world.LinesInSlack);
        (world.Channel.Roots.Count(each => each.IsFromBot), TeamsCards(world)).ShouldBe((1, 1));
        world.World.CallsTo("ann.lee").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_is_not_in_the_other_channel_reads_it_in_the_dialog_and_nobody_there_reads_a_word()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        await world.Gus.TypeAsync("/dispatch INC-1042", world.Channel);
        await world.World.SettleAsync();
        var dialog = world.Gus.Dialog.ShouldNotBeNull();
        await world.Gus.PickAsync(dialog, "people", "Ann Lee");
        await world.World.SettleAsync();
        await world.Gus.PickAsync(world.Gus.Dialog!, "alsoIn", MirrorWorld.InTeams);
        (await world.Gus.SubmitAsync(world.Gus.Dialog!)).ShouldBeOfType<Submitted.Errors>().ByBlock["alsoIn"].ShouldStartWith($"You are not a member of {MirrorWorld.InTeams}");
        TeamsCards(world).ShouldBe(0);
        world.World.Routee.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task By_setting_a_stranger_to_the_other_channel_dispatches_all_the_same()
    {
        await using var world = await MirrorWorld.BeginAsync("MirrorTo");
        await world.Gus.TypeAsync("/dispatch INC-1042", world.Channel);
        await world.World.SettleAsync();
        await world.Gus.PickAsync(world.Gus.Dialog!, "people", "Ann Lee");
        await world.World.SettleAsync();
        (await world.Gus.SubmitAsync(world.Gus.Dialog!)).ShouldBeOfType<Submitted.Closed>();
        await world.World.SettleAsync();
        await world.ToTheEndAsync();
        TeamsCards(world).ShouldBe(0);
        world.LinesInSlack[^1].ShouldStartWith("Accepted: Ann Lee");
        world.LinesInSlack.Count(line => line == $"Not shown in {MirrorWorld.InTeams}: gus is not a member there.").ShouldBe(1);
    }

    [Fact]
    public async Task A_command_shows_a_running_one_in_the_other_chat_with_one_summary()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        world.World.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        await world.DispatchInSlackAsync([], "Marcus Reed", "Ann Lee");
        await world.World.PassUntilAsync(() => Task.FromResult(world.LinesInSlack.Contains("Ann Lee, attempt 1 of 3: No answer (not picked up).")));
        TeamsCards(world).ShouldBe(0);
        await world.Dana.TypeAsync($"/dispatch also INC-1042 in {MirrorWorld.InTeams}", world.Channel);
        await world.World.SettleAsync();
        world.Dana.Ephemerals[^1].Words.ShouldContain($"INC-1042 is now also shown in {MirrorWorld.InTeams}.");
        world.LinesInTeams.ShouldBe(
        [
            "Asked for by Dana Dispatcher, and shown here from now on. To be called, in this order: Marcus Reed, Ann Lee.",
            "Marcus Reed: called once: Rejected.",
            "Ann Lee: called once: No answer (not picked up).",
            "Now: Pause before the next call to Ann Lee.",
        ]);
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        await world.ToTheEndAsync();
        world.LinesInTeams.Skip(4).ShouldBe(world.LinesInSlack.TakeLast(3));
        Quiet(world);
    }

    static int TeamsCards(MirrorWorld world) => Teams.TeamsWorld.CardsIn(world.Teams.Ops).Count;

    static void Quiet(MirrorWorld world)
    {
        world.Slack.Complaints.ShouldBeEmpty();
        world.Teams.Teams.Complaints.ShouldBeEmpty();
    }
}
