using BotDispatch.Core;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

/// <summary>The token server, the orders or the connection hang, at any moment and for any time: no phone rings for what is over, nobody loses an attempt, and nobody rings twice.</summary>
public sealed class HungLineTests
{
    static readonly double[] Hangs = [1, 10, 30, 60, 150];

    public static TheoryData<double, string> HangsAndRequests
    {
        get
        {
            var cases = new TheoryData<double, string>();
            foreach (var hang in Hangs)
                foreach (var intent in (string[])["nothing", "cancel", "skip", "take"])
                    cases.Add(hang, intent);
            return cases;
        }
    }

    [Theory]
    [InlineData(CardAction.Skip)]
    [InlineData(CardAction.Cancel)]
    public async Task A_call_that_is_not_wanted_before_Routee_has_begun_it_rings_nobody_for_long_and_never_beside_the_next(CardAction intent)
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PressAsync(World.Dana, id, intent);
        await world.ToTheEndAsync(id);
        var call = world.CallsTo("ann.lee").ShouldHaveSingleItem();
        (call.EndedAt.ShouldNotBeNull() - call.PlacedAt).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        world.CallsTo("marcus.reed").Count.ShouldBe(intent is CardAction.Skip ? 1 : 0);
        world.CallsTo("marcus.reed").ShouldAllBe(next => next.PlacedAt >= call.EndedAt);
    }

    [Theory, MemberData(nameof(HangsAndRequests))]
    public async Task A_token_server_that_hangs_from_the_start_lets_no_order_out_that_is_not_wanted_any_more(double hang, string intent)
    {
        await using var world = await World.BeginAsync();
        People(world);
        world.Routee.HoldTokens = true;
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await HangAsync(world, id, hang, intent, () => world.Routee.HoldTokens = false);
        await EndsAsync(world, id, intent);
    }

    // The token that is held has been revoked: that is found out only when an order is refused, after the call was begun.
    [Theory, MemberData(nameof(HangsAndRequests))]
    public async Task A_token_server_that_hangs_after_a_call_was_begun_lets_no_order_out_that_is_not_wanted_any_more(double hang, string intent)
    {
        await using var world = await World.BeginAsync();
        People(world);
        world.Phone("ann.lee").Script = new PersonScript.Declines();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.PassUntilAsync(async () => (await world.StateAsync(id)).Phase is Phase.Pausing);
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        world.Routee.RevokeTokens();
        world.Routee.HoldTokens = true;
        await world.PassUntilAsync(async () => (await world.StateAsync(id)).Phase is not Phase.Pausing);
        await HangAsync(world, id, hang, intent, () => world.Routee.HoldTokens = false);
        await EndsAsync(world, id, intent);
    }

    [Theory, MemberData(nameof(HangsAndRequests))]
    public async Task A_connection_that_hangs_under_an_order_lets_no_second_one_out_that_is_not_wanted(double hang, string intent)
    {
        await using var world = await World.BeginAsync();
        People(world);
        world.Routee.HoldOrders = true;
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await HangAsync(world, id, hang, intent, () => world.Routee.HoldOrders = false);
        await EndsAsync(world, id, intent, mayLoseAttempts: true);
    }

    [Fact]
    public async Task An_outage_of_the_token_server_is_said_as_a_line_that_is_down()
    {
        await using var world = await World.BeginAsync();
        People(world);
        world.Routee.HoldTokens = true;
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassAsync(11);
        world.Thread(id).ShouldContain($"{Words.Of(LineDownReason.Unreachable)} This dispatch is paused and tries again by itself. No attempt is used up.");
        (await world.StateAsync(id)).Legs.ShouldBeEmpty();
        Orders.Of(world).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hung_token_server_holds_up_no_hang_up_longer_than_it_hangs()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:RingTimeout"] = "00:01:00" });
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("ann.lee").Snapshot.State == PhoneState.Ringing));
        world.Routee.RevokeTokens();
        world.Routee.HoldTokens = true;
        await world.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.PassAsync(5);
        world.Routee.HoldTokens = false;
        await world.PassAsync(1);
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Idle);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_never_became_a_call_holds_the_dispatch_up_for_seconds_only(bool isCut)
    {
        await using var world = await World.BeginAsync();
        People(world);
        world.Routee.OrdersFail = !isCut;
        if (isCut)
            world.InsteadOfRoutee = request => request.RequestUri!.AbsolutePath == "/voice/conversation" ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : null;
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        world.Routee.OrdersFail = false;
        world.InsteadOfRoutee = null;
        var begun = world.Clock.GetUtcNow();
        await world.PassUntilAsync(() => Task.FromResult(world.Phone("ann.lee").Snapshot.State == PhoneState.Ringing));
        (world.Clock.GetUtcNow() - begun).ShouldBeLessThan(TimeSpan.FromSeconds(40));
        world.Thread(id).ShouldContain("Ann Lee, attempt 1 of 3: Failed (unsure: the telephone provider did not report).");
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.CallsTo("ann.lee").Count.ShouldBe(1);
        await world.ShouldAllHaveBeenWantedAsync(id);
    }

    [Fact]
    public async Task An_order_whose_fate_the_records_cannot_tell_rings_nobody_else_until_it_must_be_over()
    {
        await using var world = await World.BeginAsync();
        People(world);
        world.Routee.Disorder.PostAnswerCut = true;
        world.Routee.RecordsUnavailable = true;
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(0);
        world.CallsTo("ann.lee").Count.ShouldBe(1);
        await world.ShouldAllHaveBeenWantedAsync(id);
    }

    static void People(World world)
    {
        foreach (var person in (string[])["ann.lee", "marcus.reed"])
            world.Phone(person).Script = new PersonScript.AnswersAndAccepts();
    }

    // The request comes in the middle of the hang, where a careless order would be waiting.
    static async Task HangAsync(World world, DispatchId id, double hang, string intent, Action release)
    {
        await world.PassAsync(hang / 2);
        if (intent is "cancel" or "skip" or "take")
            await world.PressAsync(intent == "take" ? new(RecordingChat.Platform, "marcus.reed@example.com", "Marcus Reed") : World.Dana, id, intent switch { "cancel" => CardAction.Cancel, "skip" => CardAction.Skip, _ => CardAction.TakeIt });
        await world.PassAsync(hang - (hang / 2));
        release();
        await world.PassAsync(180);
    }

    static async Task EndsAsync(World world, DispatchId id, string intent, bool mayLoseAttempts = false)
    {
        var end = await world.ToTheEndAsync(id);
        await world.ShouldAllHaveBeenWantedAsync(id);
        if (intent == "cancel")
            (end.Resolution is Resolution.Cancelled or Resolution.Accepted).ShouldBeTrue();
        else if (intent != "take")
            end.Resolution.ShouldBeOfType<Resolution.Accepted>();
        if (!mayLoseAttempts)
            end.Legs.ShouldAllBe(leg => leg.Evidence != Evidence.Unsure);
    }
}
