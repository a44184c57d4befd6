using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Storage;
using NSubstitute;

namespace BotDispatch.Tests.Engine;

public sealed class VoiceLanesTests
{
    static readonly DispatchId Id = DispatchId.From("test", "one");
    static readonly AttemptId First = new(Id, 0, 1);

    readonly ManualClock clock = new();
    readonly IVoiceGateway voice = Substitute.For<IVoiceGateway>();
    readonly DispatchEngine engine;
    readonly VoiceLanes lanes;

    public VoiceLanesTests()
    {
        engine = EngineOnFile.Make(clock);
        lanes = new(engine, voice, clock);
        voice.LengthOf(default!, default!).ReturnsForAnyArgs(new CallLength(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)));
        voice.PlaceAsync(default, default!, default).ReturnsForAnyArgs(new PlacedCall.Placed("conversation"));
    }

    [Fact]
    public async Task Two_who_hold_the_same_lane_phone_once()
    {
        var stored = await StartedAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lanes.PlaceAsync(stored, default)));
        await voice.Received(1).PlaceAsync(First, Arg.Any<DispatchPlan>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_call_that_broke_off_while_being_placed_is_not_placed_again()
    {
        var stored = await StartedAsync();
        voice.PlaceAsync(default, default!, default).ReturnsForAnyArgs<PlacedCall>(_ => throw new HttpRequestException("cut"));
        await Should.ThrowAsync<HttpRequestException>(() => lanes.PlaceAsync(stored, default));
        await lanes.PlaceAsync((await engine.FindAsync(Id, 0, default))!, default);
        await voice.ReceivedWithAnyArgs(1).PlaceAsync(default, default!, default);
    }

    [Fact]
    public async Task An_unsure_placing_leaves_the_attempt_to_webhooks_records_and_the_deadline()
    {
        var stored = await StartedAsync();
        voice.PlaceAsync(default, default!, default).ReturnsForAnyArgs(new PlacedCall.Unsure("timed out"));
        (await lanes.PlaceAsync(stored, default)).ShouldBeOfType<LaneResult.Done>();
        (await engine.FindAsync(Id, default))!.Phase.ShouldBe(new Phase.Calling(First));
    }

    [Fact]
    public async Task Nobody_is_phoned_for_a_dispatch_that_was_cancelled_while_it_waited_for_the_pace()
    {
        var stored = await StartedAsync();
        voice.WaitForPaceAsync(default).ReturnsForAnyArgs(_ => engine.ApplyAsync(Id, new DispatchInput.Cancel(new("test", "dana", "Dana")), default));
        await lanes.PlaceAsync(stored, default);
        await voice.DidNotReceiveWithAnyArgs().PlaceAsync(default, default!, default);
    }

    async Task<StoredDispatch> StartedAsync()
    {
        var plan = new DispatchPlan(Id, new("INC-1", "Pump"), null, [new(new("ann"), "Ann", "+447700900101", "en-GB")], new(), new("test", "dana", "Dana"), new("test", "ops"));
        await engine.ApplyAsync(Id, new DispatchInput.Start(plan), default);
        return (await engine.FindAsync(Id, 0, default))!;
    }
}
