using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Sockets;

/// <summary>Takes envelopes and has them acknowledged in time, whatever becomes of them.</summary>
internal sealed class EnvelopeHandler(Func<string, JsonElement, SlackDelivery?> read, HandleDelivery take, TimeProvider clock, ILogger log)
{
    /// <summary>So many are worked on at once for each socket.</summary>
    public const int AtOnce = 64;

    /// <summary>Works on it until it is done, also after the socket's end; acknowledges it on the way. Never throws.</summary>
    /// <param name="envelope">What came.</param>
    /// <param name="places">Where its socket counts what is worked on.</param>
    /// <param name="send">Sends on the socket that brought it; false if that is gone.</param>
    /// <param name="ct">The end of the process.</param>
    public async Task AnswerAsync(SocketFrame.Envelope envelope, SemaphoreSlim places, Func<ReadOnlyMemory<byte>, Task<bool>> send, CancellationToken ct)
    {
        var deadline = new ResponseDeadline(SlackDeadlines.Acknowledgement, clock);
        var place = places.WaitAsync(CancellationToken.None);
        await deadline.IsMetByAsync(place, ct);
        if (!place.IsCompletedSuccessfully)
        {
            // Whoever typed or pressed is told by Slack that it did not work, and events are sent again: better than doing it much later.
            log.NotAcknowledged(envelope.Type, "too much is being worked on");
            await place;
            places.Release();
            return;
        }
        try
        {
            await WorkAsync(envelope, deadline, send, ct);
        }
        finally
        {
            places.Release();
        }
    }

    async Task WorkAsync(SocketFrame.Envelope envelope, ResponseDeadline deadline, Func<ReadOnlyMemory<byte>, Task<bool>> send, CancellationToken ct)
    {
        // What we do not understand is acknowledged too, or Slack would send it again and count it as our failure.
        var delivery = Read(envelope);
        var work = delivery is null ? Task.FromResult<SlackReply>(new SlackReply.Nothing()) : HandleAsync(envelope.Type, delivery, ct);
        var isInTime = await deadline.IsMetByAsync(work, ct);
        if (!isInTime && delivery is SlackDelivery.Submission)
        {
            // Acknowledged with nothing the dialog would close as if it had been taken; like this it stays open, and sent again it is the same delivery.
            log.NotAcknowledged(envelope.Type, "a dialog took too long");
            await work;
            return;
        }
        if (!isInTime)
        {
            await SendAsync(envelope, Acknowledgement.Of(envelope.Id), send);
            var late = await work;
            log.AcknowledgedEarly(envelope.Type, late is SlackReply.Failed ? "and then failed" : late.ToJson() is null ? "and then done" : "so its answer is lost");
            return;
        }
        var reply = await work;
        if (reply is SlackReply.Failed)
            log.NotAcknowledged(envelope.Type, "it failed");
        else
            await SendAsync(envelope, Acknowledgement.Of(envelope.Id, envelope.TakesReply ? reply.ToJson() : null), send);
    }

    async Task SendAsync(SocketFrame.Envelope envelope, ReadOnlyMemory<byte> acknowledgement, Func<ReadOnlyMemory<byte>, Task<bool>> send)
    {
        if (!await send(acknowledgement))
            log.NotAcknowledged(envelope.Type, "its socket is gone");
    }

    SlackDelivery? Read(SocketFrame.Envelope envelope)
    {
        try
        {
            return read(envelope.Type, envelope.Payload);
        }
        catch (Exception exception)
        {
            // Its words may quote what came.
            log.PayloadUnreadable(envelope.Type, exception.GetType().Name);
            return null;
        }
    }

    async Task<SlackReply> HandleAsync(string type, SlackDelivery delivery, CancellationToken ct)
    {
        try
        {
            return await ResponseDeadline.UnbrokenAsync(() => take(delivery, ct), (exception, place) => log.NotTaken(type, exception, place), ct) ?? new SlackReply.Failed();
        }
        // The process ends.
        catch (OperationCanceledException)
        {
            return new SlackReply.Failed();
        }
    }
}
