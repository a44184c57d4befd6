using BotDispatch.Core;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Tests.Storage;

/// <summary>
/// What one commit, or two at once, do to the same number comes to the same, whichever dispatch has the smaller id: rows are not written in
/// the order in which they were decided.
/// </summary>
public class LineOrderTests
{
    public static TheoryData<On, bool, bool> Orders
    {
        get
        {
            var orders = new TheoryData<On, bool, bool>();
            foreach (var on in OnPostgreSqlAttribute.Server is null ? (On[])[On.Sqlite] : [On.Sqlite, On.PostgreSql])
                foreach (var isWaiterSmaller in (bool[])[false, true])
                    foreach (var isWaitingFirst in (bool[])[false, true])
                        orders.Add(on, isWaiterSmaller, isWaitingFirst);
            return orders;
        }
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Who_begins_to_wait_in_the_commit_in_which_the_job_is_done_is_woken(On on, bool isWaiterSmaller, bool isWaitingFirst)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, (first, second)) = (OneWriter(ground), Pair(isWaiterSmaller));
        await node.BeginAsync(first);
        await node.ApplyAsync(first.Id, new DispatchInput.KeysPressed(Some.Call(first.Id), "1"));
        await node.ApplyAsync(first.Id, Some.Leg(Some.Call(first.Id), LegStatus.Completed));
        await node.StartAsync(second);

        await TogetherAsync(node, isWaitingFirst, (second.Id, Some.Begin(Some.Call(second.Id))), (first.Id, new DispatchInput.MarkDone(Some.Dana)));

        await node.SettleAsync();
        (await node.StateAsync(second.Id)).Phase.ShouldBeOfType<Phase.Calling>();
        await Truth.HoldsAsync(ground);
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Who_begins_to_wait_in_the_commit_in_which_the_call_ends_is_woken(On on, bool isWaiterSmaller, bool isWaitingFirst)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var log = new Warnings();
        var (node, (first, second)) = (OneWriter(ground, log), Pair(isWaiterSmaller));
        await node.BeginAsync(first);
        await node.StartAsync(second);
        var listed = await node.Engine.ListOpenAsync(default);

        await TogetherAsync(node, isWaitingFirst, (second.Id, Some.Begin(Some.Call(second.Id))), (first.Id, Some.Leg(Some.Call(first.Id), LegStatus.Busy)));

        await node.ApplyAsync(first.Id, new DispatchInput.Cancel(Some.Dana));
        await node.SettleAsync();
        (await node.StateAsync(second.Id)).Phase.ShouldBeOfType<Phase.Calling>();
        if (on is On.Sqlite)
            log.Lines.ShouldNotContain(line => line.Contains("another node") || line.Contains("commit", StringComparison.OrdinalIgnoreCase), "nobody else writes");
        await Truth.HoldsAsync(ground);
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Who_may_call_because_the_same_commit_ended_the_job_is_not_lost(On on, bool isCallerSmaller, bool isRedispatched)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var log = new Warnings();
        var (node, (first, second)) = (OneWriter(ground, log), Pair(isCallerSmaller));
        await node.BeginAsync(first);
        await node.ApplyAsync(first.Id, new DispatchInput.KeysPressed(Some.Call(first.Id), "1"));
        await node.ApplyAsync(first.Id, Some.Leg(Some.Call(first.Id), LegStatus.Completed));
        await node.StartAsync(second);
        var again = Some.Again(first, "again");

        await TogetherAsync(node, isFirst: false, (second.Id, Some.Begin(Some.Call(second.Id))),
            isRedispatched ? (again.Id, new DispatchInput.Start(again)) : (first.Id, new DispatchInput.MarkDone(Some.Dana)));

