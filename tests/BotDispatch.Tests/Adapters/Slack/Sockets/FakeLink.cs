using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace BotDispatch.Tests.Adapters.Slack.Sockets;

/// <summary>Slack's end of a socket that has no network in it.</summary>
internal sealed class FakeLink : WebSocket
{
    readonly Channel<(byte[] Bytes, WebSocketMessageType Type, bool End)> incoming = Channel.CreateUnbounded<(byte[], WebSocketMessageType, bool)>();
    readonly Channel<string> outgoing = Channel.CreateUnbounded<string>();
    readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    ArraySegment<byte> left;
    WebSocketMessageType type;
    bool end;
    int sending;

    public Uri Address { get; init; } = null!;

    /// <summary>We said goodbye, politely.</summary>
    public Task Closed => closed.Task;

    /// <summary>We let go of it.</summary>
    public Task Gone => gone.Task;

    public bool SentTwoAtOnce { get; private set; }

    public void Hello(int seconds = 3600) =>
        Say($$$"""{"type":"hello","num_connections":1,"debug_info":{"host":"applink-1","build_number":54,"approximate_connection_time":{{{seconds}}}},"connection_info":{"app_id":"A0DISPATCH"}}""");

    public void Disconnect(string reason) => Say($$"""{"type":"disconnect","reason":"{{reason}}","debug_info":{"host":"applink-1"} }""");

    public void Envelope(string id, string type = "slash_commands", bool takesReply = true) => Say(EnvelopeText(id, type, takesReply));

    public static string EnvelopeText(string id, string type = "slash_commands", bool takesReply = true) => new JsonObject
    {
        ["envelope_id"] = id,
        ["type"] = type,
        ["accepts_response_payload"] = takesReply,
        ["payload"] = new JsonObject { ["command"] = "/dispatch", ["text"] = id },
    }.ToJsonString();

    public void Say(string text) => Part(Encoding.UTF8.GetBytes(text), end: true);

    public void Part(byte[] bytes, bool end, WebSocketMessageType type = WebSocketMessageType.Text) => incoming.Writer.TryWrite((bytes, type, end));

    public void Die(Exception how) => incoming.Writer.TryComplete(how);

    /// <summary>The next that we said.</summary>
    public async Task<string> ReceivedAsync() => await outgoing.Reader.ReadAsync().AsTask().WaitAsync(SlackSide.TestTimeout);

    /// <summary>Which envelope we acknowledged next.</summary>
    public async Task<string> AcknowledgedAsync() => JsonElement.Parse(await ReceivedAsync()).GetProperty("envelope_id").GetString()!;

    public bool ReceivedNothing => outgoing.Reader.Count == 0;

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (left.Count == 0)
        {
            try
            {
                (left, type, end) = await incoming.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException exception)
            {
                throw exception.InnerException ?? new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            }
        }
        var count = Math.Min(left.Count, buffer.Length);
        left.AsMemory(0, count).CopyTo(buffer);
        left = left[count..];
        return new(count, type, end && left.Count == 0);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        SentTwoAtOnce |= Interlocked.Increment(ref sending) > 1;
        await Task.Yield();
        if (incoming.Reader.Completion.IsCompleted || gone.Task.IsCompleted || closed.Task.IsCompleted)
            throw new WebSocketException(WebSocketError.InvalidState);
        outgoing.Writer.TryWrite(Encoding.UTF8.GetString(buffer.Span));
        Interlocked.Decrement(ref sending);
    }

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        closeStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        closed.TrySetResult();
        Part([], end: true, WebSocketMessageType.Close);
        return Task.CompletedTask;
    }

    public override void Abort() => Dispose();

    public override void Dispose()
    {
        incoming.Writer.TryComplete(new ObjectDisposedException("socket"));
        gone.TrySetResult();
    }

    public override WebSocketCloseStatus? CloseStatus => null;
    public override string? CloseStatusDescription => null;
    public override WebSocketState State => throw new NotSupportedException();
    public override string? SubProtocol => null;
    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();
    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();
    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => throw new NotSupportedException();
}
