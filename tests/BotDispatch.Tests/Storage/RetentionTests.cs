using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using BotDispatch.Tests.Employees;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Storage;

/// <summary>What was closed long ago is deleted, if an administrator wants that.</summary>
public class RetentionTests
{
    static readonly TimeSpan Long = TimeSpan.FromDays(40);

    static readonly string[] Tables =
    [
        "dispatches WHERE id = @id", "dispatch_events WHERE dispatch = @id", "earlier_events WHERE dispatch = @id", "lanes WHERE dispatch = @id",
        "threads WHERE dispatch = @id", "ticket_notes WHERE dispatch = @id", "webhook_progress WHERE dispatch = @id", "lines WHERE dispatch = @id",
    ];

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_was_closed_before_that_moment_is_gone_with_all_that_was_stored_of_it(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var (old, young, open) = (Some.Plan("INC-1", "ann"), Some.Plan("INC-2", "bob"), Some.Plan("INC-3", "cyd"));
        await AcceptAsync(node, await node.BeginAsync(old, Some.Mirror("yard")));
        await node.BeginAsync(open);
        await ground.WriteAsync("INSERT INTO ticket_notes (dispatch, noted_seq, noting_seq) VALUES (@id, 1, 1)", new { id = old.Id.Value });
        await ground.WriteAsync("INSERT INTO webhook_progress (dispatch, webhook, sent_seq) VALUES (@id, 'siem', 1)", new { id = old.Id.Value });
        await ground.WriteAsync("INSERT INTO earlier_events (dispatch, seq, at, event) VALUES (@id, 0, 1, '[]')", new { id = old.Id.Value });
        await ground.WriteAsync("INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, claimed_until, tries) VALUES (@id, 'thread:4', 1, 1, 1, 1, 1)", new { id = old.Id.Value });
        ground.Clock.Advance(Long);
        await node.StartAsync(young);
        await CancelAsync(node, young.Id);
        var kept = await RowsAsync(ground, young.Id, open.Id);
        (await node.Engine.ListAcceptedAsync(DateTimeOffset.UnixEpoch, 5, default)).Count.ShouldBe(1);

        (await DeleteAsync(ground, ground.Clock.GetUtcNow() - TimeSpan.FromDays(30))).ShouldBe([1]);

        (await RowsAsync(ground, old.Id)).ShouldAllBe(row => row.EndsWith(" 0", StringComparison.Ordinal));
        (await RowsAsync(ground, young.Id, open.Id)).ShouldBe(kept);
        (await node.Engine.FindAsync(old.Id, default)).ShouldBeNull();
        (await node.Engine.ListAcceptedAsync(DateTimeOffset.UnixEpoch, 5, default)).ShouldBeEmpty();
        (await node.Engine.ListNewestAsync("INC-1", 5, default)).ShouldBeEmpty();
        (await node.Engine.ListNewestAsync(null, 5, default)).Select(each => each.Plan.Id).ShouldBe([young.Id, open.Id], ignoreOrder: true);
        (await node.ApplyAsync(old.Id, new DispatchInput.MarkDone(Some.Dana))).ShouldBeOfType<Applied.NoSuchDispatch>("a press on a card that still stands in the chat");
        (await RowsAsync(ground, old.Id)).ShouldAllBe(row => row.EndsWith(" 0", StringComparison.Ordinal));
        await CancelAsync(node, open.Id);
        (await node.BeginAsync(old)).ShouldBe(old.Id, "its ticket can be dispatched like any other");
        await Truth.HoldsAsync(ground);
    }

