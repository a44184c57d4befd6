using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>A thread waits a moment for more to tell, but not with what people must know at once.</summary>
public class ThreadPauseTests
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_happens_within_the_pause_is_one_reply_and_one_drawing(On on)
    {
        await using var ground = await ReadyAsync(on);
        var (node, chat) = (ground.Node, ground.Chat);
        var id = await node.BeginAsync(Some.Plan("INC-1"));
        await PassAsync(ground, Pause);
        var (shown, drawn) = (chat.Replies.Count, chat.Drawings.Count);
        var call = Some.Call(id);
        await node.ApplyAsync(id, Some.Leg(call, LegStatus.Ringing));
        await node.SettleAsync();
        await PassAsync(ground, Pause / 2);
        await node.ApplyAsync(id, Some.Leg(call, LegStatus.InProgress));
        await node.SettleAsync();
        (chat.Replies.Count, chat.Drawings.Count).ShouldBe((shown, drawn), "the first of them happened less than a pause ago");
        // The pause counts from the first of them: a busy thread gets lines now and then, and not only when it comes to rest.
        await PassAsync(ground, Pause / 2);
        (chat.Replies.Count, chat.Drawings.Count).ShouldBe((shown + 1, drawn + 1));
        await PassAsync(ground, Pause * 4);
        (chat.Replies.Count, chat.Drawings.Count).ShouldBe((shown + 1, drawn + 1));
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task An_acceptance_waits_for_no_pause_and_is_a_reply_of_its_own(On on)
    {
        await using var ground = await ReadyAsync(on);
        var (node, chat) = (ground.Node, ground.Chat);
        var id = await node.BeginAsync(Some.Plan("INC-1"));
        await PassAsync(ground, Pause);
        var shown = chat.Replies.Count;
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.InProgress));
        await node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1"));
        await node.SettleAsync();
        var replies = chat.Replies.Skip(shown).ToList();
        replies.Count.ShouldBe(2, "what was waiting comes first");
        chat.Lines.Last().ShouldContain(nameof(DispatchEvent.Accepted));
        chat.Drawings.Last().Card.ShouldBe(id);
        await PassAsync(ground, Pause * 2);
        chat.Replies.Count.ShouldBe(shown + 2);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_rejection_waits_for_no_pause(On on)
    {
        await using var ground = await ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1", "ann", "bob"));
        await PassAsync(ground, Pause);
        var shown = ground.Chat.Replies.Count;
        await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "2"));
        await ground.Node.SettleAsync();
        ground.Chat.Replies.Count.ShouldBe(shown + 1);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_card_whose_content_has_not_changed_is_not_drawn_again(On on)
    {
        await using var ground = await ReadyAsync(on);
        var (node, chat) = (ground.Node, ground.Chat);
        var id = await node.BeginAsync(Some.Plan("INC-1"));
        await node.ApplyAsync(id, Some.Leg(Some.Call(id), LegStatus.InProgress));
        await PassAsync(ground, Pause);
        var (shown, drawn) = (chat.Replies.Count, chat.Drawings.Count);
        // A wrong key is posted in the thread; the card says nothing of it.
        await node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "9"));
        await PassAsync(ground, Pause);
        (chat.Replies.Count, chat.Drawings.Count).ShouldBe((shown + 1, drawn));
        // A process that has drawn nothing yet does not know what the card shows.
        await node.Engine.WriteAsync(id, ThreadStore.DrawAgain(id, 0, ground.Clock.GetUtcNow()), default);
        await node.SettleAsync();
        chat.Drawings.Count.ShouldBe(drawn + 1, "somebody asked for it");
    }

    static async Task<Ground> ReadyAsync(On on)
    {
        var ground = await Ground.EmptyAsync(on);
        await ground.NewNode(new() { ["Chat:UpdatePause"] = "0:00:00.4" }).Get<Migrator>().MigrateAsync(default);
        return ground;
    }

    static async Task PassAsync(Ground ground, TimeSpan time)
    {
        ground.Clock.Advance(time);
        await ground.Node.SettleAsync();
    }
}
