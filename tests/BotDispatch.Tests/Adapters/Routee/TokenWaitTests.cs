using BotDispatch.Core;
using BotDispatch.Ports;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

/// <summary>A token server that hangs keeps nobody longer than their own wait, however many wait with them.</summary>
public sealed class TokenWaitTests : IDisposable
{
    readonly RouteeBench bench = new();
    readonly TaskCompletionSource<HttpResponseMessage> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TokenWaitTests() => bench.Routee.Token = _ => answer.Task;

    [Fact]
    public async Task Everybody_waits_ten_seconds_at_most_and_shares_one_refresh()
    {
        var gateway = bench.Get<IVoiceGateway>();
        var first = gateway.PrepareAsync(default);
        var second = gateway.PrepareAsync(default);
        bench.Clock.Advance(TimeSpan.FromSeconds(6));
        var third = gateway.PrepareAsync(default);
        bench.Clock.Advance(TimeSpan.FromSeconds(4));
        (await first).ShouldBe(LineDownReason.Unreachable);
        (await second).ShouldBe(LineDownReason.Unreachable);
        third.IsCompleted.ShouldBeFalse("whoever came later has a wait of their own");
        bench.Routee.TokensAsked.ShouldBe(1);
    }

    [Fact]
    public async Task A_refresh_that_is_answered_late_serves_those_who_wait_then()
    {
        var gateway = bench.Get<IVoiceGateway>();
        var waiting = gateway.PrepareAsync(default);
        bench.Clock.Advance(TimeSpan.FromSeconds(9));
        answer.SetResult(Wire.Json(200, """{"access_token":"t","expires_in":3600}"""));
        (await waiting).ShouldBeNull();
        (await gateway.PrepareAsync(default)).ShouldBeNull();
        bench.Routee.TokensAsked.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_that_stops_waiting_does_not_stop_the_refresh_of_the_others()
    {
        var gateway = bench.Get<IVoiceGateway>();
        using var stop = new CancellationTokenSource();
        var stopped = gateway.PrepareAsync(stop.Token);
        var waiting = gateway.PrepareAsync(default);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => stopped);
        answer.SetResult(Wire.Json(200, """{"access_token":"t","expires_in":3600}"""));
        (await waiting).ShouldBeNull();
    }

    public void Dispose() => bench.Dispose();
}
