using BotDispatch.Simulator.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Simulator;

public class PumpTests
{
    // The test must not go on inside the pump.
    static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task The_pump_wakes_for_what_is_due_and_a_slow_work_holds_nobody_up()
    {
        var clock = new ManualClock();
        var timeline = new Timeline(clock);
        using var pump = new SimulatorPump(timeline, clock, NullLogger<SimulatorPump>.Instance);
        await pump.StartAsync(CancellationToken.None);
        var (slow, first, second) = (Signal(), Signal(), Signal());

        timeline.Do(() =>
        {
            timeline.Deliver(_ => { first.SetResult(); return slow.Task; });
            timeline.After(TimeSpan.FromSeconds(5), second.SetResult);
        });
        await first.Task;
        second.Task.IsCompleted.ShouldBeFalse();
        // The pump may not have set its alarm yet, so time is moved until it has.
        while (!second.Task.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
        slow.Task.IsCompleted.ShouldBeFalse();
        slow.SetResult();
        await pump.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_pump_survives_what_breaks()
    {
        var timeline = new Timeline(new ManualClock());
        using var pump = new SimulatorPump(timeline, new ManualClock(), NullLogger<SimulatorPump>.Instance);
        await pump.StartAsync(CancellationToken.None);
        var after = Signal();
        timeline.Do(() =>
        {
            timeline.After(TimeSpan.Zero, () => throw new InvalidOperationException("broken"));
            timeline.After(TimeSpan.Zero, after.SetResult);
        });
        await after.Task;
        await pump.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_is_due_runs_in_order_of_time_then_of_planning_at_its_own_moment()
    {
        var clock = new ManualClock();
        var timeline = new Timeline(clock);
        var ran = new List<(string, double)>();
        var start = clock.GetUtcNow();
        void Plan(double seconds, string name) => timeline.At(start.AddSeconds(seconds), () => ran.Add((name, (timeline.Now - start).TotalSeconds)));
        Plan(2, "c");
        Plan(1, "a");
        Plan(1, "b");
        timeline.At(start.AddSeconds(1), () => ran.Add(("cancelled", 0))).Cancel();
        Plan(9, "later");
        clock.Advance(TimeSpan.FromSeconds(5));
        await timeline.RunDueAsync(CancellationToken.None);
        ran.ShouldBe([("a", 1), ("b", 1), ("c", 2)]);
        timeline.NextDue.ShouldBe(start.AddSeconds(9));
    }

    [Fact]
    public async Task A_run_without_a_pump_meets_the_fault_of_what_it_sent()
    {
        var timeline = new Timeline(new ManualClock());
        timeline.Deliver(_ => Task.FromException(new InvalidOperationException("broken")));
        await Should.ThrowAsync<InvalidOperationException>(() => timeline.RunDueAsync(CancellationToken.None));
    }
}
