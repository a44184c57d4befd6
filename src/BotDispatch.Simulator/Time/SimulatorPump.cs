using System.Threading.Channels;

namespace BotDispatch.Simulator.Time;

/// <summary>Runs the timeline live: sleeps until something is due or something new was planned.</summary>
internal sealed partial class SimulatorPump(Timeline timeline, TimeProvider clock, ILogger<SimulatorPump> log) : BackgroundService
{
    // A story clock may change its speed while we sleep, and some timers take no longer wait.
    static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    readonly Channel<bool> hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

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
        // Timers count whole milliseconds: rounded down, the last one would be spent spinning.
        { } wait => TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), LongestSleep.TotalMilliseconds)),
    };

    [LoggerMessage(900, LogLevel.Error, "The pretend Routee broke and went on")]
    partial void CallbackBroke(Exception trouble);
}