    // PostgreSQL has several writers, and a press that another one commits at that moment may leave an event that nobody reads.
    [Theory, OnSqlite]
    public async Task What_is_pressed_in_the_same_commit_is_not_stored_for_a_dispatch_that_is_gone(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, old) = (ground.Node, Some.Plan("INC-1"));
        await AcceptAsync(node, await node.BeginAsync(old));
        ground.Clock.Advance(Long);
        await Task.WhenAll(
            node.ApplyAsync(old.Id, new DispatchInput.MarkDone(Some.Dana)),
            node.Engine.DeleteClosedAsync(ground.Clock.GetUtcNow() - TimeSpan.FromDays(30), default),
            node.ApplyAsync(old.Id, new DispatchInput.MarkDone(Some.Dana)));
        await node.SettleAsync();
        (await node.ApplyAsync(old.Id, new DispatchInput.MarkDone(Some.Dana))).ShouldBeOfType<Applied.NoSuchDispatch>();
        (await RowsAsync(ground, old.Id)).ShouldAllBe(row => row.EndsWith(" 0", StringComparison.Ordinal));
    }

    /// <summary>The card belongs to the last one, and is found through those before it.</summary>
    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_was_dispatched_again_stays_as_long_as_the_last_of_them_and_goes_after_it(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        await CancelAsync(node, await node.BeginAsync(first));
        ground.Clock.Advance(Long);
        var second = Some.Again(first, "second");
        await CancelAsync(node, await node.BeginAsync(second));
        (await DeleteAsync(ground, ground.Clock.GetUtcNow() - TimeSpan.FromDays(30))).ShouldBeEmpty();
        (await ground.CountAsync("dispatches")).ShouldBe(2);
        ground.Clock.Advance(Long);
        (await DeleteAsync(ground, ground.Clock.GetUtcNow() - TimeSpan.FromDays(30))).ShouldBe([1, 1]);
        (await ground.CountAsync("dispatches")).ShouldBe(0);
        (await ground.CountAsync("threads")).ShouldBe(0);
    }

    /// <summary>An alert that fires for months names its first dispatch, and the newest is found through it.</summary>
    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_an_alert_began_stays_while_the_alert_is_remembered(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        await CancelAsync(node, await node.BeginAsync(first));
        var second = Some.Again(first, "second");
        await CancelAsync(node, await node.BeginAsync(second));
        await ground.WriteAsync("INSERT INTO alert_groups (dispatch, group_key, job, wanted, settled, tries, due_at) VALUES (@id, 'x', '{}', 1, 1, 0, 0)", new { id = first.Id.Value });
        ground.Clock.Advance(Long);
        (await DeleteAsync(ground, ground.Clock.GetUtcNow())).ShouldBeEmpty();
        await ground.WriteAsync("DELETE FROM alert_groups");
        (await DeleteAsync(ground, ground.Clock.GetUtcNow())).ShouldBe([1, 1]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Many_go_in_several_commits(On on)
    {
        const int Many = RetentionStore.MostAtOnce * 2 + 1;
        await using var ground = await Ground.ReadyAsync(on);
        await Task.WhenAll(Enumerable.Range(0, Many).Select(async n =>
        {
            var plan = Some.Plan($"INC-{n}", $"p{n}");
            await ground.Node.StartAsync(plan);
            await ground.Node.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana));
        }));
        ground.Clock.Advance(Long);
        (await DeleteAsync(ground, ground.Clock.GetUtcNow())).ShouldBe([RetentionStore.MostAtOnce, RetentionStore.MostAtOnce, 1]);
        (await ground.CountAsync("dispatch_events")).ShouldBe(0);
    }

    [Theory, OnPostgreSql]
    public async Task Another_node_that_remembers_it_takes_no_press_either(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, other, old) = (ground.Node, ground.NewNode(), Some.Plan("INC-1"));
        await AcceptAsync(node, await node.BeginAsync(old));
        (await other.ApplyAsync(old.Id, new DispatchInput.KeysPressed(Some.Call(old.Id), "1"))).ShouldBeOfType<Applied.Decided>();
        ground.Clock.Advance(Long);
        (await DeleteAsync(ground, ground.Clock.GetUtcNow())).ShouldBe([1]);
        (await other.ApplyAsync(old.Id, new DispatchInput.MarkDone(Some.Dana))).ShouldBeOfType<Applied.NoSuchDispatch>();
        (await other.Engine.FindAsync(old.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task It_is_done_at_the_start_and_every_hour_and_said_in_the_log()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var (first, second) = (Some.Plan("INC-1"), Some.Plan("INC-2"));
        await CancelAsync(ground.Node, await ground.Node.BeginAsync(first));
        ground.Clock.Advance(Long);
        await CancelAsync(ground.Node, await ground.Node.BeginAsync(second));
        var log = new Logbook<Retention>();
        using var retention = Of(ground, TimeSpan.FromDays(30), log);
        await retention.StartAsync(default);
        await Ground.UntilAsync(async () => await ground.CountAsync("dispatches") == 1 && log.Lines.Count == 1);
        log.Lines.ShouldHaveSingleItem().ShouldStartWith("116 Information Deleted 1 dispatches that were closed before ");
        ground.Clock.Advance(Long);
        await Ground.UntilAsync(async () => await ground.CountAsync("dispatches") == 0);
        await retention.StopAsync(default);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_deleted()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await CancelAsync(ground.Node, await ground.Node.BeginAsync(Some.Plan("INC-1")));
        await MeetAsync(ground, "dana");
        ground.Clock.Advance(TimeSpan.FromDays(4000));
        using var retention = Of(ground, default, new());
        await retention.StartAsync(default);
        await retention.ExecuteTask!;
        (await ground.CountAsync("dispatches")).ShouldBe(1);
        (await ground.CountAsync("teams_people")).ShouldBe(1);
    }

    [Fact]
    public async Task A_person_of_Teams_is_kept_as_long_after_they_did_something()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        await MeetAsync(ground, "dana");
        ground.Clock.Advance(Long);
        await MeetAsync(ground, "ben");
        await Of(ground, TimeSpan.FromDays(30), new()).TryDeleteAsync(default);
        (await ground.ReadAsync<string>("SELECT id FROM teams_people")).ShouldBe(["ben"]);
    }

    static Retention Of(Ground ground, TimeSpan keep, Logbook<Retention> log) => new(
        ground.Node.Engine, Options.Create(new StorageOptions { KeepDispatches = keep }), log, ground.Clock, ground.Clock,
        new(ground.Node.Get<Database>()));

    static Task MeetAsync(Ground ground, string id) => new TeamsStore(ground.Node.Get<Database>()).RememberAsync(
        new TeamsPerson("tenant", id, $"29:{id}", id, $"{id}@example.com", ground.Clock.GetUtcNow()), default);

    /// <summary>How many each commit deleted.</summary>
    static async Task<List<int>> DeleteAsync(Ground ground, DateTimeOffset moment)
    {
        List<int> deleted = [];
        while (await ground.Node.Engine.DeleteClosedAsync(moment, default) is > 0 and var some)
            deleted.Add(some);
        await ground.Node.SettleAsync();
        return deleted;
    }

    static async Task<ImmutableArray<string>> RowsAsync(Ground ground, params DispatchId[] ids)
    {
        var rows = ImmutableArray.CreateBuilder<string>();
        foreach (var id in ids)
            foreach (var table in Tables)
                rows.Add($"{id} {table} {await ground.CountAsync(table, new { id = id.Value })}");
        return rows.ToImmutable();
    }

    static async Task AcceptAsync(Node node, DispatchId id)
    {
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.InProgress));
        await node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1"));
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Completed));
        await node.SettleAsync();
    }

    static async Task CancelAsync(Node node, DispatchId id)
    {
        Some.Decided(await node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana))).ShouldBeTrue();
        await node.SettleAsync();
    }
}
