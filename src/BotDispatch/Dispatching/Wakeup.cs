using System.Threading.Channels;

namespace BotDispatch.Dispatching;

/// <summary>Hints that something is due, or will be: lanes, or the work of another loop. A hint may be lost: that costs one poll.</summary>
internal sealed class Wakeup
{
    readonly Channel<bool> hints = NewChannel();
    readonly Channel<bool> plans = NewChannel();
    readonly Lock planning = new();
    DateTimeOffset earliest = DateTimeOffset.MaxValue;

    /// <summary>Says that something may be due.</summary>
    public void Signal() => hints.Writer.TryWrite(true);

    /// <summary>Says that something will be due at this moment.</summary>
    public void Plan(DateTimeOffset due)
    {
        lock (planning)
            if (due < earliest)
                earliest = due;
        plans.Writer.TryWrite(true);
    }

    /// <summary>Whether there was a hint already.</summary>
    public bool TryConsume() => hints.Reader.TryRead(out _);

    /// <summary>Waits for a hint.</summary>
    public async Task WaitAsync(CancellationToken ct) => await hints.Reader.ReadAsync(ct);

    /// <summary>Waits for a hint, at most for so long.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(WaitAsync(over.Token), Task.Delay(longest, clock, over.Token));
        await over.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until something is planned; returns the earliest moment that was planned since it was last asked.</summary>
    public async Task<DateTimeOffset> PlannedAsync(CancellationToken ct)
    {
        await plans.Reader.ReadAsync(ct);
        lock (planning)
        {
            var planned = earliest;
            earliest = DateTimeOffset.MaxValue;
            return planned;
        }
    }

    static Channel<bool> NewChannel() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
}
