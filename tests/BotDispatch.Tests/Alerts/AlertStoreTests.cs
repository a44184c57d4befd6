using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Alerts;

public sealed class AlertStoreTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Several_nodes_that_get_the_same_message_at_once_begin_one_dispatch(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var now = ground.Clock.GetUtcNow();
        var nodes = on is On.Sqlite ? [ground.Node, ground.Node] : new[] { ground.Node, ground.NewNode(), ground.NewNode() };
        var stores = nodes.Select(node => node.Get<AlertStore>()).ToList();
        var firing = Enumerable.Range(0, 20).Select(n => new FiringAlert($"a{n}", n < 10 ? "group" : $"a{n}", now, "{}")).ToList();
        await Task.WhenAll(stores.Select(store => TakeAsync(() => store.StoreAsync(firing, [], now, default))));
        (await ground.CountAsync("alert_groups")).ShouldBe(11);
        (await ground.CountAsync("alerts")).ShouldBe(20);
        (await stores[0].ListDueAsync(now, 100, default)).Count.ShouldBe(11);

        // Each node ends half of the group: none may take the other's alerts for open for ever.
        await Task.WhenAll(stores.Select((store, n) => TakeAsync(() => store.StoreAsync([],
            [.. Enumerable.Range(0, 10).Where(i => n == 2 || i % 2 == n).Select(i => new EndedAlert($"a{i}", now, null, "it is over"))], now, default))));
        (await ground.CountAsync("alert_groups WHERE resolved_at IS NOT NULL")).ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_is_due_stays_due_until_it_was_done(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (store, now) = (ground.Node.Get<AlertStore>(), ground.Clock.GetUtcNow());
        await store.StoreAsync([new("a", "a", now, "job")], [], now, default);
        var begun = (await store.ListDueAsync(now, 10, default)).ShouldHaveSingleItem();
        (begun.Job, begun.ResolvedAt, begun.WasStarted).ShouldBe(("job", null, false));
        await store.PostponeAsync(begun, now.AddMinutes(1), default);
        (await store.ListDueAsync(now, 10, default)).ShouldBeEmpty();
        (await store.ListDueAsync(now.AddHours(1), 10, default)).Count(each => each.Tries > 0).ShouldBe(1);
        (await store.NoteStartedAsync([begun.Dispatch], default)).ShouldBe([false]);
        (await store.ListDueAsync(now.AddHours(1), 10, default)).ShouldBeEmpty();

        await store.StoreAsync([], [new("a", now, null, "it is over")], now, default);
        (await store.NoteStartedAsync([begun.Dispatch], default)).ShouldBe([true], "it must be stopped");
        var ended = (await store.ListDueAsync(now, 10, default)).ShouldHaveSingleItem();
        (ended.Dispatch, ended.Because, ended.WasStarted).ShouldBe((begun.Dispatch, "it is over", true));
        await store.NoteStoppedAsync(ended.Dispatch, default);
        (await store.ListDueAsync(now.AddHours(1), 10, default)).ShouldBeEmpty();

        // It begins again as another dispatch, and what has ended is deleted later.
        await store.StoreAsync([new("a", "a", now.AddSeconds(1), "job")], [], now, default);
        (await store.ListDueAsync(now, 10, default)).ShouldHaveSingleItem().Dispatch.ShouldNotBe(begun.Dispatch);
        await store.StoreAsync([], [new("a", null, null, "it is over")], now, default);
        (await store.DeleteBeforeAsync(now.AddDays(1), default)).ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task An_end_that_comes_before_its_beginning_or_long_after_it_ends_what_it_is_about_and_nothing_else(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (store, now) = (ground.Node.Get<AlertStore>(), ground.Clock.GetUtcNow());
        var (first, ended, second) = (now.AddMinutes(-9), now.AddMinutes(-5), now.AddMinutes(-1));
        await store.StoreAsync([], [new("a", first, ended, "it is over")], now, default);
        await store.StoreAsync([new("a", "a", first, "job")], [], now, default);
        (await ground.CountAsync("alert_groups")).ShouldBe(0, "its end was announced before");

        await store.StoreAsync([new("a", "a", second, "job")], [], now, default);
        (await ground.CountAsync("alert_groups WHERE resolved_at IS NULL")).ShouldBe(1, "it fires anew");
        await store.StoreAsync([], [new("a", first, ended, "it is over")], now, default);
        (await ground.CountAsync("alert_groups WHERE resolved_at IS NULL")).ShouldBe(1, "that end was announced again");
        // Alertmanager joins what two Prometheus announce, and keeps the earlier start.
        await store.StoreAsync([], [new("a", first, now, "it is over")], now, default);
        (await ground.CountAsync("alert_groups WHERE resolved_at IS NULL")).ShouldBe(0);
        (await store.HasEndedAsync((await store.ListDueAsync(now, 9, default)).ShouldHaveSingleItem().Dispatch, default)).ShouldBeTrue();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Several_nodes_that_get_a_later_start_of_an_alert_whose_dispatch_is_over_begin_one_dispatch(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var now = ground.Clock.GetUtcNow();
        var nodes = on is On.Sqlite ? [ground.Node, ground.Node] : new[] { ground.Node, ground.NewNode(), ground.NewNode() };
        var stores = nodes.Select(node => node.Get<AlertStore>()).ToList();
        List<FiringAlert> Firing(DateTimeOffset start) => [.. Enumerable.Range(0, 20).Select(n => new FiringAlert($"a{n}", n < 10 ? "group" : $"a{n}", start, "{}"))];
        await stores[0].StoreAsync(Firing(now), [], now, default);
        var first = await stores[0].ListDueAsync(now, 100, default);
        // Nothing is open for them any more.
        await stores[0].NoteStartedAsync([.. first.Select(each => each.Dispatch)], default);
        await stores[0].StoreAsync(Firing(now), [], now, default);
        (await ground.CountAsync("alert_groups")).ShouldBe(11, "the same start is the same alert");

        await Task.WhenAll(stores.Select(store => TakeAsync(() => store.StoreAsync(Firing(now.AddDays(20)), [], now, default))));
        (await ground.CountAsync("alert_groups WHERE resolved_at IS NULL")).ShouldBe(11);
        (await ground.CountAsync("alert_groups")).ShouldBe(22);
        (await stores[0].ListDueAsync(now, 100, default)).ShouldAllBe(each => each.ResolvedAt == null && !each.WasStarted);
        // An end of the new time ends it, and one of the time before does not.
        await stores[0].StoreAsync([], [new("a15", now, now.AddDays(1), "it is over")], now, default);
        (await ground.CountAsync("alert_groups WHERE resolved_at IS NULL")).ShouldBe(11);
        await stores[0].StoreAsync([], [new("a15", now.AddDays(20), now.AddDays(21), "it is over")], now, default);
        (await ground.CountAsync("alert_groups WHERE resolved_at IS NULL")).ShouldBe(10);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_later_start_stays_with_the_dispatch_while_it_or_its_re_dispatch_is_open_and_both_are_stopped(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, store, now) = (ground.Node, ground.Node.Get<AlertStore>(), ground.Clock.GetUtcNow());
        async Task LaterAsync(int days) => await store.StoreAsync([new("a", "a", now.AddDays(days), "{}")], [], now, default);
        await LaterAsync(0);
        await LaterAsync(1);
        (await ground.CountAsync("alert_groups")).ShouldBe(1, "it waits to be started");
        var due = (await store.ListDueAsync(now, 9, default)).ShouldHaveSingleItem();
        var plan = Some.Plan("alert-1") with { Id = due.Dispatch };
        await node.BeginAsync(plan);
        await store.NoteStartedAsync([due.Dispatch], default);
        await LaterAsync(2);
        (await ground.CountAsync("alert_groups")).ShouldBe(1);
        await node.Engine.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana), default);
        var again = Some.Again(plan, "again");
        await node.BeginAsync(again);
        await LaterAsync(3);
        (await ground.CountAsync("alert_groups")).ShouldBe(1, "somebody re-dispatched it");
        (await store.ListToStopAsync(due, "alert-1", default)).ShouldBe([plan.Id, again.Id]);
        (await store.HasEndedAsync(again.Id, default)).ShouldBeFalse();

        await node.Engine.ApplyAsync(again.Id, new DispatchInput.Cancel(Some.Dana), default);
        await LaterAsync(3);
        (await ground.CountAsync("alert_groups")).ShouldBe(1, "the same start is the same alert");
        await LaterAsync(4);
        (await ground.CountAsync("alert_groups")).ShouldBe(2);
        (await ground.CountAsync("alert_groups WHERE resolved_at IS NULL")).ShouldBe(1);
    }

    // Two nodes that store the same at once may disturb each other; a sender repeats its message.
    static async Task TakeAsync(Func<Task> store)
    {
        for (var tries = 0; ; tries++)
            try
            {
                await store();
                return;
            }
            catch (Exception) when (tries < 5)
            {
            }
    }
}
