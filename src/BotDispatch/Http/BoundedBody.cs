using System.Buffers;
using System.Net;

namespace BotDispatch.Http;

/// <summary>
/// The bytes of one request, in rented memory, up to a size: read once, before anything understands them. It grows with what has come, because a request
/// may claim any length, and it ends with a deadline, because a sender may never finish.
/// </summary>
/// <param name="largest">The most bytes that are read.</param>
/// <param name="budget">What all bodies of unknown senders share; null where it is known who sends.</param>
/// <param name="clock">Real time.</param>
internal sealed class BoundedBody(int largest, BodyBudget? budget, TimeProvider clock) : IDisposable
{
    /// <summary>How long a body may take to arrive. Slack waits 3 s for the answer, Teams 5 s to 15 s, Routee 3 s.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    const int First = 4 * 1024;

    byte[] buffer = [];
    int length;
    IPAddress from = IPAddress.None;

    /// <summary>What was read. It is valid until this is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>
    /// Reads the body, and says how it went as a status: 200; 400 for a body that was cut off; 408 for one that did not arrive in time; 413 for too much;
    /// 415 or 501 for a coding that is not undone here; 503 when too many bodies are held at once.
    /// </summary>
    /// <remarks>Kestrel 10 takes the transfer coding "gzip, chunked" and removes only the chunks, so the bytes would not be what was sent.</remarks>
    public async ValueTask<int> FillAsync(HttpRequest request)
    {
        var status = await ReadAsync(request);
        // What was refused holds nothing while its answer is written.
        if (status != StatusCodes.Status200OK)
            GiveBack();
        return status;
    }

    async ValueTask<int> ReadAsync(HttpRequest request)
    {
        if (request.Headers.TransferEncoding is [_, ..] codings && !codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase))
            return StatusCodes.Status501NotImplemented;
        if (request.Headers.ContentEncoding is [_, ..] encodings && !encodings.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
            return StatusCodes.Status415UnsupportedMediaType;
        if (request.ContentLength > largest)
            return StatusCodes.Status413PayloadTooLarge;
        from = request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        using var deadline = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, request.HttpContext.RequestAborted);
        try
        {
            while (length < largest)
            {
                if (length == buffer.Length && !TryGrow())
                    return StatusCodes.Status503ServiceUnavailable;
                if (await request.Body.ReadAsync(buffer.AsMemory(length, Math.Min(buffer.Length, largest) - length), either.Token) is not (> 0 and var read))
                    return StatusCodes.Status200OK;
                length += read;
            }
            return await request.Body.ReadAsync(new byte[1], either.Token) == 0 ? StatusCodes.Status200OK : StatusCodes.Status413PayloadTooLarge;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            return deadline.IsCancellationRequested ? StatusCodes.Status408RequestTimeout : StatusCodes.Status400BadRequest;
        }
    }

    public void Dispose() => GiveBack();

    bool TryGrow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length == 0 ? First : buffer.Length * 2);
        // While the larger one is filled from the smaller, both are held.
        if (budget?.TryTake(from, larger.Length) == false)
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }
        buffer.AsSpan(0, length).CopyTo(larger);
        var filled = length;
        GiveBack();
        (buffer, length) = (larger, filled);
        return true;
    }

    void GiveBack()
    {
        if (buffer.Length == 0)
            return;
        budget?.Return(from, buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }
}
