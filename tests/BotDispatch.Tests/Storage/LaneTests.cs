using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>Lanes on both databases; claims in rows on PostgreSQL. <see cref="OwnLaneTests"/> has the claims of an only process.</summary>
public class LaneTests
{
    [Theory, OnPostgreSql]
    public async Task Each_lane_is_claimed_by_one_of_many(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        for (var n = 0; n < 40; n++)
            await ground.Node.StartAsync(Some.Plan($"INC-{n}"));
        var claimed = new ConcurrentBag<ClaimedLane>();
        List<Node> nodes = [ground.Node, ground.NewNode(), ground.NewNode()];
        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(async () =>
        {
            while (await ClaimAsync(ground, nodes[n % nodes.Count], $"node {n}", most: 3) is { Count: > 0 } some)
            {
                some.Count.ShouldBeLessThanOrEqualTo(3);
                foreach (var lane in some)
                    claimed.Add(lane);
            }
        })));
        claimed.Count.ShouldBe(80, "voice and thread of each");
        claimed.Select(lane => (lane.Dispatch, lane.Lane)).ShouldBeUnique();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Claiming_where_nothing_is_due_claims_nothing(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        (await ground.Node.Get<ILaneClaims>().ClaimAsync(Lanes.All, ground.Clock.GetUtcNow(), 100, default)).ShouldBeEmpty();
        var (due, postponed) = await NextAsync(ground);
        (due, postponed).ShouldBe((null, null));
    }

    [Theory, OnPostgreSql]
    public async Task A_dead_nodes_lane_comes_free_when_its_lease_runs_out(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var dead = await ClaimAsync(ground, ground.Node, "dead");
        ground.Clock.Advance(LaneStore.Lease - TimeSpan.FromMilliseconds(1));
        (await ClaimAsync(ground, ground.Node, "other")).ShouldBeEmpty();
        ground.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var taken = await ClaimAsync(ground, ground.Node, "other");
        taken.Select(lane => lane.Lane).ShouldBe(dead.Select(lane => lane.Lane), ignoreOrder: true);
        // The dead one wakes up: what it says no longer counts.
        await WriteAsync(ground, LaneStore.Done(dead[0], "dead"));
        (await RowAsync(ground, dead[0])).ClaimedBy.ShouldBe("other");
        await WriteAsync(ground, LaneStore.Done(dead[0], "other"));
        (await ground.CountAsync("lanes WHERE lane = @Lane", dead[0])).ShouldBe(0);
    }

    [Theory, OnPostgreSql]
    public async Task A_lane_that_was_wanted_again_meanwhile_stays(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1");
        await ground.Node.StartAsync(plan);
        var thread = (await ClaimAsync(ground, ground.Node, "a")).Single(lane => lane.Lane == Lanes.Thread);
        await ground.Node.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana));
        await WriteAsync(ground, LaneStore.Done(thread, "a"));
        var again = (await ClaimAsync(ground, ground.Node, "b")).Single(lane => lane.Lane == Lanes.Thread);
        again.WantedSeq.ShouldBeGreaterThan(thread.WantedSeq);
    }

    [Theory, OnPostgreSql]
    public async Task A_postponed_lane_waits_and_counts_its_tries(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var lanes = ground.Node.Get<LaneStore>();
        for (var tries = 0; tries < 3; tries++)
        {
            var thread = (await ClaimAsync(ground, ground.Node, "a", lane: Lanes.Thread)).Single();
            thread.Tries.ShouldBe(tries);
            await WriteAsync(ground, lanes.Later(thread, "a", TimeSpan.FromSeconds(5)));
            (await ClaimAsync(ground, ground.Node, "a", lane: Lanes.Thread)).ShouldBeEmpty();
            (await NextAsync(ground)).Real.ShouldBe(ground.Clock.GetUtcNow() + TimeSpan.FromSeconds(5));
            ground.Clock.Advance(TimeSpan.FromSeconds(5));
        }
        await WriteAsync(ground, LaneStore.Again((await ClaimAsync(ground, ground.Node, "a", lane: Lanes.Thread)).Single(), "a", ground.Clock.GetUtcNow()));
        (await ClaimAsync(ground, ground.Node, "a", lane: Lanes.Thread)).Single().Tries.ShouldBe(0);
    }

    [Theory, OnPostgreSql]
    public async Task Another_look_later_does_not_put_off_what_was_wanted_meanwhile(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1");
        await ground.Node.StartAsync(plan);
        var (before, later) = ((await ClaimAsync(ground, ground.Node, "a", lane: Lanes.Thread)).Single(), ground.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        await ground.Node.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana));
        await WriteAsync(ground, LaneStore.Again(before, "a", later));
        var wanted = (await ClaimAsync(ground, ground.Node, "a", lane: Lanes.Thread)).Single();
        await WriteAsync(ground, LaneStore.Again(wanted, "a", later));
        (await ClaimAsync(ground, ground.Node, "a", lane: Lanes.Thread)).ShouldBeEmpty();
        ground.Clock.AdvanceTo(later);
        (await ClaimAsync(ground, ground.Node, "a", lane: Lanes.Thread)).Count.ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_moment_that_comes_between_a_look_and_the_wait_after_it_is_not_missed(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.BeginAsync(Some.Plan("INC-1"));
        var (runner, lanes) = (ground.Node.Get<LaneRunner>(), ground.Node.Get<ILaneClaims>());
        var due = (await NextAsync(ground)).Due.ShouldNotBeNull();
        ground.Clock.AdvanceTo(due - TimeSpan.FromMilliseconds(1));
        (await runner.StartDueAsync(default)).ShouldBe(0);
        ground.Clock.AdvanceTo(due);
        (await lanes.NextAsync(runner.LookedAt.Dispatch, runner.LookedAt.Real, default)).Due.ShouldBe(due);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_chat_that_says_wait_is_asked_again_after_that_time(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.InsteadOfCards = new Ports.Posted.TryLater("429", TimeSpan.FromSeconds(30));
        await ground.Node.BeginAsync(Some.Plan("INC-1"));
        ground.Chat.InsteadOfCards = null;
        ground.Clock.Advance(TimeSpan.FromSeconds(29));
        await ground.Node.SettleAsync();
        ground.Chat.Cards.ShouldBeEmpty();
        ground.Clock.Advance(TimeSpan.FromSeconds(1));
        await ground.Node.SettleAsync();
        ground.Chat.Cards.Count.ShouldBe(1);
    }

    [Theory, OnPostgreSql]
    public async Task What_a_stopping_node_had_claimed_another_may_claim_at_once(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        using var stop = new CancellationTokenSource();
        ground.Chat.Hang(stop.Token);
        await ground.Node.Get<LaneRunner>().StartDueAsync(stop.Token);
        await ground.Chat.Hanging;
        await stop.CancelAsync();
        await ground.Node.Get<LaneRunner>().FinishAsync();
        (await ClaimAsync(ground, ground.Node, "other", lane: Lanes.Thread)).Single().Tries.ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Every_deadline_of_a_dispatch_that_nobody_answers_comes_to_pass(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann", "bob"));
        for (var steps = 0; !(await ground.Node.StateAsync(id)).IsClosed; steps++)
        {
            steps.ShouldBeLessThan(2000);
            var (due, postponed) = await NextAsync(ground);
            var next = (due ?? postponed).ShouldNotBeNull("an open dispatch waits for something");
            ground.Clock.AdvanceTo(next > ground.Clock.GetUtcNow() ? next : ground.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(1));
            await ground.Node.SettleAsync();
        }
        (await ground.Node.StateAsync(id)).Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
        (await ground.CountAsync("lanes")).ShouldBe(0);
        (await ground.CountAsync("lines")).ShouldBe(0);
        ground.Phone.Placed.AsEnumerable().ShouldBeUnique();
        await Truth.HoldsAsync(ground);
    }

    static Task<(DateTimeOffset? Due, DateTimeOffset? Real)> NextAsync(Ground ground) =>
        ground.Node.Get<ILaneClaims>().NextAsync(ground.Clock.GetUtcNow(), ground.Clock.GetUtcNow(), default);

    sealed record Row(string? ClaimedBy, long DueAt);

    static async Task<Row> RowAsync(Ground ground, ClaimedLane lane) =>
        (await ground.ReadAsync<Row>("SELECT claimed_by AS ClaimedBy, due_at AS DueAt FROM lanes WHERE dispatch = @id AND lane = @lane", new { id = lane.Dispatch.Value, lane = lane.Lane })).Single();

    static Task<IReadOnlyList<ClaimedLane>> ClaimAsync(Ground ground, Node node, string name, int most = 100, string? lane = null) =>
        node.Engine.ClaimAsync(session => node.Get<LaneStore>().ClaimAsync(session, name, lane is null ? Lanes.All : [lane], ground.Clock.GetUtcNow(), most), default);

    static Task WriteAsync(Ground ground, IEnumerable<Statement> writes) => ground.Node.Engine.WriteAsync(default, writes, default);
}
