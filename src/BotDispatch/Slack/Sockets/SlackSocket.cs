using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace BotDispatch.Slack.Sockets;

/// <summary>
/// One connection from its opening to its end: reads frames, passes envelopes to the handler, and sends one acknowledgement at a time.
/// </summary>
internal sealed class SlackSocket : IDisposable
{
    /// <summary>How long Slack may take to close its side.</summary>
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
    volatile bool accepting = true;

    /// <param name="link">The connected WebSocket.</param>
    /// <param name="envelopes">Handles the envelopes.</param>
    /// <param name="clock">Measures all waiting.</param>
    /// <param name="log">Logs frames and envelopes that are left out.</param>
    /// <param name="end">The end of the process, which stops the work on envelopes. The end of this socket does not.</param>
    public SlackSocket(WebSocket link, EnvelopeHandler envelopes, TimeProvider clock, ILogger log, CancellationToken end)
    {
        (this.link, this.envelopes, this.clock, this.log, this.end) = (link, envelopes, clock, log, end);
        reading = ReadAsync();
    }

    /// <summary>Completes with Slack's hello. The result is how long Slack keeps this socket; null if Slack does not say.</summary>
    public Task<TimeSpan?> Hello => hello.Task;

    /// <summary>Completes when another socket must replace this one.</summary>
    public Task<CloseReason> CloseReason => closeReason.Task;

    /// <summary>Whether Slack can still reach us through it.</summary>
    public bool IsOpen => !reading.IsCompleted;

    /// <summary>Accepts envelopes for a while, then finishes its acknowledgements and closes, each in bounded time.</summary>
    /// <param name="linger">How long envelopes are accepted that Slack has already sent to this socket.</param>
    /// <param name="finish">How long running acknowledgements are waited for.</param>
    /// <param name="hurry">Cuts the lingering short.</param>
    public async Task RetireAsync(TimeSpan linger, TimeSpan finish, CancellationToken hurry)
    {
        await Waiting.ForAsync(reading, linger, clock, hurry);
        accepting = false;
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
                // A later acknowledgement must find the socket closed; without this release it would wait for ever.
                sending.Release();
            }
            await Waiting.ForAsync(reading, CloseWithin, clock, late.Token);
        }
        catch (Exception exception) when (IsDeath(exception))
        {
            // The other side is gone already, so no close handshake is needed.
        }
        Dispose();
    }

    /// <summary>Ends the connection at once. Running work goes on, so the semaphore that counts it is not disposed.</summary>
    public void Dispose()
    {
        accepting = false;
        link.Abort();
        link.Dispose();
    }

    async Task ReadAsync()
    {
        try
        {
            var reader = new SocketReader(link, log);
            while (await reader.NextAsync() is { } message)
                Handle(SocketFrame.Read(message.Span));
        }
        catch (Exception exception) when (IsDeath(exception))
        {
            // Reported as lost below.
        }
        finally
        {
            closeReason.TrySetResult(Sockets.CloseReason.Lost);
        }
    }

    void Handle(SocketFrame frame)
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
            case SocketFrame.Envelope envelope when accepting:
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

    // Reading must not wait, because only the reading loop answers pings and notices that the other side lives.
    void Answer(SocketFrame.Envelope envelope)
    {
        var answer = Task.Run(() => envelopes.AnswerAsync(envelope, places, SendAsync, end), CancellationToken.None);
        answering.TryAdd(answer, true);
        _ = answer.ContinueWith(
            done => answering.TryRemove(done, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    async Task<bool> SendAsync(ReadOnlyMemory<byte> text)
    {
        await sending.WaitAsync(CancellationToken.None);
        try
        {
            // Pass no token, because cancelling a send aborts the WebSocket.
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

    /// <summary>
    /// Whether the exception means that the connection is dead. The library reports that in many ways: a keep-alive timeout, for example,
    /// cancels the pending read.
    /// </summary>
    static bool IsDeath(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or InvalidOperationException or IOException;
}

/// <summary>Waits in bounded time.</summary>
internal static class Waiting
{
    /// <summary>
    /// Waits until <paramref name="task"/> has completed, failed or been cancelled, <paramref name="limit"/> is over, or
    /// <paramref name="hurry"/> is cancelled. Never throws.
    /// </summary>
    public static async Task ForAsync(Task task, TimeSpan limit, TimeProvider clock, CancellationToken hurry = default) =>
        await task.WaitAsync(limit, clock, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
