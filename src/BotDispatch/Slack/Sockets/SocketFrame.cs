using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace BotDispatch.Slack.Sockets;

/// <summary>One message that Slack sends over a socket.</summary>
/// <remarks>https://docs.slack.dev/apis/events-api/using-socket-mode</remarks>
internal abstract record SocketFrame
{
    // A limit, because .NET timers accept some weeks at most.
    const int SecondsOfADay = 24 * 60 * 60;

    private SocketFrame() { }

    /// <summary>The first message. From now on Slack uses the socket.</summary>
    /// <param name="Life">How long Slack keeps the socket; null if it does not say.</param>
    public sealed record Hello(TimeSpan? Life) : SocketFrame;

    /// <summary>Slack is closing the socket: <c>warning</c>, <c>refresh_requested</c>, <c>link_disabled</c>, or something newer.</summary>
    public sealed record Disconnect(string Reason) : SocketFrame;

    /// <summary>A delivery, which would be one request over HTTP.</summary>
    /// <param name="Id">The id that the acknowledgement repeats.</param>
    /// <param name="Type"><c>events_api</c>, <c>interactive</c>, <c>slash_commands</c>, or something newer.</param>
    /// <param name="Payload">The same as over HTTP.</param>
    /// <param name="TakesReply">Whether the acknowledgement may carry an answer.</param>
    public sealed record Envelope(string Id, string Type, JsonElement Payload, bool TakesReply) : SocketFrame;

    /// <summary>A message that we can neither use nor acknowledge.</summary>
    public sealed record Unreadable(string Because) : SocketFrame;

    /// <summary>Reads one whole message. The result does not refer to <paramref name="utf8"/>.</summary>
    public static SocketFrame Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Of(JsonElement.Parse(utf8));
        }
        catch (JsonException)
        {
            return new Unreadable("it is no JSON");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is valid JSON but no valid text.
            return new Unreadable("it holds text that is none");
        }
    }

    static SocketFrame Of(JsonElement frame)
    {
        if (frame.ValueKind != JsonValueKind.Object)
            return new Unreadable("it is no object");
        var type = Text(frame, "type");
        if (Text(frame, "envelope_id") is { Length: > 0 } id)
            return new Envelope(
                id, type ?? "", Part(frame, "payload"), Part(frame, "accepts_response_payload").ValueKind == JsonValueKind.True);
        return type switch
        {
            "hello" => new Hello(LifeOf(frame)),
            "disconnect" => new Disconnect(Text(frame, "reason") ?? ""),
            _ => new Unreadable("it is of no known type and has no envelope"),
        };
    }

    static TimeSpan? LifeOf(JsonElement hello) =>
        Part(Part(hello, "debug_info"), "approximate_connection_time") is { ValueKind: JsonValueKind.Number } time
            && time.TryGetInt32(out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, SecondsOfADay))
            : null;

    static string? Text(JsonElement parent, string name) =>
        Part(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    static JsonElement Part(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var part) ? part : default;
}

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
