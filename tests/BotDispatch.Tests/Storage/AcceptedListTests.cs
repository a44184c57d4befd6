using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>Accepted jobs that are not done are found without reading those that are.</summary>
public sealed class AcceptedListTests
{
    static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_job_is_listed_from_its_acceptance_until_it_is_done(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var job = await node.BeginAsync(Some.Plan("INC-1", "ann"));
        (await ListAsync(node)).ShouldBeEmpty();
        await node.ApplyAsync(job, new DispatchInput.Take(Some.Dana, new("bob"), null));
        (await ListAsync(node)).ShouldBe([job]);
        (await node.Get<DispatchStore>().ListAcceptedAsync(ground.Clock.GetUtcNow() + TimeSpan.FromSeconds(1), 9, default)).ShouldBeEmpty();
        await node.ApplyAsync(job, new DispatchInput.MarkDone(Some.Dana));
        (await ListAsync(node)).ShouldBeEmpty();
        (await node.Get<DispatchStore>().ListNewestAsync("inc-1", 9, default)).ShouldHaveSingleItem().State.Plan.Id.ShouldBe(job);
        (await node.Get<DispatchStore>().ListNewestAsync(null, 9, default)).ShouldHaveSingleItem();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_job_that_is_cancelled_is_never_listed(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var job = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann"));
        await ground.Node.ApplyAsync(job, new DispatchInput.Cancel(Some.Dana));
        (await ListAsync(ground.Node)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Numbers_that_ring_for_another_dispatch_are_busy_and_its_own_are_not(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var first = await node.BeginAsync(Some.Plan("INC-1", "ann"));
        var second = await node.BeginAsync(Some.Plan("INC-2", "bob", "ann"));
        var store = node.Get<DispatchStore>();
        (await store.BusyPhonesAsync(await node.StateAsync(second), ground.Clock.GetUtcNow(), default)).ShouldBe([Some.PhoneOf("ann")]);
        (await store.BusyPhonesAsync(await node.StateAsync(first), ground.Clock.GetUtcNow(), default)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Of_a_waiting_call_only_the_number_that_it_wants_is_looked_at(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        await node.BeginAsync(Some.Plan("INC-1", "ann"));
        var second = await node.StateAsync(await node.BeginAsync(Some.Plan("INC-2", "bob", "ann", "eve")));
        foreach (var (callee, isBusy) in ((int, bool)[])[(0, false), (1, true), (2, false)])
            (await node.Engine.IsBusyAsync(second, callee, ground.Clock.GetUtcNow(), default)).ShouldBe(isBusy);
    }

    /// <summary>A database returns rows that are equal in what it sorts by in any order, so the same facts would be shown in two orders.</summary>
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Jobs_that_were_accepted_in_the_same_moment_are_listed_in_one_order(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, store) = (ground.Node, ground.Node.Get<DispatchStore>());
        List<DispatchId> jobs = [];
        foreach (var number in (int[])[4, 1, 6, 3, 2, 5])
        {
            var job = await node.BeginAsync(Some.Plan($"INC-{number}", $"p{number}"));
            await node.ApplyAsync(job, Some.Leg(Some.Call(job), LegStatus.InProgress));
            await node.ApplyAsync(job, new DispatchInput.KeysPressed(Some.Call(job), "1"));
            jobs.Add(job);
        }
        var inOrder = jobs.OrderBy(each => each.Value, StringComparer.Ordinal).ToList();
        (await store.ListAcceptedAsync(LongAgo, 9, default)).ShouldBe(inOrder);
        (await store.ListAcceptedRowsAsync(3, default)).Select(each => each.State.Plan.Id).ShouldBe(inOrder.Take(3));
        (await store.ListNewestAsync(null, 9, default)).Select(each => each.State.Plan.Id).ShouldBe(inOrder);
        (await ListAsync(node)).ShouldBe(inOrder, "as it is listed from memory");
    }

    static async Task<IEnumerable<DispatchId>> ListAsync(Node node) => (await node.Engine.ListAcceptedAsync(LongAgo, 9, default)).Select(each => each.Plan.Id);
}
