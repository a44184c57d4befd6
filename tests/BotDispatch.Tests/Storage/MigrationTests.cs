using System.Data.Common;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using Dapper;

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
    public async Task A_database_of_version_15_goes_on_with_its_events_where_they_are(On on)
    {
        await using var ground = await OfVersionAsync(on, 15);
        var (ringing, accepted) = (Some.Plan("INC-1"), Some.Plan("INC-2", "bob"));
        await StoreAsVersion15Async(ground, ringing, [new DispatchInput.Start(ringing)], [Some.Begin(Some.Call(ringing.Id)), Some.Leg(Some.Call(ringing.Id), LegStatus.InProgress)]);
        await StoreAsVersion15Async(ground, accepted, [new DispatchInput.Start(accepted), Some.Begin(Some.Call(accepted.Id)), Some.Leg(Some.Call(accepted.Id), LegStatus.InProgress),
            new DispatchInput.KeysPressed(Some.Call(accepted.Id), "1")], [Some.Leg(Some.Call(accepted.Id), LegStatus.Completed)]);
        var before = await ground.CountAsync("events");
        await ground.Node.Get<Migrator>().MigrateAsync(default);

        // Nothing is copied, however much it is.
        (await ground.CountAsync("earlier_events"), await ground.CountAsync("dispatch_events")).ShouldBe((before, 0));
        (await ground.Node.StateAsync(ringing.Id)).Phase.ShouldBeOfType<Phase.Calling>("what happened after the row was written is read from its events");
        await EventsHoldAsync(ground);
        Some.Decided(await ground.Node.ApplyAsync(ringing.Id, new DispatchInput.KeysPressed(Some.Call(ringing.Id), "1"))).ShouldBeTrue();
        Some.Decided(await ground.Node.ApplyAsync(accepted.Id, new DispatchInput.MarkDone(Some.Dana))).ShouldBeTrue();
        await ground.Node.BeginAsync(Some.Plan("INC-3", "eve"));
        await EventsHoldAsync(ground);
        (await ground.CountAsync("earlier_events")).ShouldBe(before);

        // A process that remembers nothing reads the same, from both tables.
        var other = ground.NewNode();
        (await other.Get<DispatchStore>().ListNewestAsync(null, 9, default)).Select(each => StoredAs.Json(each.State)).ShouldBe(
            (await ground.Node.Get<DispatchStore>().ListNewestAsync(null, 9, default)).Select(each => StoredAs.Json(each.State)));
        if (on is On.PostgreSql)
        {
            (await other.ApplyAsync(accepted.Id, new DispatchInput.MarkDone(Some.Dana))).ShouldBeOfType<Applied.Decided>().Decision.IsIgnored.ShouldBeTrue("it is done already");
            (await other.ApplyAsync(ringing.Id, Some.Leg(Some.Call(ringing.Id), LegStatus.Completed))).ShouldBeOfType<Applied.Decided>();
            await EventsHoldAsync(ground);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_process_that_dies_amid_the_script_of_version_16_leaves_the_database_of_yesterday(On on)
    {
        await using var ground = await OfVersionAsync(on, 15);
        var plan = Some.Plan("INC-1");
        await StoreAsVersion15Async(ground, plan, [new DispatchInput.Start(plan)], [Some.Begin(Some.Call(plan.Id))]);
        var before = await ground.CountAsync("events");
        await ground.Node.Get<Database>().WriteAsync(async session =>
        {
            await session.BeginAsync(default);
            return await session.Connection.ExecuteAsync(await ScriptAsync(16), transaction: session.Transaction);
        }, default);
        (await ground.CountAsync("events")).ShouldBe(before);
        await ground.Node.Get<Migrator>().MigrateAsync(default);
        (await ground.CountAsync("earlier_events")).ShouldBe(before);
        (await ground.Node.StateAsync(plan.Id)).Phase.ShouldBeOfType<Phase.Calling>();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Of_two_rows_of_events_with_one_number_only_the_first_is_stored(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var change = await NextChangeAsync(ground, Some.Id("INC-1"));
        (await ground.Node.Engine.WriteAndCountAsync(change.Id, [CommitWrites.Events(change), CommitWrites.Events(change)], default)).ShouldBe([1, 0]);
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
            await ground.WriteAsync(await ScriptAsync(n));
            await ground.WriteAsync("INSERT INTO schema_versions (version) VALUES (@n)", new { n });
        }
        return ground;
    }

    static async Task<string> ScriptAsync(int version)
    {
        using var script = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream($"BotDispatch.Storage.Migrations.{version:0000}.sql")!);
        return await script.ReadToEndAsync();
    }

    /// <summary>A dispatch whose row has the state after some inputs, and whose events go on: a row for each commit.</summary>
    static async Task StoreAsVersion15Async(Ground ground, DispatchPlan plan, DispatchInput[] inRow, DispatchInput[] after)
    {
        var now = ground.Clock.GetUtcNow();
        var (state, seq, at) = (DispatchState.Initial, 0L, Moment.Of(now));
        var id = plan.Id.Value;
        foreach (var (n, input) in inRow.Concat(after).Index())
        {
            var decision = Decider.Decide(state, input, now);
            await ground.WriteAsync("INSERT INTO events (dispatch, seq, at, event) VALUES (@id, @first, @at, @json)",
                new { id, first = seq + 1, at, json = StoredAs.Json(decision.Events) });
            (state, seq) = (decision.State, seq + decision.Events.Length);
            if (n + 1 != inRow.Length)
                continue;
            var (closedAt, isOpen) = (state.ClosedAt is { } closed ? Moment.Of(closed) : (long?)null, state.IsClosed ? 0 : 1);
            await ground.WriteAsync("""
                INSERT INTO dispatches (id, version, status, is_open, ticket, opened_at, closed_at, plan, state)
                  VALUES (@id, @seq, @status, @isOpen, @ticket, @at, @closedAt, @plan, @state);
                INSERT INTO threads (dispatch, n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq)
                  VALUES (@id, 0, 'test', 'operations', NULL, 1, 0, 0, 0);
                """, new { id, seq, status = CommitWrites.StatusOf(state), isOpen, ticket = DispatchStore.NormalTicket(plan.Ticket.Reference), at, closedAt, plan = StoredAs.Json(plan), state = StoredAs.Json(state) });
        }
    }

    /// <summary>What is read of each dispatch is the sum of its events, which have no gap.</summary>
    static async Task EventsHoldAsync(Ground ground)
    {
        var store = ground.Node.Get<DispatchStore>();
        foreach (var id in await ground.ReadAsync<string>("SELECT id FROM dispatches"))
        {
            var stored = (await store.FindAsync(new(id), default)).ShouldNotBeNull();
            var events = await store.EventsAfterAsync(new(id), 0, default);
            events.Select(each => each.Seq).ShouldBe(Enumerable.Range(1, (int)stored.Seq).Select(seq => (long)seq));
            StoredAs.Json(stored.State).ShouldBe(StoredAs.Json(events.Aggregate(DispatchState.Initial, (state, each) => Evolution.Evolve(state, each.Happened))));
            for (var seq = 1; seq < stored.Seq; seq++)
                (await store.EventsAfterAsync(new(id), seq, default)).Select(each => each.Seq).ShouldBe(events.Skip(seq).Select(each => each.Seq));
        }
    }

    /// <summary>A commit that two nodes decide at once.</summary>
    static async Task<DispatchChange> NextChangeAsync(Ground ground, DispatchId id)
    {
        var stored = (await ground.Node.Get<DispatchStore>().FindAsync(id, default)).ShouldNotBeNull();
        var decision = Decider.Decide(stored.State, new DispatchInput.Cancel(Some.Dana), ground.Clock.GetUtcNow());
        return new(id, stored, decision.State, decision.Events, [], ground.Clock.GetUtcNow());
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
            plan = StoredAs.Json(plan),
            state = StoredAs.Json(cancelled.State),
        };
        foreach (var (n, happened) in events.Index())
            await ground.WriteAsync(
                "INSERT INTO events (dispatch, seq, at, event) VALUES (@id, @n, @at, @json)", new { row.id, n = n + 1L, row.at, json = StoredAs.Json(happened) });
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
