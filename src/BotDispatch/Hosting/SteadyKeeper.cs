using System.Text.Json;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Hosting;

/// <summary>The stored note from which the steady clock goes on after a restart, and by which several nodes agree on the time.</summary>
internal sealed class SteadyNote(SteadyClock clock, NoteStore notes, MachineBoot boot)
{
    const string Name = "steady-clock";

    DateTimeOffset? database;
    TimeSpan readAt;

    /// <summary>Goes on from the stored note. Must be called before anything is timed.</summary>
    public async Task ResumeAsync(CancellationToken ct)
    {
        var kept = await ReadAsync(ct);
        var (_, wall, running) = clock.Snapshot();
        clock.Resume(SteadyMoment.Resumed(kept, wall, boot.Id, running, database), kept?.Boot == boot.Id ? kept.Wall - kept.Steady : null);
    }

    /// <summary>Moves this node's clock forward if another node is ahead.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        if (await ReadAsync(ct) is { } kept)
            clock.CatchUp(kept.Steady);
    }

    /// <summary>Returns the statement that stores the state of the clock.</summary>
    public Statement Keep()
    {
        var (steady, wall, running) = clock.Snapshot();
        return NoteStore.Keep(Name,
            JsonSerializer.Serialize(
                new SteadyMoment(steady, wall, boot.Id, running, database + (running - readAt)), ClockJson.Default.SteadyMoment));
    }

    async Task<SteadyMoment?> ReadAsync(CancellationToken ct)
    {
        (var kept, database) = await notes.ReadWithTimeAsync(Name, ct);
        readAt = clock.Snapshot().Running;
        try
        {
            return kept is null ? null : JsonSerializer.Deserialize(kept, ClockJson.Default.SteadyMoment);
        }
        catch (JsonException)
        {
            // A version that we do not know wrote the note, so the machine's clock is the best source.
            return null;
        }
    }
}

/// <summary>Keeps the note of the steady clock up to date, and keeps this node's clock with the others.</summary>
internal sealed class SteadyKeeper(SteadyNote note, DispatchEngine engine, TimeProvider real, ILogger<SteadyKeeper> log) : BackgroundService
{
    /// <summary>How far the clocks of nodes can differ after one of them was suspended.</summary>
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, real);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await KeepAsync(stoppingToken);
    }

    async Task KeepAsync(CancellationToken ct)
    {
        try
        {
            await note.CatchUpAsync(ct);
            await engine.WriteAsync(default, [note.Keep()], ct);
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // The next attempt stores it, too. Until then the clock goes on by itself.
            log.TimeNotKept(broken);
        }
    }
}
