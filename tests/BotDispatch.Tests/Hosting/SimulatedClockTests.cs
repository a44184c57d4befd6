using BotDispatch.Hosting;

namespace BotDispatch.Tests.Hosting;

public class SimulatedClockTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly HandClock real = new(Noon);
    readonly SimulatedClock simulated;

    public SimulatedClockTests() => simulated = new(real);

    [Fact]
    public void At_first_the_simulated_clock_shows_real_time()
    {
        real.Advance(Minute);
        simulated.GetUtcNow().ShouldBe(Noon + Minute);
    }

    [Fact]
    public void A_changed_speed_keeps_the_time_and_changes_its_pace()
    {
        real.Advance(Minute);
        simulated.Speed = 10;
        simulated.GetUtcNow().ShouldBe(Noon + Minute);
        real.Advance(Minute);
        simulated.GetUtcNow().ShouldBe(Noon + 11 * Minute);
        simulated.Speed = 1;
        real.Advance(Minute);
        simulated.GetUtcNow().ShouldBe(Noon + 12 * Minute);
    }

    [Fact]
    public void Elapsed_time_is_the_storys()
    {
        simulated.Speed = 60;
        var before = simulated.GetTimestamp();
        real.Advance(Second);
        simulated.GetElapsedTime(before).ShouldBe(Minute);
    }

    [Fact]
    public void A_timer_rings_in_simulated_time()
    {
        simulated.Speed = 10;
        var rung = Timer(Minute);
        real.Advance(TimeSpan.FromSeconds(5.9));
        rung().ShouldBe(0);
        real.Advance(TimeSpan.FromSeconds(0.1));
        rung().ShouldBe(1);
        real.Advance(Minute);
        rung().ShouldBe(1);
    }

    [Fact]
    public void A_waiting_timer_follows_a_changed_speed()
    {
        var rung = Timer(Minute);
        real.Advance(30 * Second);
        simulated.Speed = 60;
        real.Advance(TimeSpan.FromSeconds(0.4));
        rung().ShouldBe(0);
        real.Advance(TimeSpan.FromSeconds(0.1));
        rung().ShouldBe(1);
    }

    [Fact]
    public void A_timer_is_never_early_even_if_the_real_one_is()
    {
        simulated.Speed = 60;
        DateTimeOffset? at = null;
        using var timer = simulated.CreateTimer(_ => at = simulated.GetUtcNow(), null, TimeSpan.FromSeconds(1.01), Timeout.InfiniteTimeSpan);
        real.RingEarly();
        at.ShouldBeNull();
        real.Advance(Second);
        at.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(Noon + TimeSpan.FromSeconds(1.01));
    }

    [Fact]
    public void A_period_repeats_until_disposed()
    {
        simulated.Speed = 10;
        var count = 0;
        var timer = simulated.CreateTimer(_ => count++, null, TimeSpan.Zero, 10 * Second);
        real.Advance(TimeSpan.Zero);
        count.ShouldBe(1);
        for (var i = 0; i < 3; i++)
            real.Advance(Second);
        count.ShouldBe(4);
        timer.Dispose();
        real.Advance(Minute);
        count.ShouldBe(4);
        timer.Change(Second, Second).ShouldBeFalse();
    }

    [Fact]
    public async Task A_delay_ends_in_simulated_time()
    {
        simulated.Speed = 60;
        var delay = Task.Delay(Minute, simulated);
        real.Advance(TimeSpan.FromSeconds(0.9));
        delay.IsCompleted.ShouldBeFalse();
        real.Advance(TimeSpan.FromSeconds(0.1));
        await delay;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(3600)]
    public void It_never_runs_backwards_over_a_restart(int secondsDown)
    {
        simulated.Speed = 60;
        var saved = simulated.Snapshot();
        real.Advance(9 * Second);
        var lastSeen = simulated.GetUtcNow();
        real.Advance(TimeSpan.FromSeconds(secondsDown));

        var after = new SimulatedClock(real);
        after.Restore(saved, longestUnsaved: 10 * Second);

        after.GetUtcNow().ShouldBeGreaterThanOrEqualTo(lastSeen);
        after.Speed.ShouldBe(60);
        var night = TimeSpan.FromSeconds(secondsDown);
        after.GetUtcNow().ShouldBeLessThanOrEqualTo(lastSeen + night + Minute, "the time down is not sped up");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void The_simulated_clock_only_runs_forwards(double speed) => Should.Throw<ArgumentOutOfRangeException>(() => simulated.Speed = speed);

    [Fact]
    public void Many_threads_see_time_rise_while_the_speed_changes()
    {
        Parallel.For(0, 8, each =>
        {
            var last = simulated.GetUtcNow();
            for (var i = 0; i < 500; i++)
            {
                if (i % 50 == 0)
                    simulated.Speed = 1 + (each + i) % 60;
                real.Advance(TimeSpan.FromMilliseconds(1));
                var now = simulated.GetUtcNow();
                now.ShouldBeGreaterThanOrEqualTo(last);
                last = now;
            }
        });
    }

    Func<int> Timer(TimeSpan due)
    {
        var count = 0;
        simulated.CreateTimer(_ => count++, null, due, Timeout.InfiniteTimeSpan);
        return () => count;
    }
}
