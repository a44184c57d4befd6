using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Playground;
using BotDispatch.Storage;
using BotDispatch.Tests.Architecture;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BotDispatch.Tests.Storage;

/// <summary>What anything costs follows what is open, not what has ever been: the plan of every statement is read, on a database with many closed dispatches.</summary>
public partial class StatementPlanTests
{
    // Rows that go when their dispatch is looked after or closed, and tables of some few rows.
    static readonly string[] Small = ["lanes", "line_waits", "keys", "notes", "installations", "schema_versions", "api_keys"];

    // Indexes of what is open alone.
    static readonly string[] OpenOnly = ["dispatches_open", "alert_groups_open", "alerts_open"];

    // Asked where other processes write too.
    static readonly string[] ForSharedOnly =
    [
        "SELECT d.id, d.replaced_by, COALESCE( (SELECT MAX(seq) FROM dispatch_events WHERE opened_at = d.opened_at AND dispatch = d.id), "
            + "(SELECT MAX(seq) FROM earlier_events WHERE dispatch = d.id)) FROM dispatches d WHERE",
        "SELECT dispatch FROM alert_groups WHERE resolved_at IS NULL AND (",
    ];

    // Asked where one process alone uses the database.
    const string ForOwnerOnly = "RETURNING dispatch, lane, due_at, not_before, wake_count, tries, COALESCE((SELECT is_open FROM dispatches WHERE id = lanes.dispatch), 0)";

    // What a statement makes for itself, and the list that is bound to it.
    static readonly string[] Own = ["json_each", "succession", "due", "own", "life", "CONSTANT", "VALUES CLAUSE"];

    [Theory, OnSqlite, OnPostgreSql]
    public async Task No_statement_reads_a_table_that_grows_from_end_to_end(On on)
    {
        var ran = new Dictionary<string, Statement>();
        await using var ground = await Ground.EmptyAsync(on);
        ground.Statements = new(statement =>
        {
            lock (ran)
                ran[statement.Sql] = statement;
        });
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        await LiveAsync(ground);
        Statement[] statements;
        lock (ran)
            statements = [.. ran.Values];
        MissingFrom(statements).ShouldBe(on is On.Sqlite ? ForSharedOnly : [ForOwnerOnly], ignoreOrder: true, "every statement of the product must be run by this test");

        await AgeAsync(ground);
        List<string> reading = [];
        foreach (var statement in statements)
        {
            var plan = await PlanAsync(ground, statement);
            if (on is On.Sqlite ? ScansOfSqlite(plan, statement.Sql.Contains("LIMIT $")).ToList() is { Count: > 0 } : ScansOfPostgreSql(JsonElement.Parse(plan[0])[0].GetProperty("Plan"), isLimited: false).Any())
                reading.Add($"{statement.Sql}\n{string.Join('\n', plan)}");
        }
        string.Join("\n\n", reading).ShouldBeEmpty();
    }

