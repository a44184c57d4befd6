using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using Microsoft.Data.Sqlite;

namespace BotDispatch.Tests.Storage;

/// <summary>The lanes of the only process of a database: it claims them in memory, and what a restart needs is in their rows.</summary>
public class OwnLaneTests
{
    [Theory, OnSqlite]
    public async Task Each_lane_is_claimed_once_however_many_ask(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        for (var n = 0; n < 40; n++)
            await ground.Node.StartAsync(Some.Plan($"INC-{n}"));
        var claimed = new ConcurrentBag<ClaimedLane>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await ClaimAsync(ground, most: 3) is { Count: > 0 } some)
            {
                some.Count.ShouldBeLessThanOrEqualTo(3);
                foreach (var lane in some)
                    claimed.Add(lane);
            }
        })));
        claimed.Count.ShouldBe(80, "voice and thread of each");
        claimed.Select(lane => (lane.Dispatch, lane.Lane)).ShouldBeUnique();
    }

    [Theory, OnSqlite]
    public async Task Claiming_and_letting_go_lanes_of_an_open_dispatch_writes_nothing(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var statements = ground.KeepStatements();
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        statements.Clear();
        foreach (var lane in await ClaimAsync(ground))
            (await Claims(ground).LetGoAsync(lane, new LaneResult.Done())).ShouldBeFalse();
        (await ClaimAsync(ground)).ShouldBeEmpty();
        statements.ShouldBeEmpty();
        (await RowsAsync(ground)).ShouldBe(["clock", "thread:0", "voice"], "a restart looks at them once more");
        (await ClaimAsync(Restarted(ground))).Select(lane => lane.Lane).ShouldBe([Lanes.Thread, Lanes.Voice], ignoreOrder: true);
    }

    [Theory, OnSqlite]
    public async Task A_lane_that_is_wanted_while_it_runs_is_looked_at_again(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1");
        await ground.Node.StartAsync(plan);
        var thread = (await ClaimAsync(ground, Lanes.Thread)).Single();
        await ground.Node.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana));
        (await ClaimAsync(ground, Lanes.Thread)).ShouldBeEmpty("it runs");
        (await Claims(ground).LetGoAsync(thread, new LaneResult.Again(ground.Clock.GetUtcNow() + TimeSpan.FromHours(1)))).ShouldBeTrue();
        var again = (await ClaimAsync(ground, Lanes.Thread)).Single();
        (await Claims(ground).LetGoAsync(again, new LaneResult.Done())).ShouldBeFalse();
        (await RowsAsync(ground)).ShouldBe([Lanes.Voice], "the dispatch is closed, and the thread has shown that");
    }

    [Theory, OnSqlite]
    public async Task Another_look_later_comes_at_its_moment(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var later = ground.Clock.GetUtcNow() + TimeSpan.FromSeconds(3);
        await Claims(ground).LetGoAsync((await ClaimAsync(ground, Lanes.Thread)).Single(), new LaneResult.Again(later));
        (await NextAsync(ground)).Due.ShouldBe(later);
        ground.Clock.AdvanceTo(later - TimeSpan.FromMilliseconds(1));
        (await ClaimAsync(ground, Lanes.Thread)).ShouldBeEmpty();
        ground.Clock.AdvanceTo(later);
        (await ClaimAsync(ground, Lanes.Thread)).Count.ShouldBe(1);
    }

    [Theory, OnSqlite]
    public async Task A_postponed_lane_waits_and_counts_its_tries_also_over_a_restart(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var node = ground.Node;
        for (var tries = 0; tries < 3; tries++)
        {
            var thread = (await ClaimAsync(node, Lanes.Thread)).Single();
            (thread.Tries, thread.WasPostponed).ShouldBe((tries, tries > 0));
            (await node.Get<ILaneClaims>().LetGoAsync(thread, new LaneResult.TryLater("x", TimeSpan.FromSeconds(5)))).ShouldBeTrue();
            (await ClaimAsync(node, Lanes.Thread)).ShouldBeEmpty();
            (await node.Get<ILaneClaims>().NextAsync(ground.Clock.GetUtcNow(), ground.Clock.GetUtcNow(), default)).Real
                .ShouldBe(ground.Clock.GetUtcNow() + TimeSpan.FromSeconds(5));
            node = Restarted(ground);
            (await ClaimAsync(node, Lanes.Thread)).ShouldBeEmpty();
            ground.Clock.Advance(TimeSpan.FromSeconds(5));
        }
        await node.Get<ILaneClaims>().LetGoAsync((await ClaimAsync(node, Lanes.Thread)).Single(), new LaneResult.NotYet(TimeSpan.FromSeconds(5)));
        ground.Clock.Advance(TimeSpan.FromSeconds(5));
        var last = (await ClaimAsync(node, Lanes.Thread)).Single();
        (last.Tries, last.WasPostponed).ShouldBe((3, true), "a wait for its turn is no failure");
        await node.Get<ILaneClaims>().LetGoAsync(last, new LaneResult.Again(ground.Clock.GetUtcNow()));
        (await ClaimAsync(Restarted(ground), Lanes.Thread)).Single().Tries.ShouldBe(0);
    }

    [Theory, OnSqlite]
    public async Task A_lane_that_was_not_looked_after_may_be_claimed_at_once(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        (await Claims(ground).LetGoAsync((await ClaimAsync(ground, Lanes.Thread)).Single(), new LaneResult.Stopped())).ShouldBeTrue();
        (await ClaimAsync(ground, Lanes.Thread)).Single().Tries.ShouldBe(0);
    }

    [Theory, OnSqlite]
    public async Task A_lane_whose_end_could_not_be_stored_rests_also_when_all_lanes_are_read_again(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        foreach (var isForgotten in (bool[])[false, true])
        {
            var thread = (await ClaimAsync(ground, Lanes.Thread)).Single();
            if (isForgotten)
                Claims(ground).Changed();
            (await ClaimAsync(ground, Lanes.Thread)).ShouldBeEmpty("it runs, whatever was forgotten");
            if (isForgotten)
                Claims(ground).Changed();
            Claims(ground).Abandon(thread, TimeSpan.FromSeconds(2)).ShouldBe(TimeSpan.FromSeconds(2));
            (await ClaimAsync(ground, Lanes.Thread)).ShouldBeEmpty();
            ground.Clock.Advance(TimeSpan.FromSeconds(2));
        }
        (await ClaimAsync(ground, Lanes.Thread)).Count.ShouldBe(1);
    }

    [Theory, OnSqlite]
    public async Task Each_end_that_could_not_be_stored_counts_as_a_try_so_that_the_pause_grows(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        for (var tries = 0; tries < 4; tries++)
        {
            var thread = (await ClaimAsync(ground, Lanes.Thread)).Single();
            (thread.Tries, thread.WasPostponed).ShouldBe((tries, tries > 0));
            if (tries > 1)
                Claims(ground).Changed();
            Claims(ground).Abandon(thread, TimeSpan.FromSeconds(1));
            if (tries is 1 or 3)
                Claims(ground).Changed();
            ground.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await Claims(ground).LetGoAsync((await ClaimAsync(ground, Lanes.Thread)).Single(), new LaneResult.Again(ground.Clock.GetUtcNow()));
        (await ClaimAsync(ground, Lanes.Thread)).Single().Tries.ShouldBe(0);
    }

    /// <summary>A transaction that changes nothing succeeds on a full disk, too.</summary>
    [Theory, OnSqlite]
    public async Task After_a_failed_commit_no_lane_is_claimed_until_a_row_can_be_changed(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var isFull = false;
        ground.Statements = new(statement =>
        {
            if (isFull && !statement.Sql.TrimStart().StartsWith("SELECT", StringComparison.Ordinal))
                throw new SqliteException("database or disk is full", 13);
        });
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        var plan = Some.Plan("INC-1");
        await ground.Node.StartAsync(plan);
        isFull = true;
        await Should.ThrowAsync<SqliteException>(ground.Node.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana)));
        for (var looks = 0; looks < 3; looks++)
        {
            await Should.ThrowAsync<SqliteException>(() => ClaimAsync(ground));
            await Should.ThrowAsync<SqliteException>(() => NextAsync(ground));
            // Nothing is decided and nothing stored: that says nothing of the disk.
            await Should.ThrowAsync<SqliteException>(ground.Node.ApplyAsync(Some.Id("none"), new DispatchInput.Cancel(Some.Dana)));
        }
        isFull = false;
        (await ClaimAsync(ground)).Select(lane => lane.Lane).ShouldBe([Lanes.Thread, Lanes.Voice], ignoreOrder: true);
    }

    [Theory, OnSqlite]
    public async Task An_input_that_fails_lets_no_other_dispatch_be_looked_at_again(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        List<DispatchId> ids = [];
        for (var n = 0; n < 4; n++)
            ids.Add(await ground.Node.BeginAsync(Some.Plan($"INC-{n}", $"p{n}")));
        await ground.Node.ApplyAsync(ids[1], Some.Leg(Some.Call(ids[1]), LegStatus.Ringing));
        var running = await ClaimAsync(ground);
        running.Select(lane => lane.Dispatch).Distinct().ShouldBe([ids[1]]);
        var wanted = Others();

        await Should.ThrowAsync<IndexOutOfRangeException>(ground.Node.ApplyAsync(ids[0], Some.Begin(new(ids[0], 99, 1))));
        (await ClaimAsync(ground)).Select(lane => lane.Dispatch).Distinct().ShouldBe([ids[0]], "what was stored of it is not known");
        Others().ShouldBe(wanted, ignoreOrder: true);
        foreach (var lane in running)
            (await Claims(ground).LetGoAsync(lane, new LaneResult.Done())).ShouldBeFalse("nothing wanted it anew");
        (await ClaimAsync(ground)).ShouldBeEmpty();
        await HoldsAsync(ground);

        List<((DispatchId Dispatch, string Lane) Lane, DateTimeOffset At)> Others() =>
            [.. ground.Node.Get<CommittedStates>().Lanes.Wanted().Where(each => each.Lane.Dispatch != ids[0])];
    }

    [Theory, OnSqlite]
    public async Task A_lane_that_somebody_else_woke_before_all_were_read_again_is_looked_at(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        (await ClaimAsync(ground)).ShouldBeEmpty();
        await ground.Node.Get<Database>().WriteAsync([.. ThreadStore.DrawAgain(id, 0, ground.Clock.GetUtcNow())], default);
        Claims(ground).Changed();
        (await ClaimAsync(ground)).Select(lane => lane.Lane).ShouldBe([Lanes.Thread]);
    }

    /// <summary>The webhooks share out their lanes in a transaction of their own, while the engine commits. A row that is due already is not written for that.</summary>
    [Theory, OnSqlite]
    public async Task What_a_commit_wants_while_all_lanes_are_forgotten_is_looked_at(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        Action during = () => { };
        ground.Commits = new(_ => during(), _ => { });
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        var plan = Some.Plan("INC-1", "ann", "bob");
        await ground.Node.StartAsync(plan);
        await Claims(ground).LetGoAsync((await ClaimAsync(ground, Lanes.Voice)).Single(), new LaneResult.Done());
        (await ClaimAsync(ground, Lanes.Voice)).ShouldBeEmpty("nothing wants it anew");
        during = () =>
        {
            during = () => { };
            Claims(ground).Changed();
        };
        Some.Decided(await ground.Node.ApplyAsync(plan.Id, new DispatchInput.Skip(Some.Dana, 0, 1))).ShouldBeTrue();
        (await ClaimAsync(ground, Lanes.Voice)).Count.ShouldBe(1, "bob is to be called");
    }

    /// <summary>Its row has been woken before, and the commit that withdraws it deletes the row and the count with it.</summary>
    [Theory, OnSqlite]
    public async Task A_lane_that_is_withdrawn_and_woken_in_one_commit_is_looked_at(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        for (var times = 0; times < 3; times++)
        {
            await ground.Node.Engine.WriteAsync(id, ThreadStore.DrawAgain(id, 0, ground.Clock.GetUtcNow()), default);
            await Claims(ground).LetGoAsync((await ClaimAsync(ground, Lanes.Thread)).Single(), new LaneResult.Done());
        }
        await ground.Node.Engine.WriteAsync(id,
        [
            .. LaneStore.Gone([(id, Lanes.Thread)]), .. ThreadStore.DrawAgain(id, 0, ground.Clock.GetUtcNow()),
        ], default);
        (await ClaimAsync(ground, Lanes.Thread)).Count.ShouldBe(1);
    }

    [Theory, OnSqlite]
    public async Task A_commit_that_wakes_a_lane_reads_no_other_lane(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var statements = ground.KeepStatements();
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        statements.Clear();
        await ground.Node.Engine.WriteAsync(id, ThreadStore.DrawAgain(id, 0, ground.Clock.GetUtcNow()), default);
        statements.Count.ShouldBe(2, string.Join("\n", statements));
        (await ClaimAsync(ground)).Select(lane => lane.Lane).ShouldBe([Lanes.Thread]);
    }

    [Theory, OnSqlite]
    public async Task A_lane_that_hangs_is_stopped_and_tried_again_and_the_log_says_so_once(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var (node, runner, log) = await HangWhileHangingUpAsync(ground);
        ground.Clock.Advance(LaneStore.Lease);
        await runner.StartDueAsync(default);
        Hanging(log).ShouldBe(0);
        ground.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await runner.StartDueAsync(default);
        Hanging(log).ShouldBe(1);
        await runner.FinishAsync();
        (await ground.ReadAsync<long>("SELECT tries FROM lanes WHERE lane = 'hangup'")).ShouldBe([1], "it was let go, and is tried again");
        ground.Phone.EndsHang = false;
        ground.Clock.Advance(TimeSpan.FromSeconds(1));
        await node.SettleAsync();
        Hanging(log).ShouldBe(1);
    }

    /// <summary>The loop is woken by every commit, and does not look for lanes that hang each time.</summary>
    [Theory, OnSqlite]
    public async Task A_lane_that_hangs_is_reported_within_a_second_of_its_lease(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var (_, runner, log) = await HangWhileHangingUpAsync(ground);
        var begun = ground.Clock.GetUtcNow();
        ground.Clock.Advance(LaneStore.Lease - TimeSpan.FromSeconds(3));
        while (Hanging(log) == 0 && ground.Clock.GetUtcNow() - begun <= LaneStore.Lease + TimeSpan.FromSeconds(3))
        {
            ground.Clock.Advance(TimeSpan.FromMilliseconds(70));
            await runner.StartDueAsync(default);
        }
        (ground.Clock.GetUtcNow() - begun).ShouldBeInRange(LaneStore.Lease, LaneStore.Lease + TimeSpan.FromSeconds(1));
        await runner.FinishAsync();
    }

    [Theory, OnSqlite]
    public async Task A_lane_that_blocks_its_thread_does_not_stop_the_loop(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await CancelWhileOnPhoneAsync(ground.Node);
        using var block = ground.Phone.EndsBlock = new();
        var runner = ground.Node.Get<LaneRunner>();
        try
        {
            await Task.Run(() => runner.StartDueAsync(default)).WaitAsync(TimeSpan.FromSeconds(30));
            await Ground.UntilAsync(() => Task.FromResult(ground.Phone.Ending == 1));
            await Task.Run(() => runner.StartDueAsync(default)).WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            block.Set();
            await runner.FinishAsync();
        }
    }

    /// <summary>The commit that closes a dispatch has kept the row of a lane that ran, which ends while that commit is under way.</summary>
    [Theory, OnSqlite]
    public async Task No_row_stays_behind_when_a_lane_ends_while_its_dispatch_is_closed(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        Action during = () => { };
        ground.Commits = new(_ => during(), _ => { });
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        var plan = Some.Plan("INC-1");
        await ground.Node.StartAsync(plan);
        var voice = (await ClaimAsync(ground, Lanes.Voice)).Single();
        during = () =>
        {
            during = () => { };
            Claims(ground).LetGoAsync(voice, new LaneResult.Done()).IsCompletedSuccessfully.ShouldBeTrue("nothing has to be written");
        };
        await ground.Node.ApplyAsync(plan.Id, new DispatchInput.Cancel(Some.Dana));
        (await RowsAsync(ground)).ShouldBe(["thread:0", "voice"]);
        await ground.Node.SettleAsync();
        (await RowsAsync(ground)).ShouldBeEmpty();
    }

    /// <summary>A mark that comes with the commit in which a lane of a closed dispatch ends.</summary>
    [Theory, OnSqlite]
    public async Task What_a_closed_dispatch_wants_in_the_commit_that_ends_a_lane_is_not_lost(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        await ground.Node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.InProgress));
        await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1"));
        var thread = (await ClaimAsync(ground, Lanes.Thread)).Single();
        // Both wait behind the same commit.
        var first = ground.Node.StartAsync(Some.Plan("INC-2"));
        var done = ground.Node.ApplyAsync(id, new DispatchInput.MarkDone(Some.Dana));
        var end = Claims(ground).LetGoAsync(thread, new LaneResult.Done());
        await Task.WhenAll(first, done, end);
        (await ClaimAsync(Restarted(ground), Lanes.Thread)).Select(lane => lane.Dispatch).ShouldContain(id);
        (await ClaimAsync(ground, Lanes.Thread)).Select(lane => lane.Dispatch).ShouldContain(id);
    }

    /// <summary>Whatever happens, a restart looks at everything that is wanted, no later than it is wanted, and at nothing that is over for good.</summary>
    [Theory, OnSqlite]
    public async Task At_every_moment_a_restart_finds_what_is_wanted(On on)
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var random = new Random(seed);
            await using var ground = await Ground.ReadyAsync(on);
            var node = ground.Node;
            List<DispatchId> ids = [];
            for (var n = 0; n < 4; n++)
            {
                var plan = Some.Plan($"INC-{n}", "ann", "bob");
                ids.Add(plan.Id);
                await node.StartAsync(plan, Some.Mirror("yard"));
            }
            for (var step = 0; step < 60; step++)
            {
                var id = ids[random.Next(ids.Count)];
                var call = Some.Call(id, random.Next(2), random.Next(1, 3));
                await Task.WhenAll(Enumerable.Range(0, random.Next(1, 3)).Select(_ => (Task)(random.Next(9) switch
                {
                    0 => node.ApplyAsync(id, Some.Leg(call, LegStatus.InProgress)),
                    1 => node.ApplyAsync(id, Some.Leg(call, LegStatus.NoAnswer)),
                    2 => node.ApplyAsync(id, Some.Leg(call, LegStatus.Completed)),
                    3 => node.ApplyAsync(id, new DispatchInput.KeysPressed(call, random.Next(3) == 0 ? "1" : "2")),
                    4 => node.ApplyAsync(id, new DispatchInput.Skip(Some.Dana, call.Callee, 1)),
                    5 when random.Next(4) == 0 => node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana)),
                    6 => node.ApplyAsync(id, new DispatchInput.MarkDone(Some.Dana)),
                    7 => node.Engine.WriteAsync(id, ThreadStore.DrawAgain(id, 0, ground.Clock.GetUtcNow()), default),
                    _ => node.Get<LaneRunner>().StartDueAsync(default),
                })));
                if (random.Next(3) == 0)
                    ground.Clock.Advance(TimeSpan.FromSeconds(random.Next(40)));
                if (random.Next(2) == 0)
                    await node.SettleAsync();
                await node.Get<LaneRunner>().FinishAsync();
                await HoldsAsync(ground);
            }
        }
    }

    static async Task HoldsAsync(Ground ground)
    {
        // The writer has noted what it committed once a later work of it is answered.
        await ground.Node.Engine.WriteAsync(default, [], default);
        var now = ground.Clock.GetUtcNow();
        var wanted = ground.Node.Get<CommittedStates>().Lanes.Wanted();
        var rows = (await ground.Node.Get<Database>().WriteAsync(session => LaneStore.AllAsync(session), default)).ToDictionary(row => (row.Dispatch, row.Lane));
        foreach (var (lane, at) in wanted)
        {
            rows.ShouldContainKey(lane, "what is wanted is stored");
            rows[lane].DueAt.ShouldBeLessThanOrEqualTo(at > now ? at : now);
        }
        var wantedLanes = wanted.Select(each => each.Lane).ToHashSet();
        rows.Values.Where(row => row.IsClosed && !wantedLanes.Contains((row.Dispatch, row.Lane))).ShouldBeEmpty("rows of closed dispatches that nobody needs");
    }

    static int Hanging(Warnings log) =>
        log.Lines.Count(line => line.Contains("looking after hangup takes longer than", StringComparison.Ordinal));

    /// <summary>A lane that hangs in hanging up.</summary>
    static async Task<(Node Node, LaneRunner Runner, Warnings Log)> HangWhileHangingUpAsync(Ground ground)
    {
        var log = new Warnings();
        var node = ground.NewNode(log: log);
        await node.Get<Migrator>().MigrateAsync(default);
        await CancelWhileOnPhoneAsync(node);
        ground.Phone.EndsHang = true;
        var runner = node.Get<LaneRunner>();
        (await runner.StartDueAsync(default)).ShouldBeGreaterThan(0);
        await Ground.UntilAsync(() => Task.FromResult(ground.Phone.Ending == 1));
        return (node, runner, log);
    }

    // Then its call is to be ended.
    static async Task CancelWhileOnPhoneAsync(Node node)
    {
        var id = await node.BeginAsync(Some.Plan("INC-1"));
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.InProgress));
        await node.SettleAsync();
        await node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana));
    }

    static ILaneClaims Claims(Ground ground) => ground.Node.Get<ILaneClaims>();

    // It remembers nothing, as after a restart.
    static Node Restarted(Ground ground) => ground.NewNode();

    static Task<IReadOnlyList<ClaimedLane>> ClaimAsync(Ground ground, string? lane = null, int most = 100) => ClaimAsync(ground.Node, lane, most);

    static Task<IReadOnlyList<ClaimedLane>> ClaimAsync(Node node, string? lane = null, int most = 100) =>
        node.Get<ILaneClaims>().ClaimAsync(lane is null ? Lanes.All : [lane], node.Get<TimeProvider>().GetUtcNow(), most, default);

    static Task<(DateTimeOffset? Due, DateTimeOffset? Real)> NextAsync(Ground ground) =>
        Claims(ground).NextAsync(ground.Clock.GetUtcNow(), ground.Clock.GetUtcNow(), default);

    static Task<IReadOnlyList<string>> RowsAsync(Ground ground) => ground.ReadAsync<string>("SELECT lane FROM lanes ORDER BY lane");
}
