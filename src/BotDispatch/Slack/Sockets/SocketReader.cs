using System.Buffers;
using System.Net.WebSockets;

namespace BotDispatch.Slack.Sockets;

/// <summary>Assembles messages from their fragments and leaves out messages that are too large.</summary>
internal sealed class SocketReader(WebSocket link, ILogger log)
{
    /// <summary>The largest message in bytes: far more than Slack sends, but it keeps a broken peer from filling the memory.</summary>
    public const int Largest = 4 * 1024 * 1024;

    const int Usual = 16 * 1024;

    ArrayBufferWriter<byte> message = new(Usual);

    /// <summary>The next text message, valid until the next call; null at the end. Throws the exceptions of the WebSocket.</summary>
    public async Task<ReadOnlyMemory<byte>?> NextAsync()
    {
        while (true)
        {
            if (message.Capacity > 4 * Usual)
                message = new(Usual);
            message.ResetWrittenCount();
            var tooLarge = false;
            ValueWebSocketReceiveResult part;
            do
            {
                // Pass no token, because cancelling a read aborts the WebSocket. The read ends when the socket is closed.
                part = await link.ReceiveAsync(message.GetMemory(Usual / 2), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                tooLarge |= message.WrittenCount + part.Count > Largest;
                if (!tooLarge)
                    message.Advance(part.Count);
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Text && !tooLarge)
                return message.WrittenMemory;
            log.FrameLeftOut(tooLarge ? "it is too large" : "it is no text");
        }
    }
}
