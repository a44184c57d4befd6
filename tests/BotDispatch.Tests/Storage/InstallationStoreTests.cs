using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class InstallationStoreTests
{
    static readonly TimeSpan Half = TimeSpan.FromSeconds(30);

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_is_stored_can_be_read_by_every_node_and_by_nobody_who_has_the_database_alone(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var version = await ground.Node.Get<InstallationStore>().PutAsync("slack", "T1", "xoxb-secret", default);
        (await ground.NewNode().Get<InstallationStore>().FindAsync("slack", "T1", default)).ShouldBe(new InstallationRow("xoxb-secret", version));
        (await ground.Node.Get<InstallationStore>().FindAsync("teams", "T1", default)).ShouldBeNull();
        (await ground.ReadAsync<string>("SELECT body FROM installations")).Single().ShouldNotContain("xoxb-secret");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_row_that_was_put_in_another_ones_place_is_not_read(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = ground.Node.Get<InstallationStore>();
        await store.PutAsync("slack", "T1", "xoxb-1", default);
        await store.PutAsync("slack", "T2", "xoxb-2", default);
        await ground.WriteAsync("UPDATE installations SET body = (SELECT body FROM installations WHERE id = 'T1') WHERE id = 'T2'");
        (await store.FindAsync("slack", "T2", default)).ShouldNotBeNull().Body.ShouldBeNull();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_change_counts_only_on_top_of_what_was_read(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = ground.Node.Get<InstallationStore>();
        var version = await store.PutAsync("slack", "T1", "one", default);
        (await store.ReplaceAsync("slack", "T1", version, "two", default)).ShouldBeTrue();
        (await store.ReplaceAsync("slack", "T1", version, "three", default)).ShouldBeFalse();
        (await store.FindAsync("slack", "T1", default)).ShouldBe(new InstallationRow("two", version + 1));
        var again = await store.PutAsync("slack", "T1", "four", default);
        again.ShouldBeGreaterThan(version + 1);
        await store.DeleteAsync("slack", "T1", default);
        (await store.FindAsync("slack", "T1", default)).ShouldBeNull();
        (await store.ReplaceAsync("slack", "T1", again, "five", default)).ShouldBeFalse();
        ground.Clock.Advance(TimeSpan.FromSeconds(1));
        (await store.PutAsync("slack", "T1", "six", default)).ShouldBeGreaterThan(again);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task One_of_many_nodes_has_the_lease_until_it_ends(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = ground.Node.Get<InstallationStore>();
        var version = await store.PutAsync("slack", "T1", "one", default);
        var nodes = Enumerable.Range(0, 4).Select(_ => ground.NewNode().Get<InstallationStore>()).ToList();
        (await Task.WhenAll(nodes.Select(node => Task.Run(() => node.TryLeaseAsync("slack", "T1", version, Half, default))))).Count(has => has).ShouldBe(1);
        ground.Clock.Advance(Half - TimeSpan.FromMilliseconds(1));
        (await store.TryLeaseAsync("slack", "T1", version, Half, default)).ShouldBeFalse();
        ground.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await store.TryLeaseAsync("slack", "T1", version, Half, default)).ShouldBeTrue();
        await store.ReleaseAsync("slack", "T1", version, default);
        (await store.TryLeaseAsync("slack", "T1", version, Half, default)).ShouldBeTrue();
        await store.ReplaceAsync("slack", "T1", version, "two", default);
        (await store.TryLeaseAsync("slack", "T1", version, Half, default)).ShouldBeFalse();
        (await store.TryLeaseAsync("slack", "T1", version + 1, Half, default)).ShouldBeTrue();
    }
}
