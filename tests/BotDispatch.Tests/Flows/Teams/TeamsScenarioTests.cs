namespace BotDispatch.Tests.Flows.Teams;

/// <summary>What people do in a channel of Teams, from the command to the acceptance.</summary>
public sealed class TeamsScenarioTests
{
    [Fact]
    public async Task A_command_a_dialog_two_calls_and_the_channel_reads_who_has_the_job()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var asked = await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        asked.Words.ShouldContain("INC-1042");
        world.World.Routee.Calls.ShouldBeEmpty();
        var dialog = await world.OpenAsync(world.Dana, asked);
        dialog.Title.ShouldBe("Dispatch");
        dialog.Words.ShouldContain("Lift 2 is stuck");
        await world.SendAsync(world.Dana, "Marcus Reed", "Ann Lee");
        world.Dana.Dialog.ShouldBeNull();

        var card = world.Card;
        card.Words.ShouldContain("INC-1042");
        card.Buttons.ShouldBe(["Skip", "I take it", "Cancel"]);
        card.IsRoot.ShouldBeTrue();
        await world.ToTheEndAsync(card);

        card.Words.ShouldContain("Accepted");
        card.Buttons.ShouldBe(["Done", "Re-dispatch"]);
        card.Updates.ShouldBeGreaterThan(2);
        TeamsTelling.LinesOf(card).ShouldBe(TeamsTelling.ExpectedLines);
        var acceptance = world.Ops.RepliesTo(card).Single(reply => reply.Words.Contains("Accepted: Ann Lee", StringComparison.Ordinal));
        acceptance.Mentions.ShouldBe([world.Dana.Person]);
        world.Teams.Pings.ShouldHaveSingleItem().Post.ShouldBe(acceptance);
        world.World.Routee.Calls.Count.ShouldBe(2);
        TeamsWorld.CardsIn(world.Ops).ShouldBe([card]);
        world.Teams.Complaints.ShouldBeEmpty();
    }
}
