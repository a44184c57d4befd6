using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;
using BotDispatch.Teams.Posting;

namespace BotDispatch.Teams.Handlers;

/// <summary>Handles whatever Teams delivers. What waits for an answer gets one within the time that Teams waits; what is written to the bot is answered by a message, later.</summary>
// Thirteen, for Teams delivers nine kinds by one way: each is handed to the one of these that handles it.
internal sealed class TeamsHandler(
    ChatCommands commands, ConversationReferences references, Answers answers, Dialogs dialogs, Forms forms, CardPresses presses, Greetings greetings, Messages messages, DuplicateCards duplicates,
    ProtectedPayloads payloads, BackgroundWork background, TimeProvider clock, ILogger<TeamsHandler> log)
{
    /// <summary>The command of the message extension that is begun on a message.</summary>
    public const string MessageCommand = "dispatchMessage";

    // Two buttons of one card carry it.
    const int LongestDialogRequest = 9000;
    const string TooLong = "This is too long to dispatch from a message. Shorten it, mention fewer people, or start with Dispatch beside the message box and pick the people there.";

    const string NoConversation = "Teams does not say in which conversation you started this. Start it in a channel or chat, so that its card has a place.";

    /// <summary>A <see cref="HandleActivity"/>.</summary>
    public async Task<TeamsReply> HandleAsync(TeamsDelivery delivery, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        // What belongs to nobody would be everybody's.
        if (delivery.Where.Tenant.Length == 0)
        {
            log.NoTenant();
            return new TeamsReply.Nothing();
        }
        var isNew = await references.RecordAsync(delivery);
        if (delivery is TeamsDelivery.Unknown or TeamsDelivery.UnknownInvoke or TeamsDelivery.BotRemoved)
            return new TeamsReply.Nothing();
        var (surface, isTargeted) = delivery switch
        {
            TeamsDelivery.CardExecute => (Surface.Card, false),
            TeamsDelivery.Command command => (Surface.Message, command.IsTargeted),
            TeamsDelivery.CardSubmit or TeamsDelivery.BotAdded => (Surface.Message, false),
            _ => (Surface.Dialog, false),
        };
        var caller = new TeamsCaller(delivery.Id, await references.WhoAsync(delivery.From), delivery.From.UserId, delivery.Where, surface, isTargeted, begun);
        switch (delivery)
        {
            case TeamsDelivery.Command it:
                background.Run(stopping => CommandAsync(caller, it, stopping));
                break;
            case TeamsDelivery.CardSubmit it:
                background.Run(async _ =>
                {
                    await PressedAsync(caller, "", it.Data);
                    DeleteDuplicate(caller, PressOf("", it.Data), it.Message);
                });
                break;
            case TeamsDelivery.BotAdded when isNew:
                background.Run(stopping => greetings.SayAsync(caller, stopping));
                break;
            case TeamsDelivery.CardExecute { IsRefresh: true } it:
                if (PressOf(it.Verb, it.Data) is not { } drawn)
                    break;
                var card = await presses.ShowAsync(caller, drawn.Dispatch);
                DeleteDuplicate(caller, drawn, it.Message);
                return card;
            case TeamsDelivery.CardExecute it:
                var reply = await PressedAsync(caller, it.Verb, it.Data);
                DeleteDuplicate(caller, PressOf(it.Verb, it.Data), it.Message);
                return reply;
            case TeamsDelivery.DialogFetch it:
                return await PressedAsync(caller, "", it.Data);
            case TeamsDelivery.DialogSubmit it:
                return await PressedAsync(caller, "", it.Data);
            case TeamsDelivery.ExtensionSubmit it:
                // The Agents Playground knows no empty answer here, nor one of mere words: its dialog stays open and blank. So there it is said.
                return await PressedAsync(caller, "", it.Data) is var sent && sent is TeamsReply.DialogClose(var text) ? await answers.SayAsync(caller, text) : sent;
            case TeamsDelivery.ExtensionFetch when caller.Where.Conversation.Length == 0:
                return await answers.SayAsync(caller, NoConversation);
            case TeamsDelivery.ExtensionFetch { CommandId: MessageCommand, Chosen: { } chosen }:
                return await dialogs.OpenAsync(caller, new DialogRequest(DialogRequestKind.Message, chosen.Text, [], chosen.Link?.AbsoluteUri));
            case TeamsDelivery.ExtensionFetch:
                return await dialogs.AskAsync(caller);
            case TeamsDelivery.Search it:
                return await forms.SearchAsync(caller, it);
        }
        return new TeamsReply.Nothing();
    }

    async Task CommandAsync(TeamsCaller caller, TeamsDelivery.Command it, CancellationToken ct)
    {
        var (text, mentions) = (CommandText.Of(it.Text), await references.ReadAsync(it.Mentions));
        var answer = await answers.AskAsync(stopping => commands.CommandAsync(caller.Who, caller.Where.Channel, text, mentions, TeamsCaller.WithoutHurry(caller.DeliveryId), stopping));
        if (answer is ChatReply.OpenForm(var form) && payloads.Protect(caller.Tenant, new DialogRequest(DialogRequestKind.Command, text, mentions)) is var request)
            await (request.Length > LongestDialogRequest ? messages.SayAsync(caller, TooLong, ct) : messages.ShowAsync(caller, ChoosePeopleView.Of(form.Ticket, request), ChoosePeopleView.Summary(form.Ticket), ct));
        else if (answer is ChatReply.Private words)
            await messages.SayAsync(caller, words.Text, ct);
    }

    // A dialog's own buttons and a card's come in every way that there is: what they are stands in their data.
    async Task<TeamsReply> PressedAsync(TeamsCaller caller, string verb, ImmutableDictionary<string, string> data) => DialogData.Read(data) switch
    {
        { Wish: DialogWish.Open } it => await dialogs.ReopenAsync(caller, it.Kept),
        { Wish: DialogWish.Next } it => await dialogs.NextAsync(caller, it.What),
        { Wish: DialogWish.Look or DialogWish.Up } it => await forms.LookAsync(caller, it),
        { Wish: DialogWish.Send } it => await forms.SendAsync(caller, it),
        { Wish: DialogWish.Back } it => forms.ReplacedBy(caller, it) is { } dispatch ? await presses.ShowAsync(caller, dispatch) : await answers.SayAsync(caller, ReplyText.FormIsForeign),
        not null => await answers.SayAsync(caller, ReplyText.FormIsForeign),
        null => PressOf(verb, data) is { } press ? await presses.HandleAsync(caller, press) : new TeamsReply.Nothing(),
    };

    // After what was pressed was done, so that the client still has the card while it waits for the answer.
    void DeleteDuplicate(TeamsCaller caller, CardPress? press, TeamsMessageId? card)
    {
        if (press is not null && card is not null)
            background.Run(stopping => duplicates.DeleteAsync(caller.Where, press.Dispatch, card, stopping));
    }

    // Without a verb it was a plain button.
    static CardPress? PressOf(string verb, ImmutableDictionary<string, string> data) => verb.Length > 0 ? CardPressCodec.Read(verb, data) : CardPressCodec.Read(data);
}
