using BotDispatch.Core;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

public sealed class FirstFlowTests
{
    [Fact]
    public async Task Whoever_presses_1_has_the_job_and_the_channel_reads_it()
    {
        await using var world = await World.BeginAsync();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "jonas.weber");
        await world.PassAsync(3);
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Ringing);

        await world.Phone("ann.lee").AnswerAsync();
        await world.PassAsync(5);
        await world.Phone("ann.lee").PressAsync("1");
        await world.SettleAsync();

        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        var end = await world.ToTheEndAsync(id);
        world.Chat.Lines.ShouldContain(line => line.Contains("Ann Lee") && line.StartsWith("Accepted:", StringComparison.Ordinal));
        world.Chat.Cards.ShouldHaveSingleItem().Status.ShouldBe("Accepted");
        end.Legs.ShouldHaveSingleItem().Status.ShouldBe(LegStatus.Completed);
    }
}
