using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Storage;

public class SeveralNodesTests
{
    [Theory, OnPostgreSql]
    public async Task A_key_is_decided_by_a_node_that_did_not_know_of_the_call(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (here, there, plan) = (ground.Node, ground.NewNode(), Some.Plan("INC-1"));
        await here.StartAsync(plan);
        await there.SettleAsync();
        Some.Decided(await here.ApplyAsync(plan.Id, new DispatchInput.KeysPressed(Some.Call(plan.Id), "1"))).ShouldBeTrue();
        (await there.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana))).ShouldBeOfType<Applied.Decided>().Decision.State.Resolution.ShouldBeOfType<Resolution.Accepted>();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task Of_two_keys_on_two_nodes_one_decides(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        List<Node> nodes = [ground.Node, ground.NewNode()];
        for (var n = 0; n < 25; n++)
        {
            var id = await nodes[n % 2].BeginAsync(Some.Plan($"INC-{n}", $"ann{(char)('a' + n)}"));
            var answers = await Task.WhenAll(nodes.Select((node, which) => Task.Run(() => node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), which == 0 ? "1" : "2")))));
            answers.Count(Some.Decided).ShouldBe(1);
            var states = answers.Select(answer => ((Applied.Decided)answer).Decision.State).ToList();
            states[0].Legs[0].FirstKey.ShouldBe(states[1].Legs[0].FirstKey, "both are told the same truth");
        }
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task What_lost_to_another_node_is_decided_again_in_its_order(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        List<Node> nodes = [ground.Node, ground.NewNode()];
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        // Each node hands in ever longer tones: out of order, a shorter one would be ignored.
        var answers = await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(1, 12).Select(length => (node, length)))
            .Select(each => each.node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), new string('9', each.length)))));
        answers.Count(Some.Decided).ShouldBeGreaterThanOrEqualTo(12);
        var leg = (await ground.Node.StateAsync(id)).Legs[0];
        leg.Tones.ShouldBe(new string('9', 12));
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task A_lost_connection_costs_nobody_an_answer_at_rest(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        await ground.CutConnectionsAsync();
        Some.Decided(await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1"))).ShouldBeTrue();
        await ground.CutConnectionsAsync();
        await ground.Node.SettleAsync();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task Connections_that_are_cut_in_the_middle_lose_nothing_that_was_answered(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plans = Enumerable.Range(0, 400).Select(n => Some.Plan($"INC-{n}", $"p{(char)('a' + (n % 26))}{(char)('a' + (n / 26))}")).ToList();
        var answers = plans.Select(plan => (Plan: plan, Answer: Task.Run(() => ground.Node.StartAsync(plan)))).ToList();
        for (var cuts = 0; cuts < 12; cuts++)
            await ground.CutConnectionsAsync();
        var unknown = new List<DispatchPlan>();
        foreach (var (plan, answer) in answers)
            try
            {
                // Decided for the second time, if the first commit was stored and its answer lost.
                (await answer).ShouldBeOfType<Applied.Decided>().Decision.State.Plan.Id.ShouldBe(plan.Id);
            }
            catch (Exception exception) when (exception is System.Data.Common.DbException or IOException)
            {
                unknown.Add(plan);
            }
        var stored = (await ground.ReadAsync<string>("SELECT id FROM dispatches")).ToHashSet();
        plans.Except(unknown).ShouldAllBe(plan => stored.Contains(plan.Id.Value));
        foreach (var plan in unknown)
            (await ground.Node.StartAsync(plan)).ShouldBeOfType<Applied.Decided>();
        (await ground.CountAsync("dispatches")).ShouldBe(plans.Count);
        await Truth.HoldsAsync(ground);
    }
}
