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
        TaskCompletionSource[] works = [.. Enumerable.Range(0, 1000).Select(_ => new TaskCompletionSource())];
        List<Task> waits = [];
        foreach (var work in works)
        {
            waits.Add(deadline.WaitAsync(work.Task));
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }
        waits.ShouldAllBe(wait => !wait.IsCompleted);
        foreach (var work in works.Where((_, n) => n % 2 == 0))
            work.SetResult();
        await Task.WhenAll(waits.Where((_, n) => n % 2 == 0));
        waits.Count(wait => wait.IsCompleted).ShouldBe(500);
        clock.Advance(Limit);
        await Task.WhenAll(waits);
        clock.NextTimer.ShouldBeNull();
        var later = deadline.WaitAsync(new TaskCompletionSource().Task);
        clock.Advance(Limit);
        await later;
        clock.NextTimer.ShouldBeNull();
        counting.Timers.ShouldBe(1);
    }

    [Fact]
    public async Task What_follows_a_late_wait_does_not_run_in_the_context_of_the_first_request()
    {
        var carried = new AsyncLocal<string?> { Value = "the first request" };
        var real = new CallbackDeadline(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        carried.Value = null;
        var seen = new TaskCompletionSource<string?>();
        RunAfter(real.WaitAsync(new TaskCompletionSource().Task), () => seen.SetResult(carried.Value));
        (await seen.Task).ShouldBeNull();
    }

    // Takes no context along, so the work runs in that of the timer.
    static void RunAfter(Task wait, Action work) => wait.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(work);

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
