using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class ThreadLaneTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_reply_whose_turn_has_not_come_waits_that_long_and_takes_along_what_happens_meanwhile(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.InsteadOfReplies.Enqueue(new Posted.NotYet(30 * Second));
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        await CancelAsync(ground.Node, id);
        ground.Chat.ReplyTries.Count.ShouldBe(1, "nobody asks again before the chat allows it");
        (await RowAsync(ground, id)).ShouldBe(new(0, 0));

        ground.Clock.Advance(30 * Second);
        await ground.Node.SettleAsync();
        ground.Chat.ReplyTries.Count.ShouldBe(2);
        ground.Chat.ReplyTries.ShouldAllBe(reply => reply.Earlier == 0);
        ground.Chat.Replies.ShouldHaveSingleItem().Key.ShouldNotBe(ground.Chat.ReplyTries.First().Key, "the cancelling is told in the same reply");
        (await TriesAsync(ground, id)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Waiting_for_a_turn_again_and_again_makes_no_wait_longer(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        for (var i = 0; i < 6; i++)
            ground.Chat.InsteadOfReplies.Enqueue(new Posted.NotYet(Second));
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        for (var i = 0; i < 6; i++)
        {
            ground.Chat.Replies.ShouldBeEmpty();
            (await TriesAsync(ground, id)).ShouldHaveSingleItem().ShouldBe(0);
            ground.Clock.Advance(Second);
            await ground.Node.SettleAsync();
        }
        ground.Chat.Replies.Count.ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_card_whose_turn_has_not_come_keeps_no_reply_waiting(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        var before = ground.Chat.Replies.Count;
        ground.Chat.InsteadOfDrawings.Enqueue(new Posted.NotYet(60 * Second));
        await ground.Node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Ringing));
        await ground.Node.SettleAsync();
        ground.Chat.Replies.Count.ShouldBe(before + 1);
        var drawn = ground.Chat.Drawings.Count;
        await CancelAsync(ground.Node, id);
        ground.Chat.Replies.Count.ShouldBe(before + 2, "told at once");
        ground.Chat.Drawings.Count.ShouldBe(drawn + 1);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_card_whose_turn_has_not_come_is_drawn_when_it_comes(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        var drawn = ground.Chat.Drawings.Count;
        ground.Chat.InsteadOfDrawings.Enqueue(new Posted.NotYet(7 * Second));
        await CancelAsync(ground.Node, id);
        ground.Clock.Advance(6 * Second);
        await ground.Node.SettleAsync();
        ground.Chat.Drawings.Count.ShouldBe(drawn);
        ground.Clock.Advance(Second + TimeSpan.FromMilliseconds(1));
        await ground.Node.SettleAsync();
        ground.Chat.Drawings.Count.ShouldBe(drawn + 1);
        (await TriesAsync(ground, id)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task While_replies_wait_the_card_is_still_drawn(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        var drawn = ground.Chat.Drawings.Count;
        ground.Chat.InsteadOfReplies.Enqueue(new Posted.NotYet(60 * Second));
        await CancelAsync(ground.Node, id);
        ground.Chat.Drawings.Count.ShouldBe(drawn + 1);
        ground.Clock.Advance(60 * Second);
        await ground.Node.SettleAsync();
        ground.Chat.Drawings.Count.ShouldBe(drawn + 1, "it is drawn already");
        (await TriesAsync(ground, id)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_reply_that_may_stand_there_is_repeated_with_the_same_lines_and_the_number_of_tries(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var chat = ground.Chat;
        chat.InsteadOfReplies.Enqueue(new Posted.Unsure("lost", Second));
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        await CancelAsync(ground.Node, id);
        (await RowAsync(ground, id)).ShouldBe(new(1, 0));
        chat.InsteadOfReplies.Enqueue(new Posted.TryLater("unreachable", Second));
        chat.InsteadOfReplies.Enqueue(new Posted.NotYet(Second));
        chat.InsteadOfReplies.Enqueue(new Posted.Unsure("lost", Second));
        for (var i = 0; i < 10; i++)
        {
            ground.Clock.Advance(10 * Second);
            await ground.Node.SettleAsync();
        }
        var key = chat.ReplyTries.First().Key;
        chat.ReplyTries.Take(5).ShouldBe([(key, 0), (key, 1), (key, 1), (key, 1), (key, 2)], "only what may have been posted counts");
        chat.Replies.First().Key.ShouldBe(key);
        chat.Replies.Count.ShouldBeGreaterThan(1, "what happened meanwhile comes after it");
        chat.ReplyTries.Last().Earlier.ShouldBe(0);
        (await RowAsync(ground, id)).ShouldBe(new(0, 0));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task However_often_the_process_dies_within_a_post_the_line_counts_as_begun_once_and_is_posted(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var chat = ground.Chat;
        chat.DieWithin(6);
        await ground.Node.BeginAsync(Some.Plan("INC-1"));
        for (var i = 0; i < 20; i++)
        {
            ground.Clock.Advance(5 * Second);
            await ground.Node.SettleAsync();
        }
        var key = chat.ReplyTries.First().Key;
        chat.ReplyTries.Take(7).ShouldBe([(key, 0), (key, 1), (key, 1), (key, 1), (key, 1), (key, 1), (key, 1)], "a chat takes a line as posted after several lost answers");
        chat.Replies.First().Key.ShouldBe(key);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_card_that_may_stand_there_is_posted_with_the_number_of_tries_and_drawn_as_it_is_now(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.InsteadOfCards = new Posted.Unsure("lost", Second);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        (await RowAsync(ground, id)).ShouldBe(new(0, 1));
        ground.Chat.InsteadOfCards = new Posted.TryLater("unreachable", Second);
        ground.Clock.Advance(10 * Second);
        await ground.Node.SettleAsync();
        ground.Chat.InsteadOfCards = null;
        ground.Chat.Drawings.ShouldBeEmpty();
        ground.Clock.Advance(10 * Second);
        await ground.Node.SettleAsync();
        ground.Chat.CardTries.ShouldBe([0, 1, 1]);
        ground.Chat.Drawings.ShouldHaveSingleItem().Card.ShouldBe(id, "what was found may be older");
        (await RowAsync(ground, id)).ShouldBe(new(0, 0));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_card_that_dies_with_its_process_counts_as_begun(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        using var stop = new CancellationTokenSource();
        ground.Chat.Hang(stop.Token);
        await ground.Node.Get<LaneRunner>().StartDueAsync(stop.Token);
        await ground.Chat.Hanging;
        await stop.CancelAsync();
        await ground.Node.Get<LaneRunner>().FinishAsync();
        ground.Chat.Hang(default);
        await ground.Node.SettleAsync();
        ground.Chat.CardTries.ShouldBe([0, 1]);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Under_a_card_that_was_posted_anew_nothing_counts_as_begun(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        ground.Chat.InsteadOfReplies.Enqueue(new Posted.Unsure("lost", Second));
        ground.Chat.InsteadOfReplies.Enqueue(new Posted.Gone("message_not_found"));
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        for (var i = 0; i < 3; i++)
        {
            ground.Clock.Advance(10 * Second);
            await ground.Node.SettleAsync();
        }
        ground.Chat.Cards.ShouldBe([id, id]);
        ground.Chat.ReplyTries.Take(3).Select(reply => reply.Earlier).ShouldBe([0, 1, 0]);
        ground.Chat.Replies.ShouldAllBe(reply => reply.Root == $"card-{id}-2");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_a_replaced_dispatch_still_has_to_tell_survives_the_loss_of_the_card(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        await CancelAsync(node, await node.BeginAsync(first));
        var second = Some.Again(first, "second");
        await CancelAsync(node, await node.BeginAsync(second));
        var (shown, cards) = (ground.Chat.Replies.Count, ground.Chat.Cards.Count);

        ground.Chat.InsteadOfReplies.Enqueue(new Posted.Gone("message_not_found"));
        await node.ApplyAsync(first.Id, new DispatchInput.KeysPressed(Some.Call(first.Id), "1"));
        for (var i = 0; i < 6; i++)
        {
            await node.SettleAsync();
            ground.Clock.Advance(10 * Second);
        }
        ground.Chat.Cards.Skip(cards).ShouldBe([second.Id], "whoever owns the card posts it anew, once");
        var repliesSince = ground.Chat.Replies.Skip(shown).ToList();
        repliesSince.ShouldNotBeEmpty();
        repliesSince.ShouldAllBe(reply => reply.Root == "card-" + second.Id && reply.Key.StartsWith(first.Id.Value));
        (await ground.CountAsync("threads WHERE given_up IS NOT NULL")).ShouldBe(0);
        (await ground.CountAsync("lanes WHERE lane = 'thread:0'")).ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_card_is_drawn_again_when_asked_for_although_nothing_happened_but_only_by_its_owner(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        await CancelAsync(node, await node.BeginAsync(first));
        await DrawAgainAsync(first.Id, [first.Id]);
        var second = Some.Again(first, "second");
        await CancelAsync(node, await node.BeginAsync(second));
        await DrawAgainAsync(first.Id, []);
        await DrawAgainAsync(second.Id, [second.Id]);
        (await ground.CountAsync("lanes WHERE lane = 'thread:0'")).ShouldBe(0);

        async Task DrawAgainAsync(DispatchId id, DispatchId[] drawn)
        {
            var (before, shown) = (ground.Chat.Drawings.Count, ground.Chat.Replies.Count);
            await ThreadLaneTests.DrawAgainAsync(ground, id);
            await node.SettleAsync();
            ground.Chat.Drawings.Skip(before).Select(drawing => drawing.Card).ShouldBe(drawn);
            ground.Chat.Replies.Count.ShouldBe(shown);
        }
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_card_that_is_to_be_drawn_again_while_it_is_being_drawn_is_drawn_once_more(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        var drawn = ground.Chat.Drawings.Count;
        ground.Chat.WhileDrawing(() => DrawAgainAsync(ground, id));
        await CancelAsync(ground.Node, id);
        ground.Chat.Drawings.Count.ShouldBe(drawn + 2, "nobody knows which of the two was seen later");
        ground.Chat.WhileDrawing(() => DrawAgainAsync(ground, id));
        await DrawAgainAsync(ground, id);
        await ground.Node.SettleAsync();
        ground.Chat.Drawings.Count.ShouldBe(drawn + 4);
        (await ground.CountAsync("lanes WHERE lane = 'thread:0'")).ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Events_during_a_redraw_are_posted_however_often_the_card_is_to_be_drawn(On on)
    {
        const int Often = 20;
        await using var ground = await Ground.ReadyAsync(on);
        var (node, chat) = (ground.Node, ground.Chat);
        var id = await node.BeginAsync(Some.Plan("INC-1"));
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.Ringing));
        for (var i = 0; i < Often; i++)
            await DrawAgainAsync(ground, id);
        var before = await SeqAsync();
        chat.WhileDrawing(async () =>
        {
            await node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana));
            for (var i = await SeqAsync() - before; i < Often; i++)
                await DrawAgainAsync(ground, id);
        });
        await node.SettleAsync();
        chat.Lines.Last().ShouldContain(nameof(DispatchEvent.Cancelled));
        (await ground.CountAsync("lanes WHERE lane = 'thread:0'")).ShouldBe(0);

        async Task<long> SeqAsync() => (await ground.ReadAsync<long>("SELECT version FROM dispatches WHERE id = @id", new { id = id.Value })).Single();
    }

    static Task DrawAgainAsync(Ground ground, DispatchId id) => ground.Node.Engine.WriteAsync(id, ThreadStore.DrawAgain(id, 0, ground.Clock.GetUtcNow()), default);

    sealed record Row(long Posting, long Root);

    static async Task<Row> RowAsync(Ground ground, DispatchId id) =>
        (await ground.ReadAsync<Row>("SELECT posting_tries AS Posting, root_tries AS Root FROM threads WHERE dispatch = @id", new { id = id.Value })).Single();

    static Task<IReadOnlyList<long>> TriesAsync(Ground ground, DispatchId id) =>
        ground.ReadAsync<long>("SELECT tries FROM lanes WHERE dispatch = @id AND lane = 'thread:0'", new { id = id.Value });

    static async Task CancelAsync(Node node, DispatchId id)
    {
        Some.Decided(await node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana))).ShouldBeTrue();
        await node.SettleAsync();
    }
}
