using System.Threading.Channels;

namespace BotDispatch.Dispatching;

/// <summary>A hint that a lane may be due. May be lost: that costs one poll.</summary>
internal sealed class Wakeup
{
    readonly Channel<bool> hints =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that something may be due.</summary>
    public void Signal() => hints.Writer.TryWrite(true);

    /// <summary>Whether there was a hint already.</summary>
    public bool TryConsume() => hints.Reader.TryRead(out _);

    /// <summary>Waits for a hint.</summary>
    public async Task WaitAsync(CancellationToken ct) => await hints.Reader.ReadAsync(ct);
}
