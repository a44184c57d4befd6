using System.Buffers;

namespace BotDispatch.Slack.Inbound;

/// <summary>The bytes of one request, as they came, in memory that is lent: read once, before anything understands them, for these are what is signed.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>As much as Slack's own framework takes.</summary>
    public const int Largest = 4 * 1024 * 1024;

    // Enough for every command and most presses. What a request says of its length is not lent before it has come.
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
