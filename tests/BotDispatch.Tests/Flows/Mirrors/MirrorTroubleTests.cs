using BotDispatch.PretendTeams;

namespace BotDispatch.Tests.Flows.Mirrors;

/// <summary>What becomes of a dispatch in one chat while the other is down, gone, or the process dies.</summary>
public sealed class MirrorTroubleTests
{
    [Fact]
    public async Task While_the_mirror_is_down_nothing_is_delayed_and_when_it_is_back_one_summary_says_it()
    {
        var untroubled = await TimesAsync(_ => { });
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        world.Teams.Teams.Disorder.Always("*", new Spoil.Break(503));
        await world.DispatchInSlackAsync([MirrorWorld.InTeams], "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync();
        Times(world).ShouldBe(untroubled);
        Teams.TeamsWorld.CardsIn(world.Teams.Ops).ShouldBeEmpty();

        world.Teams.Teams.Disorder.Calm();
        await world.World.PassAsync(TimeSpan.FromMinutes(10));
        world.LinesInTeams.ShouldBe(
        [
            "Asked for by Dana Dispatcher, and shown here from now on. To be called, in this order: Marcus Reed, Ann Lee.",
            "Marcus Reed: called once: Rejected.",
            "Ann Lee: called once: Accepted.",
            "Accepted: Ann Lee accepted by phone. INC-1042: Lift 2 is stuck between floors with two people inside",
        ]);
        world.TeamsCard.Buttons.ShouldBe(["Done", "Re-dispatch"]);
    }

    [Fact]
    public async Task While_the_place_where_it_was_begun_is_down_the_mirror_tells_everything()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        await world.OpenInSlackAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.Dana.PickAsync(world.Dana.Dialog!, "alsoIn", MirrorWorld.InTeams);
        world.Slack.Disorder.Always("chat.postMessage", new PretendSlack.Spoil.Refuse("internal_error"));
        await world.Dana.SubmitAsync(world.Dana.Dialog!);
        await world.World.SettleAsync();
        await world.Teams.ToTheEndAsync(world.TeamsCard);
        world.LinesInTeams[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
        world.Channel.Roots.ShouldAllBe(each => !each.IsFromBot);
    }

    [Fact]
    public async Task A_mirror_that_is_removed_for_good_is_given_up_and_the_other_thread_says_so_once()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        await world.DispatchInSlackAsync([MirrorWorld.InTeams], "Marcus Reed", "Ann Lee");
        world.Teams.Ops.HasBot = false;
        await world.ToTheEndAsync();
        world.LinesInSlack.Count(line => line.StartsWith($"Not shown in {MirrorWorld.InTeams}: the chat refuses it there (BotNotInConversationRoster)", StringComparison.Ordinal)).ShouldBe(1);
        world.LinesInSlack.ShouldContain(line => line.StartsWith("Accepted: Ann Lee", StringComparison.Ordinal));
        world.SlackCard.Words.ShouldNotContain("Also in");
        await world.World.PassAsync(TimeSpan.FromHours(1));
        (await Slack.SlackTelling.CountAsync(world.World, "SELECT COUNT(*) FROM lanes WHERE lane LIKE 'thread%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Where_the_app_is_not_installed_the_dialog_says_what_to_do()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn", isTeamsKnown: false);
        world.Teams.Ops.HasBot = false;
        await world.OpenInSlackAsync("/dispatch INC-1042", "Ann Lee");
        await world.Dana.PickAsync(world.Dana.Dialog!, "alsoIn", MirrorWorld.InTeams);
        (await world.Dana.SubmitAsync(world.Dana.Dialog!)).ShouldBeOfType<PretendSlack.Driver.Submitted.Errors>().ByBlock["alsoIn"]
            .ShouldBe($"This app cannot see {MirrorWorld.InTeams} (BotNotInConversationRoster). Ask somebody to add it there, or leave that place out.");
    }

    [Fact]
    public async Task An_app_that_was_added_in_Teams_before_this_was_started_is_found_there()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn", isTeamsKnown: false);
        await world.DispatchInSlackAsync([MirrorWorld.InTeams], "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync();
        world.LinesInTeams.ShouldBe(world.LinesInSlack);
        world.TeamsCard.Words.ShouldContain("Ann Lee accepted by phone.");
        world.Teams.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_process_that_dies_in_the_middle_goes_on_in_both_and_says_nothing_twice()
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        await world.DispatchInSlackAsync([MirrorWorld.InTeams], "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(8);
        await world.World.RestartAsync();
        await world.ToTheEndAsync();
        world.LinesInTeams.ShouldBe(world.LinesInSlack);
        world.LinesInSlack.Count.ShouldBe(world.LinesInSlack.Distinct().Count());
        world.World.Routee.Calls.Count.ShouldBe(2);
    }

    static async Task<List<DateTimeOffset>> TimesAsync(Action<MirrorWorld> spoil)
    {
        await using var world = await MirrorWorld.BeginAsync("AlsoIn");
        spoil(world);
        await world.DispatchInSlackAsync([MirrorWorld.InTeams], "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync();
        return Times(world);
    }

    static List<DateTimeOffset> Times(MirrorWorld world) => [.. world.World.Routee.Calls.Select(call => call.PlacedAt)];
}
