using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Api;
using BotDispatch.Storage;

namespace BotDispatch.Slack.Posting;

/// <summary>Deletes a second card of a dispatch (<see cref="SecondCards"/>).</summary>
internal sealed class DuplicateCards(IPostedCards posted, ISlackApi slack, TimeProvider clock, ILogger<DuplicateCards> log)
{
    readonly SecondCards second = new(clock);

    /// <summary>Deletes the message if the dispatch has another card in the same channel; otherwise does nothing.</summary>
    public async Task DeleteAsync(string installation, DispatchId dispatch, SlackMessageId pressed, CancellationToken ct)
    {
        var isSecond = await second.IsSecondAsync(dispatch, Card(pressed), async () =>
            (await posted.FindCardsAsync(dispatch, SlackAddress.Platform, ct)).Select(card => Card(SlackMessageId.Parse(card.Message))));
        if (isSecond && await slack.CallAsync(new(installation, "chat.delete",
            new() { ["channel"] = pressed.Channel, ["ts"] = pressed.Ts }), ct) is SlackAnswer.Ok)
            log.DuplicateDeleted(dispatch);
    }

    static CardMessage Card(SlackMessageId message) => new(message.Channel, message.Ts);
}
