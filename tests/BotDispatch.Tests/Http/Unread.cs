namespace BotDispatch.Tests.Http;

/// <summary>The body of a request that should be refused before anybody looks at it.</summary>
internal sealed class Unread() : MemoryStream(new byte[64 * 1024])
{
    public bool WasRead { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        WasRead = true;
        return base.ReadAsync(buffer, cancellationToken);
    }
}
