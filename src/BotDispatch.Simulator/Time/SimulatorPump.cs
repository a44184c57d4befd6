using System.Threading.Channels;

namespace BotDispatch.Simulator.Time;

/// <summary>Runs the timeline in real time: sleeps until something is due or something new is planned.</summary>
internal sealed partial class SimulatorPump(Timeline timeline, TimeProvider clock, ILogger<SimulatorPump> log) : BackgroundService
{
    // A dispatch clock may change its speed while we sleep, and some timers accept no longer wait.
    static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    readonly Channel<bool> hints =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        timeline.Faulted = CallbackBroke;
        timeline.Wake = Hint;
        timeline.Live = true;
        await using var alarm = clock.CreateTimer(_ => Hint(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!stoppingToken.IsCancellationRequested)
        {
            try { timeline.StartDue(); }
            catch (Exception trouble)
            {
                CallbackBroke(trouble);
                Hint();
            }
            alarm.Change(SleepUntil(timeline.NextDue), Timeout.InfiniteTimeSpan);
            await hints.Reader.ReadAsync(stoppingToken);
        }
    }

    void Hint() => hints.Writer.TryWrite(true);

    TimeSpan SleepUntil(DateTimeOffset? due) => (due - clock.GetUtcNow()) switch
    {
        null => LongestSleep,
        { } wait when wait <= TimeSpan.Zero => TimeSpan.Zero,
        // Timers count whole milliseconds. A wait that is rounded down would end too early, and the loop would spin.
        { } wait => TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), LongestSleep.TotalMilliseconds)),
    };

    [LoggerMessage(900, LogLevel.Error, "The pretend Routee failed at one step and goes on")]
    partial void CallbackBroke(Exception trouble);
}
