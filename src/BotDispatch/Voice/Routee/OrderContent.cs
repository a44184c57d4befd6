using System.Net;
using System.Net.Http.Headers;
using BotDispatch.Ports;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// The body of an order. It asks once more whether the order may leave when a connection is there and its bytes are about to go:
/// a connection that was long in coming must not let out what was given up meanwhile.
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

    /// <summary>Why the latest sending that failed did so; null while none has.</summary>
    public RouteeResult.NotSent? Trouble { get; set; }

    /// <summary>Throws <see cref="WithheldException"/> if the order may not leave any more.</summary>
    public async Task DemandLeaveAsync(CancellationToken ct)
    {
        if (!await maySend(ct))
            throw new WithheldException();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

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

    /// <summary>The order did not leave.</summary>
    internal sealed class WithheldException() : Exception("the order was withheld");
}
