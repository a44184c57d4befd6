using BotDispatch.PretendSlack;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>The place where a dispatch is shown goes away in the middle of it: it goes on, and is shown elsewhere.</summary>
public sealed class SlackPlaceTests
{
    [Theory]
    [InlineData(OrphanReplies.Unthreaded)]
    [InlineData(OrphanReplies.Threaded)]
    [InlineData(OrphanReplies.Refused)]
    public async Task A_card_that_is_deleted_while_it_is_dispatched_again_is_drawn_anew(OrphanReplies fate)
    {
        await using var world = await SlackTelling.BeginAsync();
        world.Slack.Disorder.OrphanReplies = fate;
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.ToTheEndAsync(card);
        await world.PressAsync(world.Dana, card, "Re-dispatch");
        var dialog = world.Dana.Dialog.ShouldNotBeNull();
        world.Ops.Delete(card);
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        (await world.Dana.SubmitAsync(dialog)).ShouldBeOfType<Submitted.Closed>();
        await world.World.PassUntilAsync(() => Task.FromResult(world.Ops.Roots.Any(each => each.Buttons.Count > 0)));
        var anew = world.Ops.Roots.Single(each => each.Buttons.Count > 0);
        await world.ToTheEndAsync(anew);

        anew.Words.ShouldContain("Accepted");
        SlackTelling.LinesOf(anew)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1");
        world.Ops.Roots.ShouldBe([anew], "nothing of it stands beside the card");
        world.World.CallsTo("ann.lee").Count.ShouldBe(2);
        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
    }

    [Theory]
    [InlineData("is_archived")]
    [InlineData("read_only")]
    public async Task A_channel_that_closes_in_the_middle_leaves_the_rest_to_the_requester(string trouble)
    {
        await using var world = await SlackTelling.BeginAsync();
        await using var calm = await SlackTelling.BeginAsync();
        foreach (var each in (SlackWorld[])[calm, world])
        {
            var card = await each.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
            await each.World.PassAsync(6);
            each.Ops.IsArchived = each == world && trouble == "is_archived";
            each.Ops.IsReadOnly = each == world && trouble == "read_only";
            await each.World.PassAsync(120);
        }
        SlackTelling.CallTimes(world).ShouldBe(SlackTelling.CallTimes(calm));
        var direct = world.Team.DirectWith("U0DANA").Roots.ShouldHaveSingleItem();
        direct.Words.ShouldContain("Accepted");
        SlackTelling.LinesOf(world.Card).Concat(SlackTelling.LinesOf(direct)).ShouldBe(SlackTelling.ExpectedLines);
    }
}
