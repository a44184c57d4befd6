using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Storage;

/// <summary>What a chat delivers twice is decided once, also after a restart and on another node.</summary>
public class SeenDeliveryTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_delivery_is_decided_once_in_one_commit_and_in_a_later_one(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1");
        await ground.Node.StartAsync(plan);
        var together = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CancelAsync(ground.Node, plan.Id, "press-1")));
        together.Count(each => each is Applied.Decided { Decision.IsIgnored: false }).ShouldBe(1);
        together.Count(each => each is Applied.SeenBefore).ShouldBe(4);
        (await CancelAsync(ground.Node, plan.Id, "press-1")).ShouldBeOfType<Applied.SeenBefore>().State.IsClosed.ShouldBeTrue();
        // A press of its own is answered on its own.
        (await CancelAsync(ground.Node, plan.Id, "press-2")).ShouldBeOfType<Applied.Decided>().Decision.IsIgnored.ShouldBeTrue();
        (await CancelAsync(ground.Node, plan.Id, "press-2")).ShouldBeOfType<Applied.SeenBefore>();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Another_process_knows_it_too(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1");
        await ground.Node.StartAsync(plan);
        await CancelAsync(ground.Node, plan.Id, "press-1");
        (await CancelAsync(ground.NewNode(), plan.Id, "press-1")).ShouldBeOfType<Applied.SeenBefore>();
    }

    [Theory, OnPostgreSql]
    public async Task Two_nodes_that_get_it_at_once_decide_it_once(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        Node[] nodes = [ground.Node, ground.NewNode(), ground.NewNode()];
        for (var n = 0; n < 20; n++)
        {
            var plan = Some.Plan($"INC-{n}");
            await ground.Node.StartAsync(plan);
            var answers = await Task.WhenAll(nodes.Select(node => Task.Run(() => CancelAsync(node, plan.Id, $"press-{plan.Id}"))));
            answers.Count(each => each is Applied.Decided { Decision.IsIgnored: false }).ShouldBe(1);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_could_not_be_decided_may_come_again(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1");
        await ground.Node.StartAsync(plan);
        await Should.ThrowAsync<IndexOutOfRangeException>(() => ground.Node.Engine.ApplyOnceAsync(plan.Id, Some.Begin(new(plan.Id, 99, 1)), "press-1", default));
        (await CancelAsync(ground.Node, plan.Id, "press-1")).ShouldBeOfType<Applied.Decided>().Decision.IsIgnored.ShouldBeFalse();
    }

    static Task<Applied> CancelAsync(Node node, DispatchId id, string delivery) => node.Engine.ApplyOnceAsync(id, new DispatchInput.Cancel(Some.Dana), delivery, default);
}
