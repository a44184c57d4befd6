using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class MigrationTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task Migrating_again_changes_nothing(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var before = await ground.CountAsync("schema_versions");
        await ground.Node.Get<Migrator>().MigrateAsync(default);
        (await ground.CountAsync("dispatches")).ShouldBe(1);
        (await ground.CountAsync("schema_versions")).ShouldBe(before);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Many_nodes_may_migrate_at_once(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var nodes = Enumerable.Range(0, 8).Select(_ => ground.NewNode()).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Get<Migrator>().MigrateAsync(default))));
        (await ground.ReadAsync<int>("SELECT version FROM schema_versions ORDER BY version"))
            .ShouldBe(Enumerable.Range(1, (int)await ground.CountAsync("schema_versions")));
        (await ground.CountAsync("dispatches")).ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_newer_database_is_refused_in_words_and_left_alone(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var before = await ground.CountAsync("schema_versions");
        await ground.WriteAsync("INSERT INTO schema_versions (version) VALUES (9999)");
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => ground.NewNode().Get<Migrator>().MigrateAsync(default));
        refused.Message.ShouldContain("9999");
        refused.Message.ShouldContain("newer than this program");
        (await ground.CountAsync("schema_versions")).ShouldBe(before + 1);
    }

    [Theory, OnSqlite]
    public async Task What_is_answered_on_SQLite_survives_the_loss_of_power(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        (await ground.Node.Get<Database>().WriteAsync(session => PragmaAsync(session, "synchronous"), default)).ShouldBe("2", "2 is FULL");
        (await ground.Node.Get<Database>().WriteAsync(session => PragmaAsync(session, "journal_mode"), default)).ShouldBe("wal");

        static async Task<string> PragmaAsync(WriteSession session, string pragma) =>
            (await session.QueryAsync(new($"PRAGMA {pragma}"), row => row.GetValue(0).ToString()!, default)).Single();
    }
}
