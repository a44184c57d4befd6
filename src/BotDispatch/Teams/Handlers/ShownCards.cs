using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>The dispatches behind the cards that are shown.</summary>
internal interface ICardSource
{
    /// <summary>Returns the dispatch as it is stored now; null if there is none.</summary>
    Task<StoredDispatch?> FindAsync(DispatchId dispatch, CancellationToken ct);

    /// <summary>Has the card in the dispatch's <paramref name="n"/>th thread drawn for everybody once more, as it is then.</summary>
    Task DrawAgainAsync(DispatchId dispatch, int n, CancellationToken ct);
}

/// <summary>Shows a dispatch's card as it is now to the person who pressed it or looks at it.</summary>
internal sealed class ShownCards(
    ICardSource dispatches, Tenancy tenancy, Workload workload, DuplicateCards duplicates, Answers answers, BackgroundWork background,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock)
{
    const string GoesOn = "This takes longer than Teams waits. It continues: the card will show the result.";
    const string Done = "It is done. The card shows it.";

    /// <summary>Answers a press that was decided.</summary>
    public Task<TeamsReply> PressedAsync(TeamsCaller caller, CardPress press, ChatReply answer) => (answer, caller.Surface) switch
    {
        // A message stands under the card, where everybody reads it.
        (ChatReply.Private words, Surface.Message) => answers.SayAloneAsync(caller, words.Text),
        (ChatReply.Private words, _) => answers.SayAsync(caller, words.Text),
        (_, Surface.Card) => ShowAsync(caller, press.Dispatch),
        (_, Surface.Dialog) => answers.SayAsync(caller, Done),
        _ => Task.FromResult<TeamsReply>(new TeamsReply.Nothing()),
    };

    /// <summary>Answers a press that is not decided yet. The person alone gets a reason against it, once it is known.</summary>
    public Task<TeamsReply> NotReadyAsync(TeamsCaller caller, Func<Task<ChatReply>> answer)
    {
        answers.SayAloneLater(caller, async () => (await answer() as ChatReply.Private)?.Text);
        return answers.SayAsync(caller, GoesOn);
    }

    /// <summary>
    /// Shows the card as it is now; nothing if that is not known soon, or if the dispatch is not to be seen where this person is.
    /// </summary>
    public async Task<TeamsReply> ShowAsync(TeamsCaller caller, DispatchId dispatch)
    {
        var finding = answers.UnbrokenAsync(stopping => dispatches.FindAsync(dispatch, stopping));
        if (!await answers.IsInTimeAsync(caller, finding)
            || await finding is not { State: var state } shown
            || !tenancy.IsKnownIn(state, caller.Where.Channel))
            return new TeamsReply.Nothing();
        var thread = state.ThreadIn(caller.Where.Channel);
        var card = await workload.CardOfAsync(state, thread ?? 0, background.Stopping);
        // A card that its channel refused stands in a direct chat, and belongs to the first thread.
        background.RunAfter(TeamsDeadlines.HasArrived, stopping => MendAsync(shown, thread ?? 0, stopping));
        return new TeamsReply.CardAnswer(CardView.Draw(dispatchClock.OnWall(card), dispatchClock.WallNow, isElsewhere: thread is null));
    }

    /// <summary>Deletes the card that this was done on, if it is a second card of the dispatch.</summary>
    public void DeleteDuplicate(TeamsCaller caller, ChatAction action, TeamsMessageId? card)
    {
        DispatchId? dispatch = action switch
        {
            ChatAction.Press press => press.Button.Dispatch,
            ChatAction.Refresh refresh => refresh.Dispatch,
            _ => null,
        };
        if (dispatch is { } id && card is not null)
            background.Run(stopping => duplicates.DeleteAsync(caller.Where, id, card, stopping));
    }

    /// <summary>
    /// The answer draws one client's card and an update everybody's, and a newer update may have come before an older answer.
    /// </summary>
    async Task MendAsync(StoredDispatch shown, int n, CancellationToken ct)
    {
        var id = shown.State.Plan.Id;
        if (await dispatches.FindAsync(id, ct) is { } newest && newest.Seq > shown.Seq)
            await dispatches.DrawAgainAsync(id, n, ct);
    }
}

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