        (await node.StateAsync(second.Id)).Phase.ShouldBe(new Phase.Calling(Some.Call(second.Id)));
        if (on is On.Sqlite)
            log.Lines.ShouldNotContain(line => line.Contains("another node") || line.Contains("commit", StringComparison.OrdinalIgnoreCase), "nobody else writes");
        await Truth.HoldsAsync(ground);
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_job_that_is_taken_and_redispatched_in_one_commit_holds_nobody(On on, bool isSuccessorSmaller, bool isWaited)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, (first, successor)) = (OneWriter(ground), Pair(isSuccessorSmaller));
        await node.BeginAsync(first);
        successor = successor with { Ticket = first.Ticket, Replaces = first.Id };
        var blocked = node.StartAsync(Some.Plan("INC-9", "eve"));
        var taken = node.ApplyAsync(first.Id, new DispatchInput.Take(Some.Dana, new("ann"), Some.PhoneOf("ann")));
        var started = node.StartAsync(successor);
        await Task.WhenAll(blocked, taken, started);
        Some.Decided(await started).ShouldBeTrue();

        (await ground.CountAsync("lines WHERE is_accepted = 1")).ShouldBe(0);
        if (isWaited)
        {
            var other = await node.BeginAsync(Some.Plan("INC-8", "ann"));
            (await node.StateAsync(other)).Phase.ShouldBeOfType<Phase.Calling>();
        }
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task Who_begins_to_wait_on_one_node_while_another_ends_the_job_is_woken(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, job) = (ground.Node, Some.Plan("INC-1", "bob"));
        await node.BeginAsync(job);
        await node.ApplyAsync(job.Id, new DispatchInput.KeysPressed(Some.Call(job.Id), "1"));
        await node.ApplyAsync(job.Id, Some.Leg(Some.Call(job.Id), LegStatus.Completed));
        await node.SettleAsync();
        var (phone, waiter, ending) = (Some.PhoneOf("bob"), Some.Id("waiter"), Task.CompletedTask);

        // The other node has read and locked the number, and stores that it waits.
        await using (var other = await ground.Node.Get<Database>().OpenAsync(default))
        {
            await using var transaction = await other.BeginTransactionAsync();
            await other.ExecuteAsync("SELECT 1 FROM lines WHERE phone = @phone FOR UPDATE", new { phone }, transaction);
            ending = node.ApplyAsync(job.Id, new DispatchInput.MarkDone(Some.Dana));
            await Ground.UntilAsync(async () => await ground.CountAsync("pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE application_name = current_setting('application_name'))") > 0);
            await other.ExecuteAsync("INSERT INTO line_waits (phone, dispatch) VALUES (@phone, @waiter)", new { phone, waiter = waiter.Value }, transaction);
            await transaction.CommitAsync();
        }
        await ending;

        (await ground.CountAsync("lanes WHERE dispatch = @waiter AND lane = 'line'", new { waiter = waiter.Value })).ShouldBe(1);
        (await ground.CountAsync("lines")).ShouldBe(0);
    }

    // All inputs that wait are one batch only where there is one queue.
    static Node OneWriter(Ground ground, Warnings? log = null) => ground.NewNode(new() { ["Storage:Writers"] = "1" }, log: log);

    /// <summary>A dispatch of bob, and another one with the smaller or the greater id.</summary>
    static (DispatchPlan First, DispatchPlan Second) Pair(bool isSecondSmaller)
    {
        var plans = (Some.Plan("INC-1", "bob"), Some.Plan("INC-2", "bob"));
        var isSo = string.CompareOrdinal(plans.Item2.Id.Value, plans.Item1.Id.Value) < 0;
        return isSo == isSecondSmaller ? plans : (plans.Item2, plans.Item1);
    }

    /// <summary>Applies both in one commit: they wait behind the one before.</summary>
    static async Task TogetherAsync(Node node, bool isFirst, (DispatchId Id, DispatchInput Input) one, (DispatchId Id, DispatchInput Input) other)
    {
        var before = node.StartAsync(Some.Plan("INC-0", "eve"));
        List<(DispatchId Id, DispatchInput Input)> inputs = isFirst ? [one, other] : [other, one];
        var answers = inputs.Select(each => node.ApplyAsync(each.Id, each.Input)).ToList();
        await before;
        (await Task.WhenAll(answers)).ShouldAllBe(answer => Some.Decided(answer));
    }
}
