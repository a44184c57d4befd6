using System.Collections.Concurrent;

namespace BotDispatch.Dispatching;

/// <summary>
/// Looks at tickets out of turn, because their system says that they changed. A hint may be lost, repeated or wrong: it only names a ticket
/// to read, and <see cref="TicketWatch"/> reads all of them in turn anyway.
/// </summary>
/// <remarks>
/// A system is asked about one batch at a time. Its questions share the pace of all others by which its tickets are watched, however many
/// hints come.
/// </remarks>
internal sealed class TicketHints(TicketWatch watch, ILogger<TicketHints> log) : BackgroundService
{
    /// <summary>How many tickets may wait. Further ones are read in turn.</summary>
    public const int MostWaiting = 1000;

    const int MostAtOnce = 20;

    readonly Wakeup wakeup = new();
    readonly ConcurrentDictionary<(string System, string Reference), bool> waiting = new();
    readonly ConcurrentDictionary<string, Task> reading = new(StringComparer.Ordinal);

    /// <summary>Says that a ticket may have changed. Returns at once. A ticket that waits already is read once.</summary>
    /// <param name="system">The name of its system, as <see cref="Ports.TicketHandling.System"/>.</param>
    /// <param name="reference">The ticket.</param>
    public void LookNow(string system, string reference)
    {
        if (waiting.Count >= MostWaiting)
            return;
        waiting.TryAdd((system, reference), true);
        wakeup.Signal();
    }

    /// <summary>Reads the tickets that wait, and returns when they are read.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        StartReading(ct);
        await Task.WhenAll(reading.Values);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await wakeup.WaitAsync(stoppingToken);
            StartReading(stoppingToken);
        }
    }

    // A slow system delays no other, and a system that is being asked goes on with what came meanwhile.
    void StartReading(CancellationToken ct)
    {
        foreach (var system in waiting.Keys.Select(each => each.System).Distinct())
            if (!reading.TryGetValue(system, out var before) || before.IsCompleted)
                reading[system] = ReadAsync(system, ct);
    }

    async Task ReadAsync(string system, CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (Take(system) is { Count: > 0 } references)
            {
                // Most tickets of a system are in no dispatch. Nobody is asked about those.
                if (await watch.FindWatchedAsync(system, references, ct) is not { Count: > 0 } watched)
                    continue;
                await watch.LookAtAsync(system, watched, ct);
            }
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.TicketsNotWatched(failed, system);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
        finally
        {
            // In this order: a hint that came since the last look finds nobody reading, and wakes the loop.
            reading.TryRemove(system, out _);
            if (waiting.Keys.Any(each => each.System == system))
                wakeup.Signal();
        }
    }

    List<string> Take(string system)
    {
        var taken = waiting.Keys.Where(each => each.System == system).Take(MostAtOnce).ToList();
        // From here on a further hint is read again, because the ticket may change while it is read.
        taken.ForEach(each => waiting.TryRemove(each, out _));
        return [.. taken.Select(each => each.Reference)];
    }
}
