using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace BotDispatch.Tests.Storage;

/// <summary>What a process does once, before it looks for due lanes.</summary>
public class LanesAfterRestartTests
{
    [Theory, OnSqlite]
    public async Task While_webhooks_cannot_begin_the_records_of_calls_are_not_asked_again_and_again(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var restarts = 0;
        ground.Commits = new(_ => { }, done => restarts += done.OfType<InputWork>().Count(work => work.Input is DispatchInput.Restarted));
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        await ground.Node.BeginAsync(Some.Plan("INC-1"));
        var webhooks = Substitute.For<IEventLane>();
        webhooks.LaneNames.Returns(ImmutableArray<string>.Empty);
        Exception? broken = new InvalidOperationException("no such table");
        webhooks.BeginAsync(default).ReturnsForAnyArgs(_ => broken is null ? Task.CompletedTask : Task.FromException(broken));
        var runner = RunnerOf(ground, webhooks);
        for (var looks = 0; looks < 5; looks++)
            await runner.StartDueAsync(default);
        restarts.ShouldBe(1);
        await webhooks.ReceivedWithAnyArgs(5).BeginAsync(default);
        broken = null;
        for (var looks = 0; looks < 5; looks++)
            await runner.StartDueAsync(default);
        await runner.FinishAsync();
        restarts.ShouldBe(1);
        await webhooks.ReceivedWithAnyArgs(6).BeginAsync(default);
    }

    [Theory, OnSqlite]
    public async Task A_timeout_that_looks_like_a_stop_does_not_end_the_lanes(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        await ground.Node.StartAsync(Some.Plan("INC-1"));
        var webhooks = Substitute.For<IEventLane>();
        webhooks.LaneNames.Returns(ImmutableArray<string>.Empty);
        webhooks.BeginAsync(default).ThrowsForAnyArgs(new TaskCanceledException("the database did not answer in time"));
        var runner = RunnerOf(ground, webhooks);
        (await runner.StartDueAsync(default)).ShouldBeGreaterThan(0);
        await runner.FinishAsync();
    }

    static LaneRunner RunnerOf(Ground ground, IEventLane webhooks)
    {
        var node = ground.Node;
        return new(node.Engine, node.Get<ILaneClaims>(), node.Get<VoiceLanes>(), node.Get<ThreadLane>(), node.Get<LineLane>(),
            node.Get<TicketLane>(), NullLogger<LaneRunner>.Instance, ground.Clock, ground.Clock, webhooks);
    }
}
