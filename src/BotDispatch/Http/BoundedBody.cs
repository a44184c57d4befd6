using System.Buffers;
using System.Net;

namespace BotDispatch.Http;

/// <summary>
/// The bytes of one request, in rented memory, up to a size. They are read once, before anything interprets them. The memory grows with the
/// bytes that arrive, because a request may claim any length, and reading has a deadline, because a sender may never finish.
/// </summary>
/// <param name="largest">The most bytes that are read.</param>
/// <param name="budget">The budget that all bodies of unknown senders share; null if the sender is known.</param>
/// <param name="clock">Real time.</param>
internal sealed class BoundedBody(int largest, BodyBudget? budget, TimeProvider clock) : IDisposable
{
    /// <summary>How long a body may take to arrive. Slack waits 3 s for the answer, Teams 5 s to 15 s, Routee 3 s.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    const int First = 4 * 1024;

    byte[] buffer = [];
    int length;
    BodyBudget.Share? share;

    /// <summary>The bytes that were read. They are valid until this is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>
    /// Reads the body, and returns how it went as a status: 200; 400 for a body that was cut off; 408 for one that did not arrive in time;
    /// 413 for one that is too large; 415 or 501 for a coding that is not undone here; 503 if too many bodies are held at once, or if this
    /// one had to give way to another.
    /// </summary>
    /// <remarks>
    /// Kestrel 10 accepts the transfer coding "gzip, chunked" and removes only the chunks, so the bytes would not be those that were sent.
    /// </remarks>
    public async ValueTask<int> FillAsync(HttpRequest request)
    {
        var status = await ReadAsync(request);
        // A refused body holds no memory while its answer is written.
        if (status != StatusCodes.Status200OK)
            GiveBack();
        return status;
    }

    async ValueTask<int> ReadAsync(HttpRequest request)
    {
        if (request.Headers.TransferEncoding is [_, ..] codings
            && !codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase))
            return StatusCodes.Status501NotImplemented;
        if (request.Headers.ContentEncoding is [_, ..] encodings
            && !encodings.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase))
            return StatusCodes.Status415UnsupportedMediaType;
        if (request.ContentLength > largest)
            return StatusCodes.Status413PayloadTooLarge;
        if (budget is null && TryTakeArrived(request))
            return StatusCodes.Status200OK;
        using var deadline = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, request.HttpContext.RequestAborted);
        share = budget?.Enter(request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None, either);
        try
        {
            var status = await ReadAsync(request.Body, either.Token);
            return share?.GaveWay == true ? StatusCodes.Status503ServiceUnavailable : status;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            return share?.GaveWay == true ? StatusCodes.Status503ServiceUnavailable
                : deadline.IsCancellationRequested ? StatusCodes.Status408RequestTimeout
                : StatusCodes.Status400BadRequest;
        }
        finally
        {
            // Nobody may cancel a source that is about to be disposed.
            share?.Arrived();
        }
    }

    // A small body usually arrives together with its headers: then there is nothing to wait for, and no deadline to keep.
    bool TryTakeArrived(HttpRequest request)
    {
        try
        {
            if (request.ContentLength is not { } whole || !request.BodyReader.TryRead(out var arrived))
                return false;
            var isWhole = arrived.Buffer.Length == whole;
            if (isWhole)
            {
                (buffer, length) = (ArrayPool<byte>.Shared.Rent((int)whole), (int)whole);
                arrived.Buffer.CopyTo(buffer);
            }
            request.BodyReader.AdvanceTo(isWhole ? arrived.Buffer.End : arrived.Buffer.Start);
            return isWhole;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            // The read that follows fails in the same way, and is answered.
            return false;
        }
    }

    async ValueTask<int> ReadAsync(Stream sent, CancellationToken ct)
    {
        while (length < largest)
        {
            if (length == buffer.Length && !await TryGrowAsync(ct))
                return StatusCodes.Status503ServiceUnavailable;
            if (await sent.ReadAsync(buffer.AsMemory(length, Math.Min(buffer.Length, largest) - length), ct) is not (> 0 and var read))
                return StatusCodes.Status200OK;
            length += read;
        }
        return await sent.ReadAsync(new byte[1], ct) == 0 ? StatusCodes.Status200OK : StatusCodes.Status413PayloadTooLarge;
    }

    public void Dispose() => GiveBack();

    async ValueTask<bool> TryGrowAsync(CancellationToken ct)
    {
        var size = buffer.Length == 0 ? First : buffer.Length * 2;
        // While the bytes are copied into the larger buffer, we hold both.
        if (share is not null && !await share.TakeAsync(size, ct))
            return false;
        var (smaller, larger) = (buffer, ArrayPool<byte>.Shared.Rent(size));
        smaller.AsSpan(0, length).CopyTo(larger);
        buffer = larger;
        if (smaller.Length == 0)
            return true;
        ArrayPool<byte>.Shared.Return(smaller);
        share?.Return(smaller.Length);
        return true;
    }

    void GiveBack()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
        share?.Dispose();
    }
}
