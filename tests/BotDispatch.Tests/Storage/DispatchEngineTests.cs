using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class DispatchEngineTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_throwing_input_fails_alone(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var plans = Enumerable.Range(0, 30).Select(n => Some.Plan($"INC-{n}")).ToList();
        await Task.WhenAll(plans.Select(plan => node.StartAsync(plan)));
        var work = new List<(bool Throws, Task<Applied> Answer)>();
        foreach (var plan in plans)
        {
            work.Add((true, node.ApplyAsync(plan.Id, Some.Begin(new(plan.Id, 99, 1)))));
            work.Add((false, node.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana))));
        }
        foreach (var (throws, answer) in work)
            if (throws)
                await Should.ThrowAsync<IndexOutOfRangeException>(answer);
            else
                Some.Decided(await answer).ShouldBeTrue();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Claims_that_travel_with_a_throwing_input_are_not_lost(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, plan) = (ground.Node, Some.Plan("INC-1"));
        await node.StartAsync(plan);
        // Both wait behind the same commit.
        var first = node.StartAsync(Some.Plan("INC-2"));
        var bad = node.ApplyAsync(plan.Id, Some.Begin(new(plan.Id, 99, 1)));
        var claim = node.Engine.ClaimAsync(session => node.Get<LaneStore>().ClaimAsync(session, "a", Lanes.All, ground.Clock.GetUtcNow(), 100), default);
        await Task.WhenAll(first, claim);
        await Should.ThrowAsync<IndexOutOfRangeException>(bad);
        var more = await node.Engine.ClaimAsync(session => node.Get<LaneStore>().ClaimAsync(session, "a", Lanes.All, ground.Clock.GetUtcNow(), 100), default);
        ((await claim).Count + more.Count).ShouldBe(4, "voice and thread of two dispatches");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Cancelling_ends_the_waiting_and_never_the_input(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, plan) = (ground.Node, Some.Plan("INC-1"));
        await node.StartAsync(plan);
        await Should.ThrowAsync<OperationCanceledException>(() => node.Engine.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana), new CancellationToken(canceled: true)));
        // Decided in the order they came, so the second press finds it closed.
        (await node.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana))).ShouldBeOfType<Applied.Decided>().Decision.IsIgnored.ShouldBeTrue();
        (await node.StateAsync(plan.Id)).IsClosed.ShouldBeTrue();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_key_goes_ahead_of_what_waits(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, plan) = (ground.Node, Some.Plan("INC-1"));
        await node.BeginAsync(plan);
        // One writer is held up while more comes than one commit takes; the key comes last.
        var (busy, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var held = node.Engine.ClaimAsync(async _ =>
        {
            busy.SetResult();
            await goOn.Task;
            return [];
        }, default);
        await busy.Task;
        var others = Enumerable.Range(0, 300).Select(n => node.StartAsync(Some.Plan($"OPS-{n}"))).ToList();
        var key = node.ApplyAsync(plan.Id, new DispatchInput.KeysPressed(Some.Call(plan.Id), "1"));
        goOn.SetResult();
        await held;
        Some.Decided(await key).ShouldBeTrue();
        (await Task.WhenAll(others)).ShouldAllBe(answer => Some.Decided(answer));
        // The rows of an only writer stand in the order of its commits; in the key's own commit at most 255 others fit.
        if (on is On.Sqlite)
            (await ground.CountAsync("dispatches WHERE id IN (SELECT dispatch FROM dispatch_events GROUP BY dispatch HAVING MIN(rowid) > "
                + "(SELECT MAX(rowid) FROM dispatch_events WHERE dispatch = @id))", new { id = plan.Id.Value })).ShouldBeGreaterThanOrEqualTo(45);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_waits_while_the_process_stops_is_given_up_and_what_was_answered_is_stored(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var stopping = ground.NewNode();
        var plans = Enumerable.Range(0, 2000).Select(n => Some.Plan($"INC-{n}")).ToList();
        var answers = plans.Select(plan => (plan.Id, Answer: stopping.StartAsync(plan))).ToList();
        await answers[0].Answer;
        await stopping.Engine.DisposeAsync();
        var stored = (await ground.ReadAsync<string>("SELECT id FROM dispatches")).ToHashSet();
        foreach (var (id, answer) in answers)
        {
            answer.IsCompleted.ShouldBeTrue("nobody waits for ever");
            answer.IsCompletedSuccessfully.ShouldBe(stored.Contains(id.Value));
            if (!answer.IsCompletedSuccessfully)
                await Should.ThrowAsync<OperationCanceledException>(answer);
        }
        await Should.ThrowAsync<ObjectDisposedException>(() => stopping.StartAsync(Some.Plan("late")));
        (await ground.CountAsync("dispatch_events")).ShouldBe(stored.Count, "each is stored whole or not at all");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Whatever_many_do_at_once_every_state_is_the_sum_of_its_events(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        List<Node> nodes = on is On.Sqlite ? [ground.Node] : [ground.Node, ground.NewNode(), ground.NewNode()];
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => ground.Node.BeginAsync(Some.Plan($"INC-{n}", $"ann{(char)('a' + n)}", "bob"))));
        var chance = new Random(7);
        // All drawn before anything is done: by many at once a lot is spoilt.
        var inputs = Enumerable.Range(0, 600).Select(_ => Draw(ids[chance.Next(ids.Length)], nodes[chance.Next(nodes.Count)])).ToList();
        await Task.WhenAll(inputs.Select(input => Task.Run(async () => (await input.Node.ApplyAsync(input.Id, input.Done)).ShouldBeOfType<Applied.Decided>())));
        await Truth.HoldsAsync(ground);

        (DispatchId Id, Node Node, DispatchInput Done) Draw(DispatchId id, Node node)
        {
            var (callee, what) = (chance.Next(2), chance.Next(40));
            var call = Some.Call(id, callee);
            return (id, node, what switch
            {
                < 15 => new DispatchInput.LegProgressed(call, new((LegStatus)chance.Next(1, 5), "leg", "tracking", Price: chance.Next(100))),
                < 25 => new DispatchInput.KeysPressed(call, new string('9', chance.Next(1, 9))),
                < 30 => Some.Leg(call, LegStatus.Failed),
                < 36 => Some.Begin(call),
                36 => new DispatchInput.KeysPressed(call, "2"),
                37 => new DispatchInput.Skip(Some.Dana, callee, 1),
                _ => new DispatchInput.LineFreed(Some.PhoneOf("bob")),
            });
        }
    }
}
