using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>What is listed from memory is what the database would list.</summary>
public sealed class ListedDispatchesTests
{
    static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;

    public static TheoryData<On, bool> Orders
    {
        get
        {
            var orders = new TheoryData<On, bool>();
            foreach (var on in OnPostgreSqlAttribute.Server is null ? (On[])[On.Sqlite] : [On.Sqlite, On.PostgreSql])
                foreach (var isNewsFirst in (bool[])[false, true])
                    orders.Add(on, isNewsFirst);
            return orders;
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Lists_follow_every_commit(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var first = Some.Plan("INC-1", "ann");
        await node.BeginAsync(first);
        // From here on they are in memory, where there is one process.
        await AgreeAsync();

        var second = await node.BeginAsync(Some.Plan("inc-2", "bob", "ann"));
        await AgreeAsync();
        ground.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await node.BeginAsync(Some.Plan("INC-3", "eve"));
        await AgreeAsync();
        await node.ApplyAsync(first.Id, new DispatchInput.Take(Some.Dana, new("bob"), null));
        await AgreeAsync();
        await node.ApplyAsync(third, new DispatchInput.Cancel(Some.Dana));
        await AgreeAsync();
        await node.ApplyAsync(second, new DispatchInput.Take(Some.Dana, new("ann"), null));
        await AgreeAsync();
        await node.ApplyAsync(second, new DispatchInput.MarkDone(Some.Dana));
        await AgreeAsync();
        var again = Some.Again(first, "again");
        await node.BeginAsync(again);
        await AgreeAsync();
        (await node.Engine.FindOpenByTicketAsync("inc-1", default))!.Plan.Id.ShouldBe(again.Id);
        (await node.Engine.FindOpenByTicketAsync("INC-2", default)).ShouldBeNull();

        async Task AgreeAsync()
        {
            var store = node.Get<DispatchStore>();
            Ids(await node.Engine.ListOpenAsync(default)).ShouldBe(await store.ListOpenAsync(default));
            Ids(await node.Engine.ListAcceptedAsync(LongAgo, 9, default)).ShouldBe(await store.ListAcceptedAsync(LongAgo, 9, default));
            Ids(await node.Engine.ListCallingAsync(default)).ShouldBe(Ids((await node.Engine.ListOpenAsync(default)).Where(state => state.HasLiveLeg)));
            foreach (var state in await node.Engine.ListOpenAsync(default))
                StoredAs.Json(state).ShouldBe(StoredAs.Json((await store.FindAsync(state.Plan.Id, default))!.State));
        }
    }

    [Fact]
    public async Task Lists_are_read_again_after_a_commit_that_may_have_failed()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var node = ground.Node;
        await node.BeginAsync(Some.Plan("INC-1", "ann"));
        Ids(await node.Engine.ListOpenAsync(default)).Count().ShouldBe(1);
        await Should.ThrowAsync<Exception>(() => node.Engine.WriteAsync(default, [new Statement("INSERT INTO nowhere VALUES (1)")], default));
        await ground.WriteAsync("UPDATE dispatches SET is_open = 0");
        (await node.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Only_jobs_that_hold_their_owner_keep_them_from_being_called(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var job = await node.BeginAsync(Some.Plan("INC-1", "ann"));
        await node.ApplyAsync(job, new DispatchInput.Take(Some.Dana, new("ann"), null));
        var until = ground.Clock.GetUtcNow() + (await node.StateAsync(job)).Plan.Policy.AcceptedHold;
        var accepted = await node.Engine.ListAcceptedAsync(LongAgo, 9, default);
        Ids(accepted).ShouldBe([job]);
        Ids(await node.Engine.ListHeldAsync(accepted, LongAgo, until - TimeSpan.FromMilliseconds(1), 9, default)).ShouldBe([job]);
        (await node.Engine.ListHeldAsync(accepted, LongAgo, until, 9, default)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task A_job_that_is_redispatched_is_not_listed_whatever_else_its_commit_holds(On on, bool isNewsFirst)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, job) = (ground.NewNode(new() { ["Storage:Writers"] = "1" }), Some.Plan("INC-1", "ann"));
        await node.StartAsync(job);
        await node.ApplyAsync(job.Id, new DispatchInput.Take(Some.Dana, new("bob"), null));
        Ids(await node.Engine.ListAcceptedAsync(LongAgo, 9, default)).ShouldBe([job.Id]);

        var before = node.StartAsync(Some.Plan("INC-2", "eve"));
        var again = Some.Again(job, "again");
        Func<Task<Applied>>[] both = [() => node.ApplyAsync(job.Id, new DispatchInput.ReportTicket("x", "news")), () => node.StartAsync(again)];
        var answers = (isNewsFirst ? both : both.Reverse()).Select(each => each()).ToList();
        await before;
        (await Task.WhenAll(answers)).ShouldAllBe(answer => Some.Decided(answer));

        (await node.Engine.ListAcceptedAsync(LongAgo, 9, default)).ShouldBeEmpty();
        (await node.Get<DispatchStore>().ListAcceptedAsync(LongAgo, 9, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Commits_are_not_kept_for_a_reading_that_has_failed()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var listed = new ListedDispatches(ground.Node.Get<Database>(), ground.Node.Get<DispatchStore>());
        await ground.WriteAsync("ALTER TABLE dispatches RENAME TO elsewhere");
        await Should.ThrowAsync<Exception>(() => listed.OpenAsync(default));
        listed.IsBeingRead.ShouldBeFalse();
        await ground.WriteAsync("ALTER TABLE elsewhere RENAME TO dispatches");
        (await listed.OpenAsync(default)).ShouldNotBeNull().ShouldBeEmpty();
        listed.IsBeingRead.ShouldBeFalse();
    }

    [Fact]
    public async Task News_of_an_old_job_do_not_list_it_before_newer_ones_that_are_not_in_memory()
    {
        await using var ground = await Ground.ReadyAsync(On.Sqlite);
        var node = ground.Node;
        List<DispatchId> old = [], jobs = [];
        for (var n = 0; n < 3; n++)
        {
            old.Add(await AcceptAsync($"OLD-{n}"));
            ground.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        jobs.AddRange(await Task.WhenAll(Enumerable.Range(0, ListedDispatches.MostAccepted).Select(n => AcceptAsync($"INC-{n}"))));
        (await node.Engine.ListAcceptedAsync(LongAgo, 9, default)).Count.ShouldBe(9);
        await Task.WhenAll(jobs.Skip(3).Select(job => node.ApplyAsync(job, new DispatchInput.MarkDone(Some.Dana))));

        await node.ApplyAsync(old[0], new DispatchInput.ReportTicket("x", "news"));

        foreach (var most in (int[])[3, 4, 5, 6])
            Ids(await node.Engine.ListAcceptedAsync(LongAgo, most, default))
                .ShouldBe(await node.Get<DispatchStore>().ListAcceptedAsync(LongAgo, most, default), ignoreOrder: true, $"{most} jobs");

        async Task<DispatchId> AcceptAsync(string ticket)
        {
            var plan = Some.Plan(ticket, "ann");
            await node.StartAsync(plan);
            await node.ApplyAsync(plan.Id, new DispatchInput.Take(Some.Dana, new("bob"), null));
            return plan.Id;
        }
    }

    static IEnumerable<DispatchId> Ids(IEnumerable<DispatchState> states) => states.Select(state => state.Plan.Id);
}
