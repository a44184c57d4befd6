using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>What is listed from memory is what the database would list.</summary>
public sealed class ListedDispatchesTests
{
    static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;

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
            foreach (var state in await node.Engine.ListOpenAsync(default))
                StoredJson.Write(state).ShouldBe(StoredJson.Write((await store.FindAsync(state.Plan.Id, default))!.State));
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
        Ids(await node.Engine.ListHeldAsync(LongAgo, until - TimeSpan.FromMilliseconds(1), 9, default)).ShouldBe([job]);
        (await node.Engine.ListHeldAsync(LongAgo, until, 9, default)).ShouldBeEmpty();
        Ids(await node.Engine.ListAcceptedAsync(LongAgo, 9, default)).ShouldBe([job]);
    }

    static IEnumerable<DispatchId> Ids(IEnumerable<DispatchState> states) => states.Select(state => state.Plan.Id);
}
