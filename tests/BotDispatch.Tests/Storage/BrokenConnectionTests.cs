using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using SQLitePCL;

namespace BotDispatch.Tests.Storage;

public class BrokenConnectionTests
{
    /// <summary>Npgsql 10.0.3: a pooled connection whose server has gone fails with its next command (57P01, or "Exception while reading from stream"), each of them once.</summary>
    [Theory, OnPostgreSql]
    public async Task After_the_server_was_started_anew_every_read_works_at_the_first_time(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var id = await node.BeginAsync(Some.Plan("INC-1"));
        for (var round = 0; round < 3; round++)
        {
            // Several idle connections, all of them cut.
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => node.Get<Database>().ReadAsync(new("SELECT pg_sleep(0.05)"), _ => 0, default)));
            await ground.CutConnectionsAsync();
            (await node.Engine.ListOpenAsync(default)).ShouldHaveSingleItem().Plan.Id.ShouldBe(id);
            await ground.CutConnectionsAsync();
            (await node.Engine.FindLatestByTicketAsync("INC-1", default)).ShouldNotBeNull();
            await ground.CutConnectionsAsync();
            (await node.Get<ILaneClaims>().NextAsync(ground.Clock.GetUtcNow(), ground.Clock.GetUtcNow(), default)).Due.ShouldNotBeNull();
            await ground.CutConnectionsAsync();
            (await node.Get<NoteStore>().ReadAsync("none", default)).ShouldBeNull();
            await ground.CutConnectionsAsync();
            (await node.Get<InstallationStore>().FindAsync("slack", "T1", default)).ShouldBeNull();
        }
    }

    [Theory, OnPostgreSql]
    public async Task After_the_server_was_started_anew_every_write_works_at_the_first_time(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => node.StartAsync(Some.Plan($"INC-{n}"))));
        await ground.CutConnectionsAsync();
        (await node.Get<SeenStore>().TryAddAsync("delivery", default)).ShouldBeTrue();
        await ground.CutConnectionsAsync();
        var version = await node.Get<InstallationStore>().PutAsync("slack", "T1", "{}", default);
        await ground.CutConnectionsAsync();
        (await node.Get<InstallationStore>().ReplaceAsync("slack", "T1", version, "{}", default)).ShouldBeTrue();
        await ground.CutConnectionsAsync();
        Some.Decided(await node.ApplyAsync(Some.Id("INC-1"), new DispatchInput.Cancel(Some.Dana))).ShouldBeTrue();
    }

    /// <summary>Npgsql 10.0.3: a pool of that size makes everybody else wait for a connection that is not given back, 15 seconds by default, and then fails.</summary>
    [Theory, OnPostgreSql]
    public async Task Many_writes_at_one_moment_keep_no_connection_from_those_that_read_later(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var database = ground.Node.Get<Database>();
        var (open, all) = (0, new TaskCompletionSource());
        var writes = Enumerable.Range(0, Ground.MostConnections).Select(_ => database.WriteAsync(async _ =>
        {
            if (Interlocked.Increment(ref open) == Ground.MostConnections)
                all.SetResult();
            await all.Task;
            return 0;
        }, default));
        await Task.WhenAll(writes);
        (await Task.WhenAll(Enumerable.Range(0, Ground.MostConnections).Select(n => database.ReadAsync(new("SELECT 1"), row => row.GetInt32(0), default))))
            .SelectMany(each => each).Sum().ShouldBe(Ground.MostConnections);
    }

    /// <summary>
    /// SQLite 3.53.4: with an authorizer that denies it, ROLLBACK cannot be prepared (SQLITE_AUTH). The connection then still has its transaction, and with it the lock
    /// that every other one waits for.
    /// </summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task After_a_rollback_that_failed_nothing_is_stored_and_the_next_write_needs_not_wait(bool isBroken)
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var (denied, opened) = (true, 0);
        ground.Connections = new((connection, writes) =>
        {
            opened += writes ? 1 : 0;
            if (writes)
                raw.sqlite3_set_authorizer(((Microsoft.Data.Sqlite.SqliteConnection)connection).Handle,
                    (_, action, what, _, _, _) => action == raw.SQLITE_TRANSACTION && what == "ROLLBACK" && denied ? raw.SQLITE_DENY : raw.SQLITE_OK, null)
                    .ShouldBe(raw.SQLITE_OK);
        });
        var database = ground.NewNode().Get<Database>();
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(database.WriteAsync(async session =>
        {
            await session.BeginAsync(default);
            await session.RunAsync([new("INSERT INTO notes (name, value) VALUES ('lost', 'x')")], default);
            // A statement that fails, or one that leaves the transaction open.
            return await session.RunAsync([new(isBroken ? "INSERT INTO notes (name) VALUES ('lost')" : "UPDATE notes SET value = 'x' WHERE name = 'none'")], default);
        }, default));
        denied = false;
        await database.WriteAsync(async session =>
        {
            raw.sqlite3_busy_timeout(((Microsoft.Data.Sqlite.SqliteConnection)session.Connection).Handle, 0);
            await session.BeginAsync(default);
            await session.RunAsync([NoteStore.Keep("kept", "x")], default);
            await session.CommitAsync(default);
            return 0;
        }, default);
        opened.ShouldBe(2, "the one that failed is not used again");
        (await database.ReadAsync(new("SELECT name FROM notes WHERE name IN ('lost', 'kept')"), row => row.GetString(0), default)).ShouldBe(["kept"]);
    }

    /// <summary>
    /// SQLite 3.53.4: a transaction that began deferred, has read and is overtaken by a writer can never write (SQLITE_BUSY_SNAPSHOT, 517), and Microsoft.Data.Sqlite 10.0.14 waits
    /// out the whole command timeout for that. Asked of SQLite itself, which answers at once.
    /// </summary>
    [Theory, OnSqlite]
    public async Task A_transaction_takes_the_lock_to_write_when_it_begins(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await using var other = await ground.OpenElsewhereAsync();
        raw.sqlite3_busy_timeout(other.Handle!, 0).ShouldBe(raw.SQLITE_OK);
        await ground.Node.Get<Database>().WriteAsync(async session =>
        {
            await session.BeginAsync(default);
            raw.sqlite3_exec(other.Handle!, "BEGIN IMMEDIATE").ShouldBe(raw.SQLITE_BUSY);
            return 0;
        }, default);
        raw.sqlite3_exec(other.Handle!, "BEGIN IMMEDIATE").ShouldBe(raw.SQLITE_OK, "what was not committed was undone");
    }
}
