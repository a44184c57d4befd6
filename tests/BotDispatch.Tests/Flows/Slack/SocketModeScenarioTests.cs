using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>A dispatch over sockets, with refreshes, a restart and repeated envelopes in it: nobody's command is lost.</summary>
public sealed class SocketModeScenarioTests
{
    [Fact]
    public async Task The_dispatch_goes_through_sockets_while_they_are_refreshed_and_the_process_restarts()
    {
        await using var world = await SlackWorld.BeginAsync(configure: options => options.SocketMode = true);
        world.Slack.Disorder.DuplicateDeliveries = true;
        world.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        await world.ReadyAsync(2);

        var refresh = world.Slack.Sockets.RefreshAsync(world.Slack.Sockets.Open[0]);
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(15);
        await refresh;
        await world.RestartAsync();
        await world.ReadyAsync(2);
        await world.ToTheEndAsync(card);

        card.Words.ShouldContain("Accepted");
        await world.Dana.TypeAsync("/dispatch status INC-1042", world.Ops);
        await world.SettleAsync();
        world.Dana.Ephemerals.ShouldHaveSingleItem().Words.ShouldContain("Accepted");
        world.Slack.Complaints.ShouldBeEmpty();
        world.Ops.Roots.ShouldBe([card]);
        world.World.CallsTo("ann.lee").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task No_command_is_lost_over_many_refreshes()
    {
        await using var world = await SlackWorld.BeginAsync(configure: options => options.SocketMode = true);
        await world.ReadyAsync(2);
        for (var n = 0; n < 8; n++)
        {
            var refresh = world.Slack.Sockets.RefreshAsync(world.Slack.Sockets.Ready[n % 2]);
            await world.Dana.TypeAsync("/dispatch help", world.Ops);
            await world.World.PassAsync(12);
            await refresh;
            await world.ReadyAsync(2);
            await world.Dana.TypeAsync("/dispatch list", world.Ops);
            await world.SettleAsync();
        }
        world.Slack.Complaints.ShouldBeEmpty();
        world.Dana.Ephemerals.Count.ShouldBe(16);
    }
}