    /// <summary>Does everything that the product does to its database.</summary>
    static async Task LiveAsync(Ground ground)
    {
        var (node, clock) = (ground.Node, ground.Clock);
        var (first, second) = (Some.Plan("INC-1", "bob"), Some.Plan("INC-2", "bob", "ann"));
        var yard = Some.Mirror("yard");
        await node.BeginAsync(first, yard);
        await node.BeginAsync(second, yard);
        await node.ApplyAsync(first.Id, Some.Leg(Some.Call(first.Id), LegStatus.InProgress));
        await node.ApplyAsync(first.Id, new DispatchInput.KeysPressed(Some.Call(first.Id), "1"));
        await node.ApplyAsync(first.Id, Some.Leg(Some.Call(first.Id), LegStatus.Completed));
        await node.SettleAsync();
        await node.Engine.ApplyOnceAsync(first.Id, new DispatchInput.MarkDone(Some.Dana), "delivery", default);
        await node.SettleAsync();
        var third = Some.Again(first, "again");
        await node.BeginAsync(third);
        await node.ApplyAsync(second.Id, new DispatchInput.GiveUpThread(1, GivenUpBecause.Refused, "gone"));
        // Two that want the same person's phone at once: one of them loses it in the same commit.
        await Task.WhenAll(node.ApplyAsync(second.Id, new DispatchInput.Cancel(Some.Dana)), node.ApplyAsync(third.Id, new DispatchInput.Cancel(Some.Dana)));
        await node.SettleAsync();

        var lane = new ClaimedLane(second.Id, Lanes.Clock, clock.GetUtcNow(), 1, 0, 0);
        var thread = new ThreadRow(0, second.Channel, "root", true, 0, 0, 0, 0, null, 0, 0, null);
        var lanes = node.Get<LaneStore>();
        await node.Engine.WriteAsync(second.Id,
        [
            .. LaneStore.Done(lane, "n"), .. LaneStore.Again(lane, "n", clock.GetUtcNow()), .. LaneStore.GiveBack(lane, "n"), .. lanes.Later(lane, "n", TimeSpan.Zero), .. lanes.NotYet(lane, "n", TimeSpan.Zero),
            LaneStore.FreeAllClaims, .. ThreadStore.ForgetCard(second.Id, thread, clock.GetUtcNow()), .. ThreadStore.DrawAgain(second.Id, 0, clock.GetUtcNow()),
            ThreadStore.SaveCardAttempt(second.Id, thread, 1), ThreadStore.SaveMember(second.Id, thread, "x"), NoteStore.Keep("x", "y"),
            LineWrites.GiveBack(new("", "phone", second.Id.Value, "x")), CommitWrites.TakeBackNew(Some.Id("none")),
            TicketStore.SaveAttempt(second.Id, 1), TicketStore.SaveNoted(second.Id, 1), TicketStore.ForgetAttempt(second.Id), TicketStore.SaveTries(second.Id, 1, 1), TicketStore.SaveStanding(second.Id, "{}"), TicketStore.BecomeReader("x", "n", clock.GetUtcNow(), clock.GetUtcNow()),
        ], default);
        await lanes.NextAsync(clock.GetUtcNow(), clock.GetUtcNow(), default);
        await node.Engine.ClaimAsync(session => lanes.ClaimAsync(session, "n", Lanes.All, clock.GetUtcNow(), 1), default);
        // Where one process alone uses the database.
        await node.Get<Database>().WriteAsync([LaneStore.Postponed(lane, clock.GetUtcNow(), 1), .. LaneStore.Gone([(Some.Id("none"), Lanes.Clock)])], default);
        await node.Get<Database>().WriteAsync(async session => (await LaneStore.AllAsync(session)).Count, default);
        await node.Engine.ListOpenAsync(default);
        await node.Engine.FindOpenByTicketAsync("INC-1", default);
        await node.Engine.FindLatestByTicketAsync("INC-1", default);
        await node.Engine.ListAcceptedAsync(DateTimeOffset.UnixEpoch, 5, default);
        await node.Engine.ListNewestAsync(null, 5, default);
        await node.Engine.ListWaitingAsync([Lanes.Clock], default);
        await node.Engine.ListNewestAsync("INC-1", 5, default);
        await node.Get<DispatchStore>().FindAsync(first.Id, default);
        // A lane reads events only if the process has forgotten them, which depends on chance.
        await node.Get<DispatchStore>().EventsAfterAsync(first.Id, 0, default);
        // What a node alone on its database remembers.
        await node.Get<Database>().WriteAsync(async session =>
        {
            await DispatchStore.AllLinesAsync(session);
            await node.Get<DispatchStore>().LinesAsync(session, [Some.PhoneOf("bob")]);
            await node.Get<DispatchStore>().OpenByTicketAsync(session, ["inc-1"]);
            return await DispatchStore.AllWaitsAsync(session);
        }, default);
        await node.Get<DispatchStore>().BusyPhonesAsync(await node.StateAsync(third.Id) with { Phase = new Phase.Placing(Some.Call(third.Id)) }, clock.GetUtcNow(), default);
        await node.Get<DispatchStore>().FindOpenByTicketAsync("INC-1", default);
        await node.Get<DispatchStore>().ListOpenAsync(default);
        await node.Get<DispatchStore>().ListOpenRowsAsync(default);
        await node.Get<DispatchStore>().ListAcceptedAsync(DateTimeOffset.UnixEpoch, 5, default);
        await node.Get<DispatchStore>().ListAcceptedRowsAsync(5, default);
        await node.Get<DispatchStore>().FreeLinesAsync([Some.PhoneOf("bob")], clock.GetUtcNow(), default);
        await node.Get<ThreadStore>().FindCardsAsync(first.Id, PretendChat.Platform, default);
        await node.Get<TicketStore>().FindAsync(second.Id, default);
        await node.Get<NoteStore>().ReadAsync("x", default);
        await node.Get<NoteStore>().ReadWithTimeAsync("x", default);
        var absences = new AbsenceStore(node.Get<Database>());
        await absences.ListAsync(default);
        await absences.TrySaveAsync([new("away", "bob", "", "x")], default);
        var withdrawn = Some.Plan("INC-4", "eve");
        await node.StartAsync(withdrawn);
        await node.ApplyAsync(withdrawn.Id, Some.Begin(Some.Call(withdrawn.Id)));
        await node.ApplyAsync(withdrawn.Id, new DispatchInput.CallNotPlaced(Some.Call(withdrawn.Id), new NotPlaced.NotSent()));
        var calls = node.Get<CallStore>();
        await calls.ReadAsync([new("bob")], clock.GetUtcNow(), default);
        await calls.SinceAsync([new("bob")], clock.GetUtcNow(), default);
        await calls.SinceAsync(clock.GetUtcNow(), default);
        await calls.DeleteBeforeAsync(clock.GetUtcNow().AddYears(-2), default);
        await node.Get<KeyRing>().LoadAsync("callbacks", default);

        await UseProgramsAsync(node, second.Id, clock.GetUtcNow());
        var installations = node.Get<InstallationStore>();
        var version = await installations.PutAsync("slack", "T1", "{}", default);
        await installations.FindAsync("slack", "T1", default);
        await installations.TryLeaseAsync("slack", "T1", version, TimeSpan.FromSeconds(1), default);
        await installations.ReleaseAsync("slack", "T1", version, default);
        await installations.ReplaceAsync("slack", "T1", version, "{}", default);
        await installations.DeleteAsync("slack", "T1", default);
        await node.Get<SeenStore>().TryAddAsync("x", default);
        await node.Get<SeenStore>().HasAsync("x", default);
        await node.Get<SeenStore>().DeleteBeforeAsync(clock.GetUtcNow(), default);
        await node.Get<LineStore>().DeleteExpiredAsync(clock.GetUtcNow(), default);
        await new CopyStore(node.Get<Database>(), new(node.Get<Database>())).DeleteUnusedAsync("people", default);
        using var teams = new TeamsStore(node.Get<Database>());
        await teams.RememberAsync(new TeamsConversation("t", "c", "https://x", "b", "channel", "team", null, clock.GetUtcNow()), default);
        await teams.RememberAsync(new TeamsPerson("t", "p", "29:p", null, null, clock.GetUtcNow()), default);
        await teams.FindNewestConversationAsync("t", default);
        await teams.FindPersonByMriAsync("t", "29:p", default);
        await teams.ForgetConversationAsync("t", "c", default);
        await teams.ForgetTeamAsync("t", "team", default);
        await teams.ForgetPeopleAsync(clock.GetUtcNow(), default);
        using var messages = new PlaygroundMessages(node.Get<Database>(), node.Engine);
        var (message, _) = await messages.AddAsync(new("key", null, "said", "Dana", clock.GetUtcNow(), "{}"), default);
        await messages.ReplaceAsync(message.Id, "{}", default);
        // Last, because it deletes what all the others have used.
        (await node.Engine.DeleteClosedAsync(clock.GetUtcNow() + TimeSpan.FromMilliseconds(1), default)).ShouldBeGreaterThan(0);
    }

