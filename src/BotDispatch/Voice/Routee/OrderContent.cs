using System.Net;
using System.Net.Http.Headers;
using BotDispatch.Ports;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// The body of an order. Right before its bytes go out on an open connection it asks once more whether the order may be sent, because the
/// order may have been given up while the connection was made.
/// </summary>
internal sealed class OrderContent : HttpContent
{
    readonly byte[] json;
    readonly MaySend maySend;

    public OrderContent(byte[] json, MaySend maySend)
    {
        (this.json, this.maySend) = (json, maySend);
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    /// <summary>Why the latest attempt to send failed for lack of a connection; null if none failed.</summary>
    public RouteeResult.NotSent? Trouble { get; set; }

    /// <summary>Throws <see cref="WithheldException"/> if the order may no longer be sent.</summary>
    public async Task DemandLeaveAsync(CancellationToken ct)
    {
        if (!await maySend(ct))
            throw new WithheldException();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await DemandLeaveAsync(cancellationToken);
        await stream.WriteAsync(json, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = json.Length;
        return true;
    }

    /// <summary>Thrown when the order was not sent.</summary>
    internal sealed class WithheldException() : Exception("the order was withheld");
}
