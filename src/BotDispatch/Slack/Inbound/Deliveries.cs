using BotDispatch.Chat;

namespace BotDispatch.Slack.Inbound;

/// <summary>
/// Takes every delivery once. One that came to nothing is done when it is sent again; so is a dialog that stays open over its errors, for sending it again
/// is a new wish with the same name.
/// </summary>
/// <remarks>The last regular retry of an event comes after about six minutes: https://docs.slack.dev/apis/events-api</remarks>
internal sealed class Deliveries(HandleDelivery take, TimeProvider clock)
{
    readonly Deduplicator<SlackReply> once = new(clock, reply => reply is SlackReply.Failed or SlackReply.Errors);

    /// <summary>A <see cref="HandleDelivery"/>. Who gives up waiting ends nothing: somebody else may wait for the same.</summary>
    public Task<SlackReply> HandleAsync(SlackDelivery delivery, CancellationToken ct) =>
        // Asked with every letter typed, and worth nothing afterwards.
        delivery is SlackDelivery.Suggestion ? take(delivery, ct) : once.DoAsync(delivery.OnceId, () => take(delivery, CancellationToken.None)).WaitAsync(ct);
}
