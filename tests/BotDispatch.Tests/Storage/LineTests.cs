using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Storage;

public class LineTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Of_many_dispatches_that_want_somebody_one_phones_and_the_others_wait(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var ids = await StartManyAsync(ground.Node, 30, "bob");
        await ground.Node.SettleAsync();
        ground.Phone.Placed.Count.ShouldBe(1);
        var states = await Task.WhenAll(ids.Select(ground.Node.StateAsync));
        states.Count(state => state.Phase is Phase.AwaitingPerson && state.Callees[0].PassedOver is PassedOverReason.OnThePhone).ShouldBe(29);
        (await ground.CountAsync("line_waits")).ShouldBe(29);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task Nodes_that_race_for_many_people_never_ring_anybody_twice(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        List<Node> nodes = [ground.Node, ground.NewNode(), ground.NewNode()];
        string[] people = ["ann", "bob", "cyd", "dan"];
        var ids = new List<DispatchId>();
        for (var n = 0; n < 36; n++)
        {
            var plan = Some.Plan($"INC-{n}", [.. people.Skip(n % 4), .. people.Take(n % 4)]);
            ids.Add(plan.Id);
            await nodes[n % 3].StartAsync(plan);
        }
        for (var round = 0; round < 4; round++)
        {
            await Task.WhenAll(nodes.Select(node => Task.Run(node.SettleAsync)));
            await Truth.NobodyIsRungTwiceAsync(ground);
            (await Truth.RungAsync(ground)).Count.ShouldBe(4, "nobody who is free is left out");
            var live = (await Task.WhenAll(ids.Select(nodes[0].StateAsync))).SelectMany(state => state.Legs).Where(leg => leg.IsLive).ToList();
            await Task.WhenAll(live.Select((leg, n) => nodes[n % 3].ApplyAsync(leg.Attempt.Dispatch, Some.Leg(leg.Attempt, LegStatus.NoAnswer))));
        }
        ground.Phone.Placed.AsEnumerable().ShouldBeUnique();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_waiting_dispatch_is_woken_when_the_call_has_ended(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var (first, second) = (await node.BeginAsync(Some.Plan("INC-1", "bob")), await node.BeginAsync(Some.Plan("INC-2", "bob")));
        await node.ApplyAsync(first, Some.Leg(Some.Call(first), LegStatus.Busy));
        (await node.ApplyAsync(first, new DispatchInput.Cancel(Some.Dana))).ShouldBeOfType<Applied.Decided>();
        await node.SettleAsync();
        ground.Phone.Placed.AsEnumerable().ShouldBe([Some.Call(first), Some.Call(second)]);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Who_is_woken_but_looks_when_another_has_the_line_already_is_woken_again_when_that_call_ends(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var (first, second) = (await node.BeginAsync(Some.Plan("INC-1", "bob")), await node.BeginAsync(Some.Plan("INC-2", "bob")));
        var third = await node.BeginAsync(Some.Plan("INC-3", "bob"));
        await EndAsync(first);
        await node.ApplyAsync(second, new DispatchInput.LineFreed(Some.PhoneOf("bob")));
        Some.Decided(await node.ApplyAsync(second, Some.Begin(Some.Call(second)))).ShouldBeTrue();
        await node.SettleAsync();
        (await node.StateAsync(third)).Phase.ShouldBeOfType<Phase.AwaitingPerson>();
        (await ground.ReadAsync<string>("SELECT dispatch FROM line_waits")).ShouldBe([third.Value]);

        await EndAsync(second);
        await node.SettleAsync();
        ground.Phone.Placed.ShouldContain(Some.Call(third));
        (await ground.CountAsync("line_waits")).ShouldBe(0);
        await Truth.HoldsAsync(ground);

        async Task EndAsync(DispatchId id)
        {
            await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Busy));
            Some.Decided(await node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana))).ShouldBeTrue();
        }
    }

    [Theory, OnPostgreSql]
    public async Task A_waiting_dispatch_is_woken_also_by_a_node_that_did_not_know_of_the_waiting(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (here, there) = (ground.Node, ground.NewNode());
        var first = await here.BeginAsync(Some.Plan("INC-1", "bob"));
        var second = Some.Plan("INC-2", "bob");
        await there.StartAsync(second);
        await here.SettleAsync();
        (await here.StateAsync(second.Id)).Phase.ShouldBeOfType<Phase.AwaitingPerson>();
        await here.ApplyAsync(first, Some.Leg(Some.Call(first), LegStatus.Busy));
        await here.ApplyAsync(first, new DispatchInput.Cancel(Some.Dana));
        await there.SettleAsync();
        ground.Phone.Placed.AsEnumerable().ShouldBe([Some.Call(first), Some.Call(second.Id)]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_wait_that_begins_in_the_commit_that_frees_the_line_is_not_forgotten(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var (first, second) = (await node.BeginAsync(Some.Plan("INC-1", "bob")), Some.Plan("INC-2", "bob"));
        await node.StartAsync(second);
        var ended = node.ApplyAsync(first, Some.Leg(Some.Call(first), LegStatus.Failed));
        var begun = node.ApplyAsync(second.Id, Some.Begin(Some.Call(second.Id)));
        await Task.WhenAll(ended, begun);
        await node.ApplyAsync(first, new DispatchInput.Cancel(Some.Dana));
        await node.SettleAsync();
        (await node.StateAsync(second.Id)).Phase.ShouldBeOfType<Phase.Calling>();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_person_who_accepted_is_not_phoned_until_it_is_done(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var (first, second) = (await node.BeginAsync(Some.Plan("INC-1", "bob")), await node.BeginAsync(Some.Plan("INC-2", "bob")));
        await AcceptAsync(node, first);
        ground.Phone.Placed.AsEnumerable().ShouldBe([Some.Call(first)]);
        // Once passed over as on the phone, it asks again when that call would have ended, and learns of the acceptance.
        ground.Clock.AdvanceTo(((Phase.AwaitingPerson)(await node.StateAsync(second)).Phase).Until);
        await node.SettleAsync();
        (await node.StateAsync(second)).Callees[0].PassedOver.ShouldBe(PassedOverReason.HasAccepted);
        ground.Phone.Placed.Count.ShouldBe(1);
        Some.Decided(await node.ApplyAsync(first, new DispatchInput.MarkDone(Some.Dana))).ShouldBeTrue();
        await node.SettleAsync();
        ground.Phone.Placed.AsEnumerable().ShouldBe([Some.Call(first), Some.Call(second)]);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_dispatch_that_waits_on_a_call_that_ended_in_an_acceptance_is_woken_by_its_Done(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var (first, second) = (await node.BeginAsync(Some.Plan("INC-1", "bob")), await node.BeginAsync(Some.Plan("INC-2", "bob")));
        await AcceptAsync(node, first);
        (await ground.ReadAsync<string>("SELECT dispatch FROM line_waits")).ShouldBe([second.Value]);
        await node.ApplyAsync(first, new DispatchInput.MarkDone(Some.Dana));
        await node.SettleAsync();
        ground.Phone.Placed.AsEnumerable().ShouldBe([Some.Call(first), Some.Call(second)]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_redispatch_frees_the_person_who_had_accepted(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, plan) = (ground.Node, Some.Plan("INC-1", "bob"));
        await node.BeginAsync(plan);
        await AcceptAsync(node, plan.Id);
        var other = await node.BeginAsync(Some.Plan("INC-2", "bob"));
        (await node.StateAsync(other)).Callees[0].PassedOver.ShouldBe(PassedOverReason.HasAccepted);
        await node.BeginAsync(Some.Again(plan, "again"));
        (await Truth.RungAsync(ground)).Count.ShouldBe(1);
        ground.Phone.Placed.Count.ShouldBe(2);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_person_who_took_the_job_in_the_channel_is_not_phoned_by_an_input_of_the_same_commit(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first, second) = (ground.Node, Some.Plan("INC-1", "bob"), Some.Plan("INC-2", "bob"));
        await node.StartAsync(first);
        await node.StartAsync(second);
        var taken = node.ApplyAsync(first.Id, new DispatchInput.Take(Some.Dana, new EmployeeId("bob")));
        var begun = node.ApplyAsync(second.Id, Some.Begin(Some.Call(second.Id)));
        await taken;
        // On PostgreSQL another writer may have been faster; then the phone rings, which nobody could know better.
        if (((Applied.Decided)await begun).Decision.Events[0] is DispatchEvent.PassedOver passed)
            passed.Reason.ShouldBe(PassedOverReason.HasAccepted);
        else
            on.ShouldBe(On.PostgreSql);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_call_that_was_surely_not_placed_frees_the_line(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, plan) = (ground.Node, Some.Plan("INC-1", "bob"));
        await node.StartAsync(plan);
        await node.ApplyAsync(plan.Id, Some.Begin(Some.Call(plan.Id)));
        (await ground.CountAsync("lines")).ShouldBe(1);
        await node.ApplyAsync(plan.Id, new DispatchInput.CallNotPlaced(Some.Call(plan.Id), new NotPlaced.LineIsDown(LineDownReason.Unreachable)));
        (await ground.CountAsync("lines")).ShouldBe(0);
        (await node.StateAsync(plan.Id)).Legs.ShouldBeEmpty();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task A_node_that_begins_the_same_call_too_late_leaves_its_line_alone(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var nodes = Enumerable.Range(0, 4).Select(n => n == 0 ? ground.Node : ground.NewNode()).ToList();
        for (var n = 0; n < 25; n++)
        {
            var plan = Some.Plan($"INC-{n}", $"bob{(char)('a' + n)}");
            await nodes[n % 4].StartAsync(plan);
            var answers = await Task.WhenAll(nodes.Select(node => Task.Run(() => node.ApplyAsync(plan.Id, Some.Begin(Some.Call(plan.Id))))));
            answers.Count(Some.Decided).ShouldBe(1);
            (await ground.CountAsync("lines WHERE dispatch = @id", new { id = plan.Id.Value })).ShouldBe(1);
        }
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite]
    public async Task A_load_test_may_switch_lines_off(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.NewNode(new() { ["Policy:OneCallPerPerson"] = "false" });
        await StartManyAsync(node, 5, "bob");
        await node.SettleAsync();
        ground.Phone.Placed.Count.ShouldBe(5);
        (await ground.CountAsync("lines")).ShouldBe(0);
    }

    static async Task<IReadOnlyList<DispatchId>> StartManyAsync(Node node, int many, string who)
    {
        var plans = Enumerable.Range(0, many).Select(n => Some.Plan($"INC-{n}", who)).ToList();
        await Task.WhenAll(plans.Select(plan => node.StartAsync(plan)));
        return [.. plans.Select(plan => plan.Id)];
    }

    static async Task AcceptAsync(Node node, DispatchId id)
    {
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.InProgress));
        Some.Decided(await node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1"))).ShouldBeTrue();
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Completed));
        await node.SettleAsync();
    }
}
