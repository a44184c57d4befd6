using BotDispatch.Voice.Routee;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class CallbackDeadlineTests
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.7);

    readonly ManualClock clock = new();
    readonly CountingClock counting;
    readonly CallbackDeadline deadline;

    public CallbackDeadlineTests() => deadline = new(Limit, counting = new(clock));

    [Fact]
    public void Work_that_has_ended_is_not_waited_for()
    {
        deadline.WaitAsync(Task.CompletedTask).IsCompletedSuccessfully.ShouldBeTrue();
        clock.NextTimer.ShouldBeNull();
    }

    [Fact]
    public async Task Work_that_ends_ends_the_wait_also_in_failure()
    {
        TaskCompletionSource good = new(), bad = new();
        var (first, second) = (deadline.WaitAsync(good.Task), deadline.WaitAsync(bad.Task));
        good.SetResult();
        await first;
        second.IsCompleted.ShouldBeFalse();
        bad.SetException(new InvalidOperationException());
        await second;
    }

    [Fact]
    public async Task Each_wait_ends_after_its_own_time_and_not_before()
    {
        var first = deadline.WaitAsync(new TaskCompletionSource().Task);
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = deadline.WaitAsync(new TaskCompletionSource().Task);
        clock.Advance(Limit - TimeSpan.FromSeconds(1.001));
        first.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await first;
        second.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await second;
    }

    [Fact]
    public async Task However_many_wait_there_is_one_timer_and_it_rests_when_nobody_does()
    {
        for (var n = 0; n < 1000; n++)
        {
            var work = new TaskCompletionSource();
            var wait = deadline.WaitAsync(work.Task);
            clock.Advance(TimeSpan.FromMilliseconds(10));
            work.SetResult();
            await wait;
        }
        clock.Advance(Limit);
        clock.NextTimer.ShouldBeNull();
        counting.Timers.ShouldBe(1);
    }

    /// <summary>Counts the timers that are made.</summary>
    sealed class CountingClock(TimeProvider clock) : TimeProvider
    {
        public int Timers { get; private set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Timers++;
            return clock.CreateTimer(callback, state, dueTime, period);
        }
    }
}
