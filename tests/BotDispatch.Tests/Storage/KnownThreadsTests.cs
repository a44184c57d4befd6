using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>What the only process of a database remembers of threads, and what a restart finds of it.</summary>
public class KnownThreadsTests
{
    [Theory, OnSqlite]
    public async Task The_threads_of_a_dispatch_that_this_process_began_are_not_read(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var statements = ground.KeepStatements();
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann"), Some.Mirror("second"));
        await RingAsync(ground.Node, id);
        await ground.Node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana));
        await ground.Node.SettleAsync();
        ground.Chat.Lines.Count(line => line.Contains(nameof(DispatchEvent.Cancelled))).ShouldBe(2);
        statements.ShouldNotContain(sql => sql.StartsWith("SELECT") && sql.Contains("FROM threads"));
    }

    [Theory, OnSqlite]
    public async Task A_restart_draws_the_card_of_an_open_dispatch_once_and_posts_no_reply_again(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann"));
        await RingAsync(ground.Node, id);
        await ground.Node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Busy));
        await ground.Node.SettleAsync();
        var drawn = ground.Chat.Drawings.Count;
        var restarted = ground.NewNode();
        await restarted.SettleAsync();
        await restarted.SettleAsync();
        ground.Chat.Drawings.Count.ShouldBe(drawn + 1);

        await restarted.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana));
        await restarted.SettleAsync();
        var (drawings, replies) = (ground.Chat.Drawings.Count, ground.Chat.Replies.Count);
        drawings.ShouldBeGreaterThan(drawn + 1);
        await ground.NewNode().SettleAsync();
        (ground.Chat.Drawings.Count, ground.Chat.Replies.Count).ShouldBe((drawings, replies), "what a closed dispatch has shown is stored");
        ground.Chat.Cards.ShouldBe([id]);
        ground.Chat.ReplyTries.Select(reply => reply.Key).ShouldBeUnique();
        ground.Chat.ReplyTries.ShouldAllBe(reply => reply.Earlier == 0);
    }

    [Theory, OnSqlite]
    public async Task A_row_that_was_taken_is_not_remembered_after_a_commit_that_changed_rows_of_threads(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, known) = (ground.Node, ground.Node.Get<KnownThreads>());
        var id = await node.BeginAsync(Some.Plan("INC-1", "ann"));
        var (row, asOf) = await known.TakeAsync(id, 0, default);
        await node.Engine.WriteAsync(id, ThreadStore.DrawAgain(id, 0, ground.Clock.GetUtcNow()), default);
        known.PutBack(id, row.ShouldNotBeNull(), asOf);
        (await known.TakeAsync(id, 0, default)).Row.ShouldBe(row with { RedrawRequested = 1 });
    }

    [Theory, OnSqlite]
    public async Task What_is_remembered_of_a_thread_is_what_is_stored(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.InsteadOfReplies.Enqueue(new Ports.Posted.Unsure("lost", TimeSpan.FromSeconds(1)));
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann", "bob"));
        for (var n = 0; n < 6; n++)
        {
            ground.Clock.Advance(TimeSpan.FromSeconds(10));
            await RingAsync(ground.Node, id);
            var (known, asOf) = await ground.Node.Get<KnownThreads>().TakeAsync(id, 0, default);
            known.ShouldBe(await ground.Node.Get<ThreadStore>().FindAsync(id, 0, default), $"after round {n}");
            ground.Node.Get<KnownThreads>().PutBack(id, known.ShouldNotBeNull(), asOf);
        }
    }

    [Theory, OnSqlite]
    public async Task The_end_of_the_call_that_was_accepted_reads_no_thread(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var statements = ground.KeepStatements();
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        var (node, id) = (ground.Node, await ground.Node.BeginAsync(Some.Plan("INC-1", "ann")));
        await RingAsync(node, id);
        await node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1"));
        await node.SettleAsync();
        // The drawing of the acceptance was stored along with the end of the lane.
        var (known, asOf) = await node.Get<KnownThreads>().TakeAsync(id, 0, default);
        known.ShouldNotBeNull().ShouldBe(await node.Get<ThreadStore>().FindAsync(id, 0, default));
        known.CardSeq.ShouldBe((await node.Engine.FindAsync(id, 0, default))!.Seq);
        node.Get<KnownThreads>().PutBack(id, known, asOf);
        statements.Clear();

        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Completed));
        await node.SettleAsync();

        ground.Chat.Drawings.Count.ShouldBeGreaterThan(0);
        statements.ShouldContain(sql => sql.StartsWith("UPDATE threads"), "the thread was looked at");
        statements.ShouldNotContain(sql => sql.StartsWith("SELECT") && sql.Contains("FROM threads"));
    }

    static async Task RingAsync(Node node, DispatchId id)
    {
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Ringing));
        await node.SettleAsync();
    }
}
