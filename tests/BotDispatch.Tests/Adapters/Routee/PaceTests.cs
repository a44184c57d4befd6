using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Voice.Routee;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class PaceTests
{
    static AttemptId Call(int number) => new(DispatchId.From("test", $"pace {number}"), 0, 1);

    [Fact]
    public void One_call_a_second_and_not_one_more()
    {
        using var bench = new RouteeBench();
        var pace = bench.Get<Pace>();
        var turns = Enumerable.Range(0, 4).Select(_ => pace.WaitAsync(default)).ToList();
        turns.Count(turn => turn.IsCompleted).ShouldBe(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(0.999));
        turns.Count(turn => turn.IsCompleted).ShouldBe(1);
        bench.Clock.Advance(TimeSpan.FromSeconds(0.001));
        turns.Count(turn => turn.IsCompleted).ShouldBe(2);
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        turns.Count(turn => turn.IsCompleted).ShouldBe(4);
    }

    [Fact]
    public void After_a_rest_it_goes_on_at_once_but_saves_nothing_up()
    {
        using var bench = new RouteeBench();
        var gateway = bench.Get<IVoiceGateway>();
        gateway.AskForTurn(Call(1)).ShouldBeNull();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        gateway.AskForTurn(Call(2)).ShouldBeNull();
        gateway.AskForTurn(Call(3)).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_call_that_is_not_wanted_any_more_gives_its_turn_to_the_next()
    {
        using var bench = new RouteeBench();
        var gateway = bench.Get<IVoiceGateway>();
        gateway.AskForTurn(Call(1)).ShouldBeNull();
        gateway.AskForTurn(Call(2)).ShouldBe(TimeSpan.FromSeconds(1));
        gateway.AskForTurn(Call(3)).ShouldBe(TimeSpan.FromSeconds(2));
        gateway.LeaveTurn(Call(2));
        gateway.AskForTurn(Call(3)).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_call_waits_until_its_turn_comes_or_until_it_asks_no_more()
    {
        using var bench = new RouteeBench();
        var gateway = bench.Get<IVoiceGateway>();
        bool IsWaiting(int n) => gateway.IsWaitingForTurn(Call(n).Dispatch);
        gateway.AskForTurn(Call(1)).ShouldBeNull();
        IsWaiting(1).ShouldBeFalse();
        gateway.AskForTurn(Call(2)).ShouldNotBeNull();
        gateway.AskForTurn(Call(3)).ShouldNotBeNull();
        (IsWaiting(2), IsWaiting(3)).ShouldBe((true, true));
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        gateway.AskForTurn(Call(2)).ShouldBeNull();
        (IsWaiting(2), IsWaiting(3)).ShouldBe((false, true));
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        IsWaiting(3).ShouldBeFalse("a lane that hangs and asks no more must not count as one that waits");
    }

    [Fact]
    public void An_order_that_is_repeated_while_sixty_calls_wait_stops_none_of_them_and_leaves_in_time()
    {
        using var bench = new RouteeBench();
        var gateway = bench.Get<IVoiceGateway>();
        for (var n = 0; n <= 60; n++)
            gateway.AskForTurn(Call(n));
        var repeated = bench.Get<Pace>().WaitAsync(default);
        var called = new List<int>();
        for (var second = 1; second <= 3; second++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            called.AddRange(Enumerable.Range(1, 60).Except(called).Where(n => gateway.AskForTurn(Call(n)) is null).ToList());
            repeated.IsCompleted.ShouldBe(second >= 2);
        }
        called.ShouldBe([1, 2]);
    }

    [Fact]
    public void Zero_is_no_limit()
    {
        using var bench = new RouteeBench(settings => settings["Routee:CallsPerSecond"] = "0");
        Enumerable.Range(0, 100).ShouldAllBe(_ => bench.Get<Pace>().WaitAsync(default).IsCompleted);
    }

    [Fact]
    public void A_token_is_had_outside_the_pace()
    {
        using var bench = new RouteeBench();
        bench.Routee.On("GET /voice", 200, "{}");
        bench.Get<Pace>().WaitAsync(default).IsCompleted.ShouldBeTrue();
        bench.Get<RouteeApi>().AskAsync(HttpMethod.Get, "voice/tracking/x", default).IsCompletedSuccessfully.ShouldBeTrue();
    }
}
