using System.Data.Common;
using BotDispatch.Core;
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

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_database_of_version_8_goes_on_with_the_redraws_and_wakeups_that_it_wrote_as_negative_numbers(On on)
    {
        await using var ground = await OfVersionAsync(on, 8);
        var plan = await StoreAsVersion8Async(ground);
        await ground.Node.Get<Migrator>().MigrateAsync(default);

        (await ground.ReadAsync<(long CardSeq, long Requested)>("SELECT card_seq, redraw_requested FROM threads")).ShouldBe([(0, 1)]);
        (await ground.ReadAsync<(string Lane, long WantedSeq, long WakeCount)>("SELECT lane, wanted_seq, wake_count FROM lanes ORDER BY lane"))
            .ShouldBe([("line", 0, 1), ("thread:0", 0, 1)]);
        await Truth.HoldsAsync(ground);

        await ground.Node.SettleAsync();
        ground.Chat.Drawings.AsEnumerable().ShouldBe([("card", plan.Id)], "the redraw was requested before the upgrade");
        ground.Chat.Replies.AsEnumerable().ShouldBeEmpty("everything was posted before the upgrade");
        (await ground.ReadAsync<(long Requested, bool IsDrawn)>(
            "SELECT redraw_requested, card_seq = (SELECT version FROM dispatches WHERE id = dispatch) FROM threads")).ShouldBe([(0, true)]);
        (await ground.CountAsync("lanes")).ShouldBe(0);
        await ground.Node.BeginAsync(Some.Again(plan, "again"));
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task No_counter_of_redraws_or_wakeups_can_be_below_zero(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.BeginAsync(Some.Plan("INC-1"));
        await Should.ThrowAsync<DbException>(() => ground.WriteAsync("UPDATE threads SET redraw_requested = -1"));
        await Should.ThrowAsync<DbException>(() => ground.WriteAsync("UPDATE lanes SET wake_count = -1"));
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

    /// <summary>A database whose newest script is this one.</summary>
    static async Task<Ground> OfVersionAsync(On on, int version)
    {
        var ground = await Ground.EmptyAsync(on);
        ground.NewNode();
        await ground.WriteAsync("CREATE TABLE schema_versions (version integer NOT NULL PRIMARY KEY)");
        for (var n = 1; n <= version; n++)
        {
            using var script = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream($"BotDispatch.Storage.Migrations.{n:0000}.sql")!);
            await ground.WriteAsync(await script.ReadToEndAsync());
            await ground.WriteAsync("INSERT INTO schema_versions (version) VALUES (@n)", new { n });
        }
        return ground;
    }

    /// <summary>A cancelled dispatch whose every event was posted, with a redraw that was requested and a line that was freed.</summary>
    static async Task<DispatchPlan> StoreAsVersion8Async(Ground ground)
    {
        var (plan, now) = (Some.Plan("INC-1"), ground.Clock.GetUtcNow());
        var started = Decider.Decide(DispatchState.Initial, new DispatchInput.Start(plan), now);
        var cancelled = Decider.Decide(started.State, new DispatchInput.Cancel(Some.Dana), now);
        List<DispatchEvent> events = [.. started.Events, .. cancelled.Events];
        var row = new
        {
            id = plan.Id.Value,
            seq = (long)events.Count,
            ticket = DispatchStore.NormalTicket("INC-1"),
            at = Moment.Of(now),
            plan = StoredJson.Write(plan),
            state = StoredJson.Write(cancelled.State),
        };
        foreach (var (n, happened) in events.Index())
            await ground.WriteAsync(
                "INSERT INTO events (dispatch, seq, at, event) VALUES (@id, @n, @at, @json)", new { row.id, n = n + 1L, row.at, json = StoredJson.Write(happened) });
        await ground.WriteAsync("""
            INSERT INTO dispatches (id, version, status, is_open, ticket, asked_by, opened_at, closed_at, plan, state)
              VALUES (@id, @seq, 'Cancelled', 0, @ticket, 'test:dana', @at, @at, @plan, @state);
            INSERT INTO threads (dispatch, n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq)
              VALUES (@id, 0, 'test', 'operations', 'card', 1, @seq, @seq, -ABS(@seq) - 1);
            INSERT INTO lanes (dispatch, lane, due_at, not_before, wanted_seq, claimed_until, tries)
              VALUES (@id, 'line', @at, 0, 3, 0, 0), (@id, 'thread:0', @at, 0, -4294967297, 0, 0);
            INSERT INTO attempts (dispatch, callee, number, employee, round, placing_at, status, evidence) VALUES (@id, 0, 1, 'ann', 1, @at, 'None', 'None');
            """, row);
        return plan;
    }
}
