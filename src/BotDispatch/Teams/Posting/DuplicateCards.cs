using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Posting;

/// <summary>Deletes a second card of a dispatch (<see cref="SecondCards"/>).</summary>
internal sealed class DuplicateCards(IPostedCards posted, IConnector connector, TimeProvider clock, ILogger<DuplicateCards> log)
{
    readonly SecondCards second = new(clock);

    /// <summary>Deletes the message if the dispatch has another card in the same conversation; otherwise does nothing.</summary>
    public async Task DeleteAsync(ConversationReference where, DispatchId dispatch, TeamsMessageId pressed, CancellationToken ct)
    {
        var isSecond = await second.IsSecondAsync(dispatch, Card(pressed), async () =>
            (await posted.FindCardsAsync(dispatch, TeamsAddress.Platform, ct)).Select(card => Card(TeamsMessageId.Parse(card.Message))));
        if (isSecond && await connector.CallAsync(
            new ConnectorCall.Delete(where.ServiceUrl, pressed.ThreadId, pressed.Activity), ct) is ConnectorAnswer.Done)
            log.DuplicateDeleted(dispatch);
    }

    static CardMessage Card(TeamsMessageId message) =>
        new(message.Conversation, NamelessCard.Is(message.Activity) ? null : message.Activity);
}