    /// <summary>Keys, requests, alerts and webhooks of programs.</summary>
    static async Task UseProgramsAsync(Node node, DispatchId dispatch, DateTimeOffset now)
    {
        var keys = node.Get<ApiKeyStore>();
        await keys.TryAddAsync(new("id", "name", "hash", "start", "", "", now), default);
        await keys.FindAsync("id", default);
        await keys.ListAsync(default);
        await keys.NoteUseAsync("id", now, default);
        await keys.FirstRequestAsync("x", "hash", now, default);
        await keys.FirstRequestAsync("x", "hash", now, default);
        await keys.DeleteRequestsBeforeAsync(now, default);
        await keys.DeleteAsync("name", default);
        var alerts = node.Get<AlertStore>();
        await alerts.StoreAsync([new("a", "a", now, "{}")], [], now, default);
        await alerts.StoreAsync([new("a", "a", now, "{}")], [], now, default);
        var due = (await alerts.ListDueAsync(now, 5, default)).Single();
        await alerts.PostponeAsync(due, now, default);
        await alerts.WaitAsync(due, now, default);
        await alerts.IsOfAnotherAsync(due, dispatch, default);
        await alerts.StoreAsync([new("a", "a", now, "{}", new("long a", "long a"))], [], now, default);
        await alerts.NoteStartedAsync([due.Dispatch], default);
        // Its own dispatch was never opened, because this one was.
        await node.StartAsync(Some.Plan("alert-1", "eve"));
        await alerts.ListToStopAsync(due, "alert-1", default);
        await alerts.StoreAsync([new("a", "a", now.AddDays(1), "{}")], [], now, default);
        due = (await alerts.ListDueAsync(now, 5, default)).Single();
        await alerts.NoteStartedAsync([due.Dispatch], default);
        await alerts.StoreAsync([], [new("a", now, null, "it is over")], now, default);
        await alerts.StoreAsync([], [new("never announced", now, null, "it is over")], now, default);
        await alerts.HasEndedAsync(due.Dispatch, default);
        await alerts.NoteStoppedAsync(due.Dispatch, default);
        await alerts.DeleteBeforeAsync(now, default);
        await node.Get<WebhookStore>().SentAsync(dispatch, "ops", default);
        await node.Get<WebhookStore>().ShareAsync([Lanes.OfWebhook("ops")], Lanes.Webhooks, default);
        await node.Get<WebhookStore>().DeleteRemovedAsync(Lanes.WebhookBegins, [Lanes.OfWebhook("ops")], now, default);
        await node.Engine.WriteAsync(dispatch, [WebhookStore.Save(dispatch, "ops", 1)], default);
    }

