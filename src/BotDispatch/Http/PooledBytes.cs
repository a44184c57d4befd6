using System.Buffers;

namespace BotDispatch.Http;

/// <summary>
/// Bytes that are written one after the other into memory of the shared pool. Disposing gives the memory back, so copy what must stay.
/// </summary>
internal sealed class PooledBytes : IBufferWriter<byte>, IDisposable
{
    const int Least = 4096;

    byte[] bytes = ArrayPool<byte>.Shared.Rent(Least);
    int length;

    /// <summary>What was written. It is valid until more is written or this is disposed of.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

    /// <inheritdoc cref="Span"/>
    public ReadOnlyMemory<byte> Memory => bytes.AsMemory(0, length);

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsSpan(length);
    }

    /// <summary>Forgets what was written, and keeps the memory.</summary>
    public void Clear() => length = 0;

    public void Dispose()
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
        (bytes, length) = ([], 0);
    }

    void Reserve(int more)
    {
        if (bytes.Length - length >= Math.Max(more, 1))
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * bytes.Length, length + Math.Max(more, 1)));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
