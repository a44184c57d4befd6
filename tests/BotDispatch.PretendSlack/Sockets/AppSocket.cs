using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.Sockets;

/// <summary>One socket that the app holds open.</summary>
public sealed class AppSocket
{
    readonly WebSocket socket;
    readonly MuffledStream? stream;
    readonly HttpContext http;
    readonly Lock gate = new();
    Task sending = Task.CompletedTask;
    readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode?>> waiting = new();

    internal AppSocket(WebSocket socket, HttpContext http, MuffledStream? stream, int number) => (this.socket, this.http, this.stream, Number) = (socket, http, stream, number);

    /// <summary>Counts from 1 in the order of opening.</summary>
    public int Number { get; }

    /// <summary>It has said hello, so envelopes may come over it.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Neither side has ended it.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>How many envelopes went over it.</summary>
    public int Envelopes { get; private set; }

    /// <summary>How the app ended it; null while it has not.</summary>
    public WebSocketCloseStatus? ClosedByApp { get; private set; }

    /// <summary>The connection dies without a word: no pong, no acknowledgement, no end. Only over a real network.</summary>
    public void GoDead()
    {
        if (stream is null) throw new InvalidOperationException("a socket of an in-process server cannot go dead: start the stand-in on Kestrel");
        stream.IsDead = true;
    }

    /// <summary>The connection is cut without a farewell.</summary>
    public void Drop()
    {
        IsReady = false;
        try
        {
            http.Abort();
        }
        catch (ObjectDisposedException)
        {
            // The app has ended it at the same moment.
        }
    }

    /// <summary>Sends an envelope; ends with the payload of its acknowledgement, or fails when the socket ends first.</summary>
    internal async Task<JsonNode?> SendEnvelopeAsync(JsonObject envelope)
    {
        var acknowledged = waiting.GetOrAdd(envelope.Word("envelope_id")!, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        Envelopes++;
        if (!IsOpen) acknowledged.TrySetException(new WebSocketException("it has ended"));
        await SendAsync(envelope);
        return await acknowledged.Task;
    }

    internal Task SendAsync(JsonObject frame) => InTurnAsync(() => WriteAsync(frame));

    /// <summary>Says hello; whatever is sent from now on comes after it.</summary>
    internal Task HelloAsync(JsonObject frame) => InTurnAsync(() =>
    {
        IsReady = true;
        return WriteAsync(frame);
    });

    /// <summary>Slack ends it, politely.</summary>
    internal Task CloseAsync()
    {
        IsReady = false;
        return InTurnAsync(() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None));
    }

    Task WriteAsync(JsonObject frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame.Written()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    // A WebSocket takes one sender at a time.
    Task InTurnAsync(Func<Task> send)
    {
        lock (gate) return sending = AfterAsync(sending, send);
    }

    async Task AfterAsync(Task before, Func<Task> send)
    {
        await before;
        try
        {
            if (socket.State == WebSocketState.Open) await send();
        }
        catch (Exception trouble) when (trouble is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader sees that the connection has ended.
        }
    }

    /// <summary>Reads acknowledgements until it ends; tells of those that belong to no envelope of this socket.</summary>
    internal async Task ReadAsync(Action<string> strange)
    {
        try
        {
            while (await NextAsync() is { } text)
            {
                var frame = Json.TryParse(text);
                if (frame.Word("envelope_id") is { } id && waiting.TryRemove(id, out var acknowledged)) acknowledged.TrySetResult(frame!["payload"]?.DeepClone());
                else strange(text);
            }
        }
        catch (Exception trouble) when (trouble is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It was cut; that is an end as any other.
        }
        (IsOpen, IsReady) = (false, false);
        foreach (var each in waiting.Values) each.TrySetException(new WebSocketException("it ended before the acknowledgement"));
    }

    async Task<string?> NextAsync()
    {
        var (whole, buffer) = (new MemoryStream(), new byte[16 * 1024]);
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                ClosedByApp = socket.CloseStatus;
                if (socket.State == WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return null;
            }
            whole.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length);
        }
    }
}
