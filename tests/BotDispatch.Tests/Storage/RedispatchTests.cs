using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Storage;

public class RedispatchTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task It_takes_over_thread_and_card(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        await CloseAsync(node, await node.BeginAsync(first));
        var second = Some.Again(first, "second");
        await node.BeginAsync(second);

        ground.Chat.Cards.AsEnumerable().ShouldBe([first.Id], "the card is redrawn, not posted again");
        (await ground.ReadAsync<(string, string)>("SELECT dispatch, root_message FROM threads WHERE owns_card = 1")).ShouldBe([(second.Id.Value, "card-" + first.Id)]);
        ground.Chat.Replies.ShouldContain(reply => reply.Key.StartsWith(second.Id.Value) && reply.Root == "card-" + first.Id);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_same_closed_dispatch_is_replaced_once(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        await CloseAsync(node, await node.BeginAsync(first));
        var second = Some.Again(first, "second");
        Some.Decided(await node.StartAsync(second)).ShouldBeTrue();
        (await node.StartAsync(Some.Again(first, "third"))).ShouldBeOfType<Applied.TicketIsOpen>().Other.Plan.Id.ShouldBe(second.Id);
        await CloseAsync(node, second.Id);
        (await node.StartAsync(Some.Again(first, "third"))).ShouldBeOfType<Applied.WasReplaced>().By.ShouldBe(second.Id);
        (await ground.CountAsync("dispatches")).ShouldBe(2);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Of_two_at_once_one_wins(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        await CloseAsync(node, await node.BeginAsync(first));
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => node.StartAsync(Some.Again(first, $"again {n}")))));
        answers.Count(Some.Decided).ShouldBe(1);
        (await ground.CountAsync("dispatches")).ShouldBe(2);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Late_news_of_the_old_one_in_the_same_commit_does_not_hide_its_successor(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        await CloseAsync(node, await node.BeginAsync(first));
        var second = Some.Again(first, "second");
        var starting = node.StartAsync(second);
        var late = node.ApplyAsync(first.Id, new DispatchInput.KeysPressed(Some.Call(first.Id), "1"));
        await Task.WhenAll(starting, late);
        await CloseAsync(node, second.Id);
        (await node.StartAsync(Some.Again(first, "third"))).ShouldBeOfType<Applied.WasReplaced>();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task A_node_that_does_not_know_of_the_successor_still_refuses_a_second_one(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (here, there, first) = (ground.Node, ground.NewNode(), Some.Plan("INC-1"));
        await here.BeginAsync(first);
        await CloseAsync(there, first.Id);
        Some.Decided(await here.StartAsync(Some.Again(first, "second"))).ShouldBeTrue();
        await CloseAsync(here, Some.Id("second"));
        (await there.StartAsync(Some.Again(first, "third"))).ShouldBeOfType<Applied.WasReplaced>().By.ShouldBe(Some.Id("second"));
        (await ground.CountAsync("dispatches")).ShouldBe(2);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task A_node_that_does_not_know_of_the_closing_may_begin_the_successor(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (here, there, first) = (ground.Node, ground.NewNode(), Some.Plan("INC-1"));
        await here.BeginAsync(first);
        await CloseAsync(there, first.Id);
        Some.Decided(await here.StartAsync(Some.Again(first, "second"))).ShouldBeTrue();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_old_one_learns_where_the_card_stands_if_its_successor_posts_it(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (node, first) = (ground.Node, Some.Plan("INC-1"));
        ground.Chat.InsteadOfCards = new Ports.Posted.TryLater("429", TimeSpan.FromSeconds(1));
        await CloseAsync(node, await node.BeginAsync(first));
        await node.BeginAsync(Some.Again(first, "second"));
        ground.Chat.InsteadOfCards = null;
        for (var minutes = 0; minutes < 5; minutes++)
        {
            ground.Clock.Advance(TimeSpan.FromMinutes(1));
            await node.SettleAsync();
        }
        ground.Chat.Cards.AsEnumerable().ShouldBe([Some.Id("second")]);
        ground.Chat.Replies.ShouldContain(reply => reply.Key.StartsWith(first.Id.Value));
        (await ground.CountAsync("lanes WHERE dispatch = @first AND lane = 'thread:0'", new { first = first.Id.Value })).ShouldBe(0);
    }

    static async Task CloseAsync(Node node, DispatchId id)
    {
        Some.Decided(await node.ApplyAsync(id, new DispatchInput.Cancel(Some.Dana))).ShouldBeTrue();
        await node.SettleAsync();
    }
}
