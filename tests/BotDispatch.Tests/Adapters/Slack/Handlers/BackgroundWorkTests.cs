using BotDispatch.Chat;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

public sealed class BackgroundWorkTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task What_is_done_already_is_not_waited_for()
    {
        await using var background = new BackgroundWork(new TimelessClock(), NullLogger<BackgroundWork>.Instance);

        (await background.Deadline(Second).IsMetByAsync(Task.CompletedTask)).ShouldBeTrue();
    }

    [Fact]
    public async Task Work_that_breaks_in_time_is_done_and_says_why_to_its_reader()
    {
        await using var background = new BackgroundWork(new ManualClock(), NullLogger<BackgroundWork>.Instance);
        var work = new TaskCompletionSource<int>();
        var waiting = background.Deadline(Second).IsMetByAsync(work.Task);

        work.SetException(new InvalidOperationException("broken"));

        (await waiting).ShouldBeTrue();
        (await Should.ThrowAsync<InvalidOperationException>(() => work.Task)).Message.ShouldBe("broken");
    }

    [Fact]
    public async Task What_takes_longer_is_not_done_and_goes_on()
    {
        var clock = new ManualClock();
        await using var background = new BackgroundWork(clock, NullLogger<BackgroundWork>.Instance);
        var work = new TaskCompletionSource<int>();
        var waiting = background.Deadline(Second).IsMetByAsync(work.Task);

        clock.Advance(Second);

        (await waiting).ShouldBeFalse();
        work.SetResult(7);
        (await work.Task).ShouldBe(7);
    }

    [Fact]
    public async Task What_waits_by_a_clock_that_stands_still_does_not_hold_up_the_end()
    {
        var clock = new ManualClock();
        var background = new BackgroundWork(clock, NullLogger<BackgroundWork>.Instance);
        var wasEnded = new TaskCompletionSource();
        background.Run(async stopping =>
        {
            await Task.Delay(Second, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wasEnded.SetResult();
        });

        await background.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        await wasEnded.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>A clock that nobody may wait for.</summary>
    sealed class TimelessClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => throw new InvalidOperationException("a timer was asked for");
    }
}
