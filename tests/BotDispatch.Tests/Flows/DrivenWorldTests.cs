using Microsoft.Extensions.Hosting;

namespace BotDispatch.Tests.Flows;

public sealed class DrivenWorldTests
{
    /// <summary>A timer that runs by itself makes every scenario stop for each of its ticks, and costs more than the scenario itself.</summary>
    [Fact]
    public async Task No_loop_of_ours_runs_beside_a_scenario()
    {
        await using var world = await World.BeginAsync();
        world.App.Get<IEnumerable<IHostedService>>().Select(loop => loop.GetType().FullName).ShouldAllBe(name => !name!.StartsWith("BotDispatch", StringComparison.Ordinal));
    }
}
