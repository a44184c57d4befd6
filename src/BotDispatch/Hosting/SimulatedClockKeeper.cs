using System.Text.Json;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Hosting;

/// <summary>Stores the dispatch clock's offset, so that dispatches go on from the same time after a restart.</summary>
internal sealed class SimulatedClockKeeper(SimulatedClock clock, NoteStore notes, DispatchEngine engine, TimeProvider real)
    : BackgroundService
{
    const string Note = "story-clock";

    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await notes.ReadAsync(Note, cancellationToken) is { } kept
            && JsonSerializer.Deserialize(kept, ClockJson.Default.SimulatedMoment) is { } moment)
            clock.Restore(moment, moment.Speed == 1 ? TimeSpan.Zero : Every);
        clock.SpeedChanged += Keep;
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        clock.SpeedChanged -= Keep;
        await KeepAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, real);
        // At the speed of real time the offset does not change.
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (clock.Speed != 1)
                await KeepAsync(stoppingToken);
    }

    void Keep() => _ = KeepAsync(CancellationToken.None);

    Task KeepAsync(CancellationToken ct) =>
        engine.WriteAsync(
            default, [NoteStore.Keep(Note, JsonSerializer.Serialize(clock.Snapshot(), ClockJson.Default.SimulatedMoment))], ct);
}
