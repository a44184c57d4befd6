using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class SeenTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_was_seen_is_not_new_again_not_even_after_a_restart(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        (await ground.Node.Get<SeenStore>().TryAddAsync("Ev1", default)).ShouldBeTrue();
        (await ground.Node.Get<SeenStore>().TryAddAsync("Ev1", default)).ShouldBeFalse();
        (await ground.NewNode().Get<SeenStore>().TryAddAsync("Ev1", default)).ShouldBeFalse();
        (await ground.Node.Get<SeenStore>().TryAddAsync("ev1", default)).ShouldBeTrue();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Of_all_who_bring_the_same_at_once_one_is_first(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var stores = new[] { ground.Node, ground.NewNode(), ground.NewNode() }.Select(node => node.Get<SeenStore>()).ToList();
        // Each store meets the deliveries in another order.
        var asked = await Task.WhenAll(stores.SelectMany((store, n) => Enumerable.Range(0, 40).Select(i => (n == 1 ? 39 - i : i) % 20).Select(async delivery =>
        {
            await Task.Yield();
            return (delivery, IsNew: await store.TryAddAsync($"Ev{delivery}", default));
        })));
        asked.Where(each => each.IsNew).Select(each => each.delivery).Order().ShouldBe(Enumerable.Range(0, 20));
        (await ground.CountAsync("seen")).ShouldBe(20);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Only_what_is_older_is_forgotten(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = ground.Node.Get<SeenStore>();
        await store.TryAddAsync("old", default);
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await store.TryAddAsync("new", default);
        (await store.DeleteBeforeAsync(ground.Clock.GetUtcNow(), default)).ShouldBe(1);
        (await store.TryAddAsync("new", default)).ShouldBeFalse();
        (await store.TryAddAsync("old", default)).ShouldBeTrue();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_name_may_be_as_long_and_as_odd_as_somebody_likes(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = ground.Node.Get<SeenStore>();
        foreach (var name in (string[])[new string('x', 100_000), new string('x', 99_999), "zero\0", "half\ud800", ""])
        {
            (await store.TryAddAsync(name, default)).ShouldBeTrue();
            (await store.TryAddAsync(name, default)).ShouldBeFalse();
        }
    }

    [Theory, OnPostgreSql]
    public async Task A_connection_that_was_cut_before_the_write_is_noticed_by_nobody(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = ground.Node.Get<SeenStore>();
        await store.TryAddAsync("first", default);
        await ground.CutConnectionsAsync();
        (await store.TryAddAsync("second", default)).ShouldBeTrue();
        (await store.TryAddAsync("second", default)).ShouldBeFalse();
    }
}
