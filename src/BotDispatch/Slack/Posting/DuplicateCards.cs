using BotDispatch.Core;
using BotDispatch.Slack.Api;
using BotDispatch.Storage;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// Deletes a card that stands a second time. Where the process dies while a card is posted, or Slack's answer is lost, and history may not be read, nobody can
/// know that the card stands there, so it is posted again. The first one is found when somebody presses a button of it.
/// </summary>
internal sealed class DuplicateCards(IPostedCards posted, CallSlack call, ILogger<DuplicateCards> log)
{
    /// <summary>Deletes the message if the dispatch has another card in the same channel, and does nothing otherwise.</summary>
    public async Task DeleteAsync(string installation, DispatchId dispatch, SlackMessageId pressed, CancellationToken ct)
    {
        var cards = (await posted.FindCardsAsync(dispatch, SlackAddress.Platform, ct)).ConvertAll(card => SlackMessageId.Parse(card.Message));
        if (cards.Contains(pressed) || !cards.Exists(card => card.Channel == pressed.Channel))
            return;
        log.DuplicateDeleted(dispatch);
        await call(new(installation, "chat.delete", new() { ["channel"] = pressed.Channel, ["ts"] = pressed.Ts }), ct);
    }
}
