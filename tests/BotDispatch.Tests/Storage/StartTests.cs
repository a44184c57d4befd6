using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Storage;

public class StartTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_start_stores_state_events_lanes_and_thread_in_one_go(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1");
        Some.Decided(await ground.Node.StartAsync(plan)).ShouldBeTrue();
        (await ground.ReadAsync<string>("SELECT lane FROM lanes WHERE claimed_until = 0 ORDER BY lane")).ShouldBe(["clock", "thread:0", "voice"]);
        (await ground.ReadAsync<string>("SELECT address FROM threads WHERE owns_card = 1 AND root_message IS NULL")).ShouldBe(["operations"]);
        (await ground.ReadAsync<string>("SELECT ticket FROM dispatches")).ShouldBe(["inc-1"]);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_same_start_many_times_at_once_is_one_dispatch(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plan = Some.Plan("INC-1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => ground.Node.StartAsync(plan))));
        answers.Count(Some.Decided).ShouldBe(1);
        answers.ShouldAllBe(answer => ((Applied.Decided)answer).Decision.State.Plan.Id == plan.Id);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_same_key_many_times_at_once_decides_once(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(Some.Call(id), "1")))));
        answers.Count(Some.Decided).ShouldBe(1);
        answers.ShouldAllBe(answer => ((Applied.Decided)answer).Decision.State.IsClosed);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Of_two_starts_for_one_ticket_the_second_is_shown_the_first(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var plans = Enumerable.Range(0, 20).Select(n => Some.Plan("INC-1") with { Id = Some.Id($"delivery {n}"), Ticket = new(n % 2 == 0 ? "INC-1" : " inc-1 ", "x") }).ToList();
        var answers = await Task.WhenAll(plans.Select(plan => Task.Run(() => ground.Node.StartAsync(plan))));
        var winner = ((Applied.Decided)answers.Single(Some.Decided)).Decision.State.Plan.Id;
        answers.OfType<Applied.TicketIsOpen>().Select(answer => answer.Other.Plan.Id).ShouldBe(Enumerable.Repeat(winner, 19));
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnPostgreSql]
    public async Task Of_starts_for_one_ticket_on_several_nodes_one_wins_and_the_others_are_shown_it(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        List<Node> nodes = [ground.Node, ground.NewNode(), ground.NewNode()];
        for (var ticket = 0; ticket < 15; ticket++)
        {
            var plans = Enumerable.Range(0, 12).Select(n => Some.Plan($"INC-{ticket}") with { Id = Some.Id($"{ticket} {n}") }).ToList();
            var answers = await Task.WhenAll(plans.Select((plan, n) => Task.Run(() => nodes[n % 3].StartAsync(plan))));
            var winner = ((Applied.Decided)answers.Single(Some.Decided)).Decision.State.Plan.Id;
            answers.OfType<Applied.TicketIsOpen>().Select(answer => answer.Other.Plan.Id).ShouldBe(Enumerable.Repeat(winner, 11));
        }
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_closed_ticket_may_be_started_again_in_the_same_moment(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var first = Some.Plan("INC-1");
        await ground.Node.StartAsync(first);
        var closing = ground.Node.ApplyAsync(first.Id, new DispatchInput.Cancel(Some.Dana));
        var second = first with { Id = Some.Id("second") };
        var starting = ground.Node.StartAsync(second);
        Some.Decided(await closing).ShouldBeTrue();
        var answer = await starting;
        // On PostgreSQL they may have gone to two writers.
        if (answer is Applied.TicketIsOpen)
            answer = await ground.Node.StartAsync(second);
        Some.Decided(answer).ShouldBeTrue();
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task An_input_for_nothing_says_so(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        (await ground.Node.ApplyAsync(Some.Id("nothing"), new DispatchInput.Cancel(Some.Dana))).ShouldBeOfType<Applied.NoSuchDispatch>();
        (await ground.Node.StartAsync(Some.Again(Some.Plan("INC-1"), "again"))).ShouldBeOfType<Applied.NoSuchDispatch>();
        (await ground.CountAsync("dispatches")).ShouldBe(0);
    }
}
