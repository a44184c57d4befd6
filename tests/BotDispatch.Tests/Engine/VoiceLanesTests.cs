using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace BotDispatch.Tests.Engine;

public sealed class VoiceLanesTests
{
    static readonly DispatchId Id = DispatchId.From("test", "one");
    static readonly AttemptId First = new(Id, 0, 1);
    static readonly Person Dana = new("test", "dana", "Dana");

    readonly ManualClock clock = new();
    readonly IVoiceGateway voice = Substitute.For<IVoiceGateway>();
    readonly DispatchEngine engine;
    readonly VoiceLanes lanes;
    int asked;

    public VoiceLanesTests()
    {
        engine = EngineOnFile.Make(clock);
        lanes = new(engine, voice, new CallChecks(new AlwaysAvailable(), clock), clock, clock, NullLogger<VoiceLanes>.Instance);
        voice.LengthOf(default!, default!).ReturnsForAnyArgs(new CallLength(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)));
        voice.PlaceAsync(default, default!, default!, default).ReturnsForAnyArgs(new PlacedCall.Placed("conversation"));
    }

    [Fact]
    public async Task Two_who_hold_the_same_lane_phone_once()
    {
        var stored = await StartedAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lanes.PlaceAsync(stored, default)));
        await voice.Received(1).PlaceAsync(First, Arg.Any<DispatchPlan>(), Arg.Any<MaySend>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_call_that_broke_off_while_being_placed_is_not_placed_again()
    {
        var stored = await StartedAsync();
        voice.PlaceAsync(default, default!, default!, default).ReturnsForAnyArgs<PlacedCall>(_ => throw new HttpRequestException("cut"));
        await Should.ThrowAsync<HttpRequestException>(() => lanes.PlaceAsync(stored, default));
        await lanes.PlaceAsync((await engine.FindAsync(Id, 0, default))!, default);
        await voice.ReceivedWithAnyArgs(1).PlaceAsync(default, default!, default!, default);
    }

    [Fact]
    public async Task An_unsure_placing_leaves_the_attempt_to_webhooks_records_and_the_deadline()
    {
        var stored = await StartedAsync();
        voice.PlaceAsync(default, default!, default!, default).ReturnsForAnyArgs(new PlacedCall.Unsure("timed out"));
        (await lanes.PlaceAsync(stored, default)).ShouldBeOfType<LaneResult.Done>();
        var state = (await engine.FindAsync(Id, default))!;
        state.Phase.ShouldBe(new Phase.Calling(First));
        Agenda.NextLookup(state, clock.GetUtcNow()).ShouldBe(clock.GetUtcNow(), "its records are asked at once");
    }

    [Fact]
    public async Task Without_what_an_order_needs_nothing_is_begun_and_the_line_is_down()
    {
        var stored = await StartedAsync();
        voice.PrepareAsync(default).ReturnsForAnyArgs(LineDownReason.Unreachable);
        await lanes.PlaceAsync(stored, default);
        var state = (await engine.FindAsync(Id, default))!;
        state.Phase.ShouldBeOfType<Phase.LineDown>();
        state.Legs.ShouldBeEmpty();
        await voice.DidNotReceiveWithAnyArgs().PlaceAsync(default, default!, default!, default);
    }

    [Fact]
    public async Task What_an_order_needs_is_looked_at_again_after_the_wait_for_the_pace()
    {
        var stored = await StartedAsync();
        voice.PrepareAsync(default).ReturnsForAnyArgs(null, LineDownReason.BadCredentials);
        await lanes.PlaceAsync(stored, default);
        (await engine.FindAsync(Id, default))!.Legs.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_may_leave_while_it_is_wanted_and_in_time()
    {
        (await AskedAsync(_ => Task.CompletedTask)).ShouldBeTrue();
        (await AskedAsync(_ => Pass(9.9))).ShouldBeTrue();
        (await AskedAsync(_ => Pass(10))).ShouldBeFalse();
        (await AskedAsync(id => engine.ApplyAsync(id, new DispatchInput.Skip(Dana, 0, 1), default))).ShouldBeFalse();
        (await AskedAsync(id => engine.ApplyAsync(id, new DispatchInput.Cancel(Dana), default))).ShouldBeFalse();
        Task Pass(double seconds)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_order_that_was_not_sent_leaves_no_attempt_behind()
    {
        var stored = await StartedAsync();
        voice.PlaceAsync(default, default!, default!, default).ReturnsForAnyArgs(new PlacedCall.NotPlaced(new NotPlaced.NotSent()));
        await lanes.PlaceAsync(stored, default);
        var state = (await engine.FindAsync(Id, default))!;
        state.Legs.ShouldBeEmpty();
        Agenda.CallToPlace(state).ShouldBe(First);
    }

    // The answer that an order gets when it asks, right before it is sent, after something has happened.
    async Task<bool> AskedAsync(Func<DispatchId, Task> meanwhile)
    {
        var id = DispatchId.From("test", $"asked {++asked}");
        var stored = await StartedAsync(id);
        var may = false;
        voice.PlaceAsync(default, default!, default!, default).ReturnsForAnyArgs(call => SendingAsync(call.Arg<MaySend>()));
        await lanes.PlaceAsync(stored, default);
        return may;

        async Task<PlacedCall> SendingAsync(MaySend maySend)
        {
            await meanwhile(id);
            may = await maySend(default);
            return new PlacedCall.Unsure("");
        }
    }

    [Fact]
    public async Task Nobody_is_phoned_for_a_dispatch_that_was_cancelled_while_it_waited_for_the_pace()
    {
        var stored = await StartedAsync();
        voice.AskForTurn(default).ReturnsForAnyArgs(TimeSpan.FromSeconds(3), null as TimeSpan?);
        await engine.ApplyAsync(Id, new DispatchInput.Cancel(new("test", "dana", "Dana")), default);
        await lanes.PlaceAsync(stored, default);
        await voice.DidNotReceiveWithAnyArgs().PlaceAsync(default, default!, default!, default);
        voice.Received().LeaveTurn(First);
    }

    [Fact]
    public async Task A_call_to_a_busy_phone_uses_up_no_turn_of_the_calls_to_free_ones()
    {
        voice.PlaceAsync(default, default!, default!, default).ReturnsForAnyArgs(new PlacedCall.Placed("T1"));
        await lanes.PlaceAsync(await StartedAsync(DispatchId.From("test", "first"), "+447700900100"), default);
        var second = await StartedAsync(Id, "+447700900100");
        voice.AskForTurn(First).Returns(TimeSpan.FromMinutes(1));
        await lanes.PlaceAsync(second, default);
        var state = (await engine.FindAsync(Id, default))!;
        state.Legs.ShouldBeEmpty();
        DispatchCard.Of(state).Headline.ShouldContain("busy with another dispatch");
        voice.Received().LeaveTurn(First);
    }

    async Task<StoredDispatch> StartedAsync(DispatchId? other = null, string? phone = null)
    {
        var id = other ?? Id;
        var plan = new DispatchPlan(id, new($"INC-{id}", "Pump"), null, [new(new("ann"), "Ann", phone ?? $"+4477009001{++asked:00}", "en-GB")], new(), new("test", "dana", "Dana"), new("test", "ops"));
        await engine.ApplyAsync(id, new DispatchInput.Start(plan), default);
        return (await engine.FindAsync(id, 0, default))!;
    }
}
