using System.Buffers;

namespace BotDispatch.Teams.Inbound;

/// <summary>The bytes of one request, in memory that is lent: read once, and no more of them than Teams can send.</summary>
internal sealed class ActivityBody : IDisposable
{
    /// <summary>A message has 100 KB of UTF-16 at most; an activity can hold one, its HTML, and a chosen message beside it.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages</remarks>
    public const int Largest = 512 * 1024;

    // Enough for most. What a request says of its length is not lent before it has come.
    const int First = 8 * 1024;

    byte[] buffer = ArrayPool<byte>.Shared.Rent(First);
    int length;

    /// <summary>What was read. Nobody may keep it.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Reads the body, and says how it went as a status: 200, 413 for too much, 400 for what was cut off.</summary>
    public async ValueTask<int> FillAsync(HttpRequest request)
    {
        if (request.ContentLength > Largest)
            return StatusCodes.Status413PayloadTooLarge;
        try
        {
            while (await request.Body.ReadAsync(buffer.AsMemory(length), request.HttpContext.RequestAborted) is > 0 and var read)
            {
                length += read;
                if (length > Largest)
                    return StatusCodes.Status413PayloadTooLarge;
                if (length == buffer.Length)
                    Grow();
            }
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            return StatusCodes.Status400BadRequest;
        }
        return StatusCodes.Status200OK;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
