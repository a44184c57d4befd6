using System.Threading.Channels;

namespace BotDispatch.Dispatching;

/// <summary>Hints that something is due, or will be: lanes, or the work of another loop. A hint may be lost: that costs one poll.</summary>
internal sealed class Wakeup
{
    readonly Channel<bool> hints =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Raised when something will be due at a moment.</summary>
    public event Action<DateTimeOffset>? Planned;

    /// <summary>Says that something may be due.</summary>
    public void Signal() => hints.Writer.TryWrite(true);

    /// <summary>Says that something will be due at this moment.</summary>
    public void Plan(DateTimeOffset due) => Planned?.Invoke(due);

    /// <summary>Whether there was a hint already.</summary>
    public bool TryConsume() => hints.Reader.TryRead(out _);

    /// <summary>Waits for a hint.</summary>
    public async Task WaitAsync(CancellationToken ct) => await hints.Reader.ReadAsync(ct);

    /// <summary>Waits for a hint, at most for so long.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken ct)
    {
        using var alarm = new Alarm(clock, Signal);
        alarm.SetFor(clock.GetUtcNow() + longest);
        await WaitAsync(ct);
    }
}
