using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace BotDispatch.Slack.Sockets;

/// <summary>
/// One connection from its opening to its end: reads what comes, hands on envelopes, and sends one acknowledgement at a time.
/// </summary>
internal sealed class SlackSocket : IDisposable
{
    /// <summary>So long Slack may take to say goodbye too.</summary>
    public static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(1.5);

    readonly WebSocket link;
    readonly EnvelopeHandler envelopes;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly CancellationToken end;
    readonly SemaphoreSlim places = new(EnvelopeHandler.AtOnce);
    readonly SemaphoreSlim sending = new(1);
    readonly ConcurrentDictionary<Task, bool> answering = [];
    readonly TaskCompletionSource<TimeSpan?> hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<CloseReason> closeReason = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task reading;
    volatile bool taking = true;

    /// <param name="link">Connected.</param>
    /// <param name="envelopes">Handles what comes.</param>
    /// <param name="clock">For all waiting.</param>
    /// <param name="log">For what was left out.</param>
    /// <param name="end">The end of the process, which stops the work on envelopes. The end of this socket does not.</param>
    public SlackSocket(WebSocket link, EnvelopeHandler envelopes, TimeProvider clock, ILogger log, CancellationToken end)
    {
        (this.link, this.envelopes, this.clock, this.log, this.end) = (link, envelopes, clock, log, end);
        reading = ReadAsync();
    }

    /// <summary>Comes with the hello, and says how long Slack means to keep this socket.</summary>
    public Task<TimeSpan?> Hello => hello.Task;

    /// <summary>Comes when another socket is needed in this one's place.</summary>
    public Task<CloseReason> CloseReason => closeReason.Task;

    /// <summary>Slack can still reach us by it.</summary>
    public bool IsOpen => !reading.IsCompleted;

    /// <summary>Goes on taking envelopes for a while, then finishes its acknowledgements and closes, each in bounded time.</summary>
    /// <param name="linger">What Slack had already sent this way is still taken.</param>
    /// <param name="finish">For acknowledgements.</param>
    /// <param name="hurry">Cuts the lingering short.</param>
    public async Task RetireAsync(TimeSpan linger, TimeSpan finish, CancellationToken hurry)
    {
        await Waiting.ForAsync(reading, linger, clock, hurry);
        taking = false;
        await Waiting.ForAsync(Task.WhenAll(answering.Keys), finish, clock, CancellationToken.None);
        using var late = new CancellationTokenSource(CloseWithin, clock);
        try
        {
            await sending.WaitAsync(late.Token);
            try
            {
                await link.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, late.Token);
            }
            finally
            {
                // An acknowledgement that is later still must find the link closed, not wait for its turn for ever.
                sending.Release();
            }
            await Waiting.ForAsync(reading, CloseWithin, clock, late.Token);
        }
        catch (Exception exception) when (IsDeath(exception))
        {
            // Then there is nobody to say goodbye to.
        }
        Dispose();
    }

    /// <summary>Ends it at once. What is worked on goes on, so what counts that is not thrown away.</summary>
    public void Dispose()
    {
        taking = false;
        link.Abort();
        link.Dispose();
    }

    async Task ReadAsync()
    {
        try
        {
            var reader = new SocketReader(link, log);
            while (await reader.NextAsync() is { } message)
                Take(SocketFrame.Read(message.Span));
        }
        catch (Exception exception) when (IsDeath(exception))
        {
            // Lost, as below.
        }
        finally
        {
            closeReason.TrySetResult(Sockets.CloseReason.Lost);
        }
    }

    void Take(SocketFrame frame)
    {
        switch (frame)
        {
            case SocketFrame.Hello { Life: var life }:
                hello.TrySetResult(life);
                break;
            case SocketFrame.Disconnect { Reason: "link_disabled" }:
                closeReason.TrySetResult(Sockets.CloseReason.Disabled);
                break;
            case SocketFrame.Disconnect:
                closeReason.TrySetResult(Sockets.CloseReason.Asked);
                break;
            case SocketFrame.Envelope envelope when taking:
                Answer(envelope);
                break;
            case SocketFrame.Envelope envelope:
                log.NotAcknowledged(envelope.Type, "its socket is closing");
                break;
            case SocketFrame.Unreadable unreadable:
                log.FrameLeftOut(unreadable.Because);
                break;
        }
    }

    // Reading must not wait: only who reads answers pings, and hears that the other side lives.
    void Answer(SocketFrame.Envelope envelope)
    {
        var answer = Task.Run(() => envelopes.AnswerAsync(envelope, places, SendAsync, end), CancellationToken.None);
        answering.TryAdd(answer, true);
        _ = answer.ContinueWith(done => answering.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    async Task<bool> SendAsync(ReadOnlyMemory<byte> text)
    {
        await sending.WaitAsync(CancellationToken.None);
        try
        {
            // Cancelling would kill the socket.
            await link.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (IsDeath(exception))
        {
            return false;
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>A socket that is dead says so in many ways: one that is found silent cancels whoever reads from it.</summary>
    static bool IsDeath(Exception exception) => exception is WebSocketException or OperationCanceledException or InvalidOperationException or IOException;
}
