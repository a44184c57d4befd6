using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Deletes a card that stands a second time. Where the process dies while a card is posted, or Teams' answer is lost, nobody can know that the card stands there,
/// so it is posted again. The first one is found when a client asks for it anew or somebody presses a button of it.
/// </summary>
internal sealed class DuplicateCards(IPostedCards posted, CallConnector call, ILogger<DuplicateCards> log)
{
    /// <summary>Deletes the message if the dispatch has another card in the same conversation, and does nothing otherwise.</summary>
    public async Task DeleteAsync(ConversationReference where, DispatchId dispatch, TeamsMessageId pressed, CancellationToken ct)
    {
        var cards = (await posted.FindCardsAsync(dispatch, TeamsAddress.Platform, ct)).ConvertAll(card => TeamsMessageId.Parse(card.Message));
        var here = cards.FindAll(card => card.Conversation == pressed.Conversation);
        // Of a card whose id Teams did not tell nobody can say that it is not this one.
        if (here.Count == 0 || here.Exists(card => card.Activity == pressed.Activity || NamelessCard.Is(card.Activity)))
            return;
        log.DuplicateDeleted(dispatch);
        await call(new ConnectorCall.Delete(where.ServiceUrl, pressed.ThreadId, pressed.Activity), ct);
    }
}
