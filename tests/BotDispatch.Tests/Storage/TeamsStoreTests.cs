using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class TeamsStoreTests
{
    const string Tenant = "22222222-0000-4000-8000-000000000002";
    const string Channel = "19:aa@thread.tacv2";
    const string Amer = "https://smba.trafficmanager.net/amer/";
    const string Emea = "https://smba.trafficmanager.net/emea/";

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_conversation_survives_the_process(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var known = Conversation(ground);
        await Store(ground).RememberAsync(known, default);
        (await StoreOf(ground.NewNode()).FindConversationAsync(Tenant, Channel, default)).ShouldBe(known);
        (await Store(ground).FindConversationAsync("another", Channel, default)).ShouldBeNull();
        (await Store(ground).FindConversationAsync(Tenant, "19:bb@thread.tacv2", default)).ShouldBeNull();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_newest_service_address_wins_in_whatever_order_it_comes(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var old = Conversation(ground);
        var moved = old with { ServiceUrl = Emea, At = old.At + TimeSpan.FromSeconds(1) };
        await Store(ground).RememberAsync(moved, default);
        await Store(ground).RememberAsync(old, default);
        (await Store(ground).FindConversationAsync(Tenant, Channel, default)).ShouldBe(moved);
        // In the other order it is the same.
        await Store(ground).RememberAsync(old with { Id = "a:1" }, default);
        await Store(ground).RememberAsync(moved with { Id = "a:1" }, default);
        (await Store(ground).FindConversationAsync(Tenant, "a:1", default)).ShouldBe(moved with { Id = "a:1" });
    }

    [Theory, OnSqlite]
    public async Task What_one_process_has_read_is_read_again_only_after_it_was_changed(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var read = 0;
        ground.Statements = new(statement => read += statement.Sql.StartsWith("SELECT tenant", StringComparison.Ordinal) ? 1 : 0);
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        var (known, store) = (Conversation(ground), Store(ground));
        await store.RememberAsync(known, default);
        await store.FindConversationAsync(Tenant, Channel, default);
        read = 0;

        (await store.FindConversationAsync(Tenant, Channel, default)).ShouldBe(known);
        read.ShouldBe(0);
        await store.ForgetConversationAsync(Tenant, Channel, default);
        (await store.FindConversationAsync(Tenant, Channel, default)).ShouldBeNull();
        read.ShouldBe(1);
    }

    [Theory, OnPostgreSql]
    public async Task What_another_process_has_changed_is_seen_at_once(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (known, other) = (Conversation(ground), StoreOf(ground.NewNode()));
        await Store(ground).RememberAsync(known, default);
        (await other.FindConversationAsync(Tenant, Channel, default)).ShouldBe(known);
        await Store(ground).ForgetConversationAsync(Tenant, Channel, default);

        (await other.FindConversationAsync(Tenant, Channel, default)).ShouldBeNull();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_a_delivery_leaves_out_stays_as_it_was(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var named = Conversation(ground);
        await Store(ground).RememberAsync(named, default);
        await Store(ground).RememberAsync(named with { ServiceUrl = Emea, Team = null, Name = "", At = named.At + TimeSpan.FromSeconds(1) }, default);
        (await Store(ground).FindConversationAsync(Tenant, Channel, default)).ShouldBe(named with { ServiceUrl = Emea, At = named.At + TimeSpan.FromSeconds(1) });
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Who_writes_often_costs_one_write_an_hour(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var known = Conversation(ground);
        var person = Dana(ground);
        await Store(ground).RememberAsync(known, default);
        await Store(ground).RememberAsync(person, default);
        await Store(ground).RememberAsync(known with { Name = null, At = known.At + TimeSpan.FromMinutes(59) }, default);
        await Store(ground).RememberAsync(person with { Email = null, At = person.At + TimeSpan.FromMinutes(59) }, default);
        (await Store(ground).FindConversationAsync(Tenant, Channel, default))!.At.ShouldBe(known.At);
        (await Store(ground).FindPersonAsync(Tenant, person.Id, default))!.At.ShouldBe(person.At);
        await Store(ground).RememberAsync(known with { At = known.At + TimeSpan.FromMinutes(60) }, default);
        (await Store(ground).FindConversationAsync(Tenant, Channel, default))!.At.ShouldBe(known.At + TimeSpan.FromMinutes(60));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_newest_conversation_speaks_for_its_tenant(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var first = Conversation(ground);
        await Store(ground).RememberAsync(first, default);
        await Store(ground).RememberAsync(first with { Id = "a:1", ServiceUrl = Emea, At = first.At + TimeSpan.FromHours(2) }, default);
        await Store(ground).RememberAsync(first with { Tenant = "another", At = first.At + TimeSpan.FromHours(3) }, default);
        (await Store(ground).FindNewestConversationAsync(Tenant, default))!.Id.ShouldBe("a:1");
        (await Store(ground).FindNewestConversationAsync("a third", default)).ShouldBeNull();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_bot_that_was_removed_forgets_the_place_or_the_whole_team(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = Store(ground);
        var channel = Conversation(ground);
        await store.RememberAsync(channel, default);
        await store.RememberAsync(channel with { Id = "19:cc@thread.tacv2" }, default);
        await store.RememberAsync(channel with { Id = channel.Team! }, default);
        await store.RememberAsync(channel with { Id = "a:1", Team = null, Kind = "personal" }, default);
        await store.RememberAsync(channel with { Tenant = "another" }, default);
        await store.ForgetConversationAsync(Tenant, "19:cc@thread.tacv2", default);
        (await ground.CountAsync("teams_conversations")).ShouldBe(4);
        await store.ForgetTeamAsync(Tenant, channel.Team!, default);
        (await ground.ReadAsync<string>("SELECT tenant || '/' || id FROM teams_conversations ORDER BY 1")).ShouldBe([$"{Tenant}/a:1", $"another/{Channel}"], ignoreOrder: true);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_person_is_found_by_object_id_and_by_mri(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = Store(ground);
        var dana = Dana(ground);
        await store.RememberAsync(dana with { Id = dana.Mri, Name = "guest" }, default);
        (await store.FindPersonByMriAsync(Tenant, dana.Mri, default))!.Name.ShouldBe("guest");
        await store.RememberAsync(dana, default);
        (await store.FindPersonByMriAsync(Tenant, dana.Mri, default)).ShouldBe(dana);
        (await StoreOf(ground.NewNode()).FindPersonAsync(Tenant, dana.Id, default)).ShouldBe(dana);
        (await store.FindPersonAsync("another", dana.Id, default)).ShouldBeNull();
        await store.RememberAsync(dana with { Name = "Dana Katz", Email = null, At = dana.At + TimeSpan.FromSeconds(1) }, default);
        (await store.FindPersonAsync(Tenant, dana.Id, default)).ShouldBe(dana with { Name = "Dana Katz", At = dana.At + TimeSpan.FromSeconds(1) });
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_person_who_did_nothing_for_long_is_forgotten_and_can_be_stored_again(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = Store(ground);
        var dana = Dana(ground);
        var ben = dana with { Id = "ben", Mri = "29:ben", At = dana.At + TimeSpan.FromDays(1) };
        await store.RememberAsync(dana, default);
        await store.RememberAsync(ben, default);
        (await store.FindPersonAsync(Tenant, dana.Id, default)).ShouldBe(dana);
        (await store.FindPersonByMriAsync(Tenant, dana.Mri, default)).ShouldBe(dana);

        (await store.ForgetPeopleAsync(ben.At, default)).ShouldBe(1);
        (await store.FindPersonAsync(Tenant, dana.Id, default)).ShouldBeNull();
        (await store.FindPersonByMriAsync(Tenant, dana.Mri, default)).ShouldBeNull();
        (await store.FindPersonAsync(Tenant, ben.Id, default)).ShouldBe(ben);
        await store.RememberAsync(dana, default);
        (await store.FindPersonAsync(Tenant, dana.Id, default)).ShouldBe(dana);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Whatever_somebody_is_called_it_can_be_stored(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var dana = Dana(ground) with { Name = "a\0b\ud83d'; DROP TABLE teams_people; --", Mri = "29:\0" };
        await Store(ground).RememberAsync(dana, default);
        await Store(ground).RememberAsync(dana, default);
        (await Store(ground).FindPersonByMriAsync(Tenant, "29:\0", default))!.Name.ShouldBe("a\ufffdb\ufffd'; DROP TABLE teams_people; --");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Many_at_once_leave_one_row_with_the_newest_word(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var known = Conversation(ground);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => Store(ground).RememberAsync(known with { ServiceUrl = $"{Amer}{n}", At = known.At + TimeSpan.FromSeconds(n) }, default))));
        (await ground.ReadAsync<string>("SELECT service_url FROM teams_conversations")).ShouldHaveSingleItem().ShouldBe($"{Amer}19");
    }

    [Theory, OnSqlite]
    public async Task Who_waits_while_somebody_else_writes_holds_no_thread_and_shares_one_commit(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var store = StoreOf(ground.Node);
        await ground.WriteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        const int Many = 200;
        var (begun, all) = (0, Array.Empty<Task>());
        await using (var other = await ground.OpenElsewhereAsync())
        {
            await using var held = await other.BeginTransactionAsync();
            all = [.. Enumerable.Range(0, Many).Select(n => Task.Run(() =>
            {
                var writing = store.RememberAsync(Dana(ground) with { Id = $"{n}", Mri = $"29:{n}" }, default);
                Interlocked.Increment(ref begun);
                return writing;
            }))];
            // One of them waits for the database on its own thread, as SQLite's driver does; the others wait for that one.
            await Until(() => Volatile.Read(ref begun) == Many - 1);
        }
        await Task.WhenAll(all);
        (await ground.CountAsync("teams_people")).ShouldBe(Many);
        // A commit writes a few pages of 4 KB; two hundred would write six hundred.
        new FileInfo(Path.Combine(ground.Folder, "test.db-wal")).Length.ShouldBeLessThan(400_000);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Many_at_once_of_one_process_come_in_the_order_of_their_words_and_what_is_forgotten_in_between_too(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        using var store = StoreOf(ground.Node);
        var known = Conversation(ground);
        await Task.WhenAll([
            .. Enumerable.Range(0, 50).Select(n => Task.Run(() => store.RememberAsync(known with { Id = $"19:{n % 5}", ServiceUrl = $"{Amer}{n}", At = known.At + TimeSpan.FromSeconds(n) }, default))),
            Task.Run(() => store.ForgetTeamAsync(Tenant, "another", default)),
        ]);
        (await ground.ReadAsync<string>("SELECT service_url FROM teams_conversations ORDER BY id")).ShouldBe([$"{Amer}45", $"{Amer}46", $"{Amer}47", $"{Amer}48", $"{Amer}49"]);
        await store.ForgetTeamAsync(Tenant, known.Team!, default);
        (await ground.CountAsync("teams_conversations")).ShouldBe(0);
    }

    static async Task Until(Func<bool> so)
    {
        var begun = Environment.TickCount64;
        while (!so())
        {
            (Environment.TickCount64 - begun).ShouldBeLessThan(20_000);
            await Task.Yield();
        }
    }

    static TeamsConversation Conversation(Ground ground) => new(Tenant, Channel, Amer, "28:bot", "channel", "19:bb@thread.tacv2", "Operations", ground.Clock.GetUtcNow());

    static TeamsPerson Dana(Ground ground) => new(Tenant, "11111111-0000-4000-8000-000000000001", "29:1abc", "Dana", "dana@example.com", ground.Clock.GetUtcNow());

    static TeamsStore Store(Ground ground) => StoreOf(ground.Node);

    static TeamsStore StoreOf(Node node) => new(node.Get<Database>());
}
