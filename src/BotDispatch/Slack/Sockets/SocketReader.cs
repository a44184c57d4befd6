using System.Buffers;
using System.Net.WebSockets;

namespace BotDispatch.Slack.Sockets;

/// <summary>Puts whole messages together from their fragments, and leaves out what is too large.</summary>
internal sealed class SocketReader(WebSocket link, ILogger log)
{
    /// <summary>Far more than Slack sends; it keeps a broken peer from filling the memory.</summary>
    public const int Largest = 4 * 1024 * 1024;

    const int Usual = 16 * 1024;

    ArrayBufferWriter<byte> message = new(Usual);

    /// <summary>The next text message, good until the next call; null at the end. Throws what the socket throws.</summary>
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
                // Cancelling would kill the socket; it ends by being closed or aborted, so that nothing on it is cut off.
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
