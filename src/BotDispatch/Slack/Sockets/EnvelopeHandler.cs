using System.Buffers;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Sockets;

/// <summary>Hands envelopes to the inbox and acknowledges them in time, unless they failed.</summary>
/// <param name="read">Reads a payload by its type; null if the payload needs no handling.</param>
/// <param name="inbox">Handles the delivery that was read.</param>
/// <param name="surfaces">Gives the surface on which a delivery is answered.</param>
/// <param name="clock">Measures all waiting.</param>
/// <param name="log">Logs envelopes that are not acknowledged.</param>
internal sealed class EnvelopeHandler(
    Func<string, JsonElement, SlackDelivery?> read, ChatInbox<SlackReply> inbox, ISurfaces<SlackDelivery, SlackReply> surfaces,
    TimeProvider clock, ILogger<SocketMode> log)
{
    /// <summary>The most envelopes that are handled at once for each socket.</summary>
    public const int AtOnce = 64;

    /// <summary>Handles an envelope and acknowledges it in time. The work goes on after the socket's end. Never throws.</summary>
    /// <param name="envelope">The envelope from Slack.</param>
    /// <param name="places">Limits how many envelopes of its socket are handled at once.</param>
    /// <param name="send">Sends on the socket that brought the envelope; false if that socket is closed.</param>
    /// <param name="ct">The end of the process.</param>
    public async Task AnswerAsync(
        SocketFrame.Envelope envelope, SemaphoreSlim places, Func<ReadOnlyMemory<byte>, Task<bool>> send, CancellationToken ct)
    {
        var deadline = new ResponseDeadline(SlackDeadlines.Acknowledgement, clock);
        var place = places.WaitAsync(CancellationToken.None);
        await deadline.IsMetByAsync(place, ct);
        if (!place.IsCompletedSuccessfully)
        {
            // Do not acknowledge: then Slack shows an error or sends the event again, which is better than doing the work much later.
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

    async Task WorkAsync(
        SocketFrame.Envelope envelope, ResponseDeadline deadline, Func<ReadOnlyMemory<byte>, Task<bool>> send, CancellationToken ct)
    {
        // Acknowledge also what we do not understand, because otherwise Slack sends it again and counts it as our failure.
        if (Read(envelope) is not { } delivery)
        {
            await SendAsync(envelope, Acknowledgement.Of(envelope.Id), send);
            return;
        }
        switch (await inbox.HandleAsync(delivery.Action, surfaces.Of(delivery), deadline, ct))
        {
            case Outcome<SlackReply>.Late(var work) when delivery.Kind is PayloadKind.Submission:
                // Do not acknowledge: an empty acknowledgement would close the dialog as if it had been accepted. So the dialog stays open,
                // and when the person sends it again, it is the same delivery.
                log.NotAcknowledged(envelope.Type, "a dialog took too long");
                Note(envelope, await work);
                break;
            case Outcome<SlackReply>.Late(var work):
                await SendAsync(envelope, Acknowledgement.Of(envelope.Id), send);
                var late = await work;
                Note(envelope, late);
                log.AcknowledgedEarly(envelope.Type, Accepted(late) is not { } done ? "and then failed"
                    : done.ToJson() is null ? "and then done"
                    : "so its answer is lost");
                break;
            case var outcome when Accepted(outcome) is { } reply:
                await SendAsync(envelope, Acknowledgement.Of(envelope.Id, envelope.TakesReply ? reply.ToJson() : null), send);
                break;
            case var failed:
                Note(envelope, failed);
                log.NotAcknowledged(envelope.Type, "it failed");
                break;
        }
    }

    void Note(SocketFrame.Envelope envelope, Outcome<SlackReply> outcome)
    {
        if (outcome is Outcome<SlackReply>.Broken broken)
            log.HandlingFailed(envelope.Type, broken.Exception, broken.Place);
    }

    static SlackReply? Accepted(Outcome<SlackReply> outcome) =>
        outcome is Outcome<SlackReply>.Done(var reply) && reply is not SlackReply.Failed ? reply : null;

    async Task SendAsync(
        SocketFrame.Envelope envelope, ReadOnlyMemory<byte> acknowledgement, Func<ReadOnlyMemory<byte>, Task<bool>> send)
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
            // The message of the exception may quote the payload.
            log.PayloadUnreadable(envelope.Type, exception.GetType().Name);
            return null;
        }
    }
}

/// <summary>Writes the message that acknowledges an envelope to Slack.</summary>
/// <remarks>
/// https://docs.slack.dev/apis/events-api/using-socket-mode. Slack's own client always sends a payload, <c>{}</c> for an empty answer. We
/// leave an empty payload out, as that page does. An acknowledgement without a payload closes a dialog.
/// </remarks>
internal static class Acknowledgement
{
    public static ReadOnlyMemory<byte> Of(string envelope, WriteJson? payload = null)
    {
        var bytes = new ArrayBufferWriter<byte>(payload is null ? 80 : 1024);
        SafeJson.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("envelope_id"u8, envelope);
            if (payload is not null)
                json.Write("payload"u8, payload);
            json.WriteEndObject();
        }, bytes);
        return bytes.WrittenMemory;
    }
}