    /// <summary>Many dispatches that were closed long ago, and what they left behind.</summary>
    static async Task AgeAsync(Ground ground)
    {
        const string Many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)";
        var long_ = new { text = new string('x', 700) };
        await ground.WriteAsync($"{Many} INSERT INTO dispatches (id, version, status, is_open, ticket, opened_at, closed_at, replaced_by, plan, state) SELECT 'old' || i, 2, 'Cancelled', 0, 'old-' || i, i, i, 'next' || i, @text, @text FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO dispatch_events (opened_at, dispatch, seq, at, event) SELECT i, 'old' || i, 2, i, @text FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO earlier_events (dispatch, seq, at, event) SELECT 'old' || i, 1, i, @text FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO threads (dispatch, n, platform, address, root_message, owns_card, posting_seq, posted_seq, card_seq) SELECT 'old' || i, 0, 'test', 'operations', 'm' || i, 1, 2, 2, 2 FROM n");
        await ground.WriteAsync($"{Many} INSERT INTO lines (phone, holder, dispatch, attempt, held_until, is_accepted) SELECT '+' || i, 'old' || i, 'old' || i, @text, i, 1 FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO calls (employee, kind, at, dispatch) SELECT 'p' || i, 'called', i, 'old' || i FROM n");
        await ground.WriteAsync($"{Many} INSERT INTO seen (delivery, at) SELECT 'old' || i, 4000000000000 + i FROM n");
        await ground.WriteAsync($"{Many} INSERT INTO teams_conversations (tenant, id, service_url, bot_id, kind, team, at) SELECT 't' || i, 'c' || i, @text, 'b', 'channel', 'team' || i, i FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO teams_people (tenant, id, mri, name, at) SELECT 't' || i, 'p' || i, '29:' || i, @text, i FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO playground_messages (seq, post_key, kind, author, at, body) SELECT 100 + i, 'k' || i, 'said', 'x', i, @text FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO api_requests (dispatch, body_hash, at) SELECT 'old' || i, @text, 4000000000000 + i FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO alert_groups (dispatch, group_key, job, resolved_at, wanted, settled, tries, due_at) SELECT 'old' || i, 'g' || i, @text, 4000000000000 + i, 2, 2, 0, i FROM n", long_);
        await ground.WriteAsync($"{Many} INSERT INTO alerts (id, dispatch, starts_at, resolved_at) SELECT 'old' || i, 'old' || i, i, 4000000000000 + i FROM n");
        await ground.WriteAsync($"{Many} INSERT INTO webhook_progress (dispatch, webhook, sent_seq) SELECT 'old' || i, 'ops', i FROM n");
        // What PostgreSQL does by itself after a while; our SQLite never does.
        if (ground.On is On.PostgreSql)
            await ground.WriteAsync("ANALYZE (VERBOSE false)");
    }

    static async Task<List<string>> PlanAsync(Ground ground, Statement statement)
    {
        await using var connection = await ground.Node.Get<Database>().OpenAsync(default);
        await using var command = connection.CreateCommand();
        if (ground.On is On.PostgreSql)
        {
            // It takes a recursion for a hundred rows and then rather reads a table of this size whole; what counts is that it need not when the table has grown.
            command.CommandText = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";
            await command.ExecuteNonQueryAsync();
        }
        command.CommandText = (ground.On is On.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (FORMAT JSON) ") + statement.Sql;
        for (var i = 0; i < statement.Values.Length; i++)
            command.Parameters.Add(ground.On is On.Sqlite
                ? new SqliteParameter($"${i + 1}", ValueOf(statement.Values[i]))
                : new NpgsqlParameter { Value = ValueOf(statement.Values[i]) });
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(ground.On is On.Sqlite ? reader.GetString(3) : reader.GetString(0));
        return lines;
    }

    static object ValueOf(object? value) => value switch
    {
        null => DBNull.Value,
        Utf8Text text => text.ToString(),
        _ => value,
    };

    // In the order of an index and up to a limit: only so many rows are read.
    static IEnumerable<string> ScansOfSqlite(List<string> plan, bool isLimited) => plan
        .Where(line => line.StartsWith("SCAN ", StringComparison.Ordinal) && !Own.Concat(Small).Any(line.Contains))
        .Where(line => !OpenOnly.Any(index => line.Contains("INDEX " + index, StringComparison.Ordinal)))
        .Where(line => !(isLimited && plan.Count == 1 && line.Contains(" USING INDEX ")));

    static IEnumerable<string> ScansOfPostgreSql(JsonElement plan, bool isLimited)
    {
        var (node, limited) = (plan.GetProperty("Node Type").GetString()!, isLimited);
        var relation = plan.TryGetProperty("Relation Name", out var named) ? named.GetString()! : "";
        var index = plan.TryGetProperty("Index Name", out var by) ? by.GetString()! : "";
        var isScan = node is "Seq Scan" || node.EndsWith("Scan", StringComparison.Ordinal) && index.Length > 0 && !plan.TryGetProperty("Index Cond", out _) && !OpenOnly.Contains(index) && !limited;
        if (isScan && !Small.Contains(relation) && !Small.Any(small => index.StartsWith(small, StringComparison.Ordinal)))
            yield return $"{node} {relation} {index}";
        // A sort between would read all of it first.
        limited = node is "Limit" || limited && node is not ("Sort" or "Aggregate" or "Hash");
        if (plan.TryGetProperty("Plans", out var below))
            foreach (var each in below.EnumerateArray())
                foreach (var scan in ScansOfPostgreSql(each, limited))
                    yield return scan;
    }

    /// <summary>The pieces of SQL in our sources that no statement had which was run.</summary>
    static List<string> MissingFrom(Statement[] statements)
    {
        var all = statements.Select(statement => Plain(statement.Sql)).ToList();
        var source = Path.Combine(Repository.Root, "src", "BotDispatch");
        return [.. Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories)
            // These ask about the database, not about what is in it.
            .Where(file => Path.GetFileName(file) is not ("Database.cs" or "Migrator.cs"))
            // The room of tickets must not know the storage; what looks like SQL there is the query language of a ticket system.
            .Where(file => !file.StartsWith(Path.Combine(source, "Tickets"), StringComparison.Ordinal))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)))
            .Select(literal => literal.Groups["raw"].Success ? literal.Groups["raw"].Value : literal.Groups["line"].Value)
            .Where(text => Sql().IsMatch(text))
            .SelectMany(text => Hole().Split(text))
            .Select(Plain)
            .Where(piece => piece.Length > 8 && !all.Any(sql => sql.Contains(piece, StringComparison.Ordinal)))];
    }

    static string Plain(string sql) => Space().Replace(sql, " ").Trim();

    [GeneratedRegex("""""
        \$?"""(?<raw>.*?)"""|\$?"(?<line>(?:\{(?:[^{}"\n]|"[^"\n]*")*\}|[^"\\\n]|\\.)*)"
        """"", RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\s*(WITH|SELECT [a-z]|INSERT INTO|UPDATE [a-z]+ SET|DELETE FROM)|\bWHERE [a-z]|ORDER BY [a-z]")]
    private static partial Regex Sql();

    [GeneratedRegex(@"\{(?:[^{}""]|""[^""]*"")*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
