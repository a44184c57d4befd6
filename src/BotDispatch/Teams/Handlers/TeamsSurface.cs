using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;
using BotDispatch.Teams.Posting;

namespace BotDispatch.Teams.Handlers;

/// <summary>A person who did something, and how they are answered.</summary>
/// <param name="DeliveryId">Names what they did.</param>
/// <param name="Who">The person as everybody else reads them.</param>
/// <param name="UserId">Their id for this bot.</param>
/// <param name="Where">In which conversation.</param>
/// <param name="Surface">Where an answer is drawn.</param>
/// <param name="IsTargeted">Only they may see it.</param>
/// <param name="Begun">When it came, as a timestamp of the clock.</param>
internal sealed record TeamsCaller(
    string DeliveryId, Person Who, string UserId, ConversationReference Where, Surface Surface, bool IsTargeted, long Begun)
{
    /// <summary>The tenant of the conversation.</summary>
    public string Tenant => Where.Tenant;
}

/// <summary>Makes the surfaces of what Teams delivers.</summary>
internal sealed class TeamsSurfaces(
    ConversationReferences references, Answers answers, Dialogs dialogs, ShownCards cards, Greetings greetings, TimeProvider clock,
    ILogger<TeamsSurfaces> log) : ISurfaces<TeamsDelivery, TeamsReply>
{
    public IReplySurface<TeamsReply> Of(TeamsDelivery delivery) =>
        new TeamsSurface(delivery, clock.GetTimestamp(), references, answers, dialogs, cards, greetings, log);
}

/// <summary>
/// How one delivery of Teams is answered: an invoke within the time that Teams waits, a message by a message of the bot, later.
/// </summary>
// Six classes and the delivery: each of the six answers one kind of action, or finds out who did it.
internal sealed class TeamsSurface(
    TeamsDelivery delivery, long begun, ConversationReferences references, Answers answers, Dialogs dialogs, ShownCards cards,
    Greetings greetings, ILogger log) : IReplySurface<TeamsReply>
{
    const string NoConversation =
        "Teams does not say in which conversation you started this. Start it in a channel or chat, so that its card has a place.";

    bool isNew;
    ChatAction? read;
    TeamsCaller caller = null!;

    public ChatChannel Where => delivery.Where.Channel;

    string RequestId => delivery.RequestId ?? delivery.Id;

    DialogData Data => DialogData.Read(delivery.Data)!;

    public async Task<Prepared<TeamsReply>> PrepareAsync(ChatAction action, CancellationToken ct)
    {
        // A dispatch of no tenant would belong to every tenant.
        if (delivery.Where.Tenant.Length == 0)
        {
            log.NoTenant();
            return new TeamsReply.Nothing();
        }
        isNew = await references.RecordAsync(delivery);
        if (action is ChatAction.Unknown or ChatAction.Removed)
            return new TeamsReply.Nothing();
        var who = await references.WhoAsync(delivery.From);
        caller = new(delivery.Id, who, delivery.From.UserId, delivery.Where, delivery.Surface, delivery.IsTargeted, begun);
        if (delivery is { Kind: InvokeKind.ExtensionFetch, Where.Conversation: "" })
            return await answers.SayAsync(caller, NoConversation);
        return action;
    }

    public async Task<(Person Who, ChatAction Action)> ReadAsync(ChatAction action, CancellationToken ct)
    {
        // What a button carries was read before it was given to the button.
        if (action is ChatAction.Mentioned it)
            action = it with { Mentions = [.. await references.ReadAsync(it.Mentions)] };
        return (caller.Who, read = action);
    }

    public Delivery DeliveryOf(ChatAction action) =>
        action is ChatAction.Redraw || action.IsPlainPress ? new(delivery.Id) : new(RequestId, Delivery.WithoutHurry);

    public Task<ChatReply>? EarlierAnswer(ChatAction action) => OpensDialog(action) ? dialogs.LateAnswer(caller, RequestId) : null;

    public ResponseDeadline? Waits(ChatAction action) => answers.DeadlineOf(caller);

    public async Task<TeamsReply> ShowAsync(ChatAction action, ChatReply answer, CancellationToken ct)
    {
        var reply = action switch
        {
            ChatAction.Mentioned when answer is ChatReply.OpenForm(var form) => await dialogs.OfferAsync(caller, read ?? action, form),
            ChatAction.Press it when it.IsPlainPress => await cards.PressedAsync(caller, it.Button, answer),
            _ when OpensDialog(action) => await dialogs.OpenAsync(caller, action, answer),
            ChatAction.Refresh it => await cards.ShowAsync(caller, it.Dispatch),
            ChatAction.Ask => await dialogs.AskAsync(caller),
            ChatAction.Submit it => await dialogs.SentAsync(caller, it, Data, answer),
            ChatAction.Redraw => await dialogs.RedrawnAsync(caller, Data, answer),
            ChatAction.Search => Found(answer),
            ChatAction.Installed when isNew => await greetings.SayAsync(caller, ct),
            _ when answer is ChatReply.Private { Schedule: { } shown } => await answers.ShowAsync(
                caller, ScheduleCard.Title(shown), ScheduleCard.Of(shown)),
            _ when answer is ChatReply.Private words => await answers.SayAsync(caller, words.Text),
            _ => new TeamsReply.Nothing(),
        };
        // After the action was done, so that the client still has the card while it waits for the answer.
        cards.DeleteDuplicate(caller, action, delivery.Message);
        // The Agents Playground knows no empty answer here, nor one of mere words: its dialog stays open and blank. So there it is said.
        return delivery.Kind is InvokeKind.ExtensionSubmit && reply is TeamsReply.DialogClose(var text)
            ? await answers.SayAsync(caller, text)
            : reply;
    }

    public async Task<TeamsReply> NotReadyAsync(ChatAction action, Func<Task<ChatReply>> answer)
    {
        if (caller.Surface is Surface.Message)
            return answers.Later(async stopping => await ShowAsync(action, await (EarlierAnswer(action) ?? answer()), stopping));
        var reply = action switch
        {
            _ when action.IsPlainPress => await cards.NotReadyAsync(caller, answer),
            _ when OpensDialog(action) => await dialogs.OpenLaterAsync(caller, action, RequestId, answer),
            ChatAction.Submit => await dialogs.SentLaterAsync(caller, Data, answer),
            ChatAction.Redraw => await dialogs.RedrawnAsync(caller, Data, new ChatReply.Failed()),
            ChatAction.Search => new TeamsReply.SearchResults([]),
            // Nothing else takes time.
            _ => new TeamsReply.Nothing(),
        };
        cards.DeleteDuplicate(caller, action, delivery.Message);
        return reply;
    }

    public void LogBroken(string exception, string? place) => answers.LogBroken(exception, place);

    TeamsReply.SearchResults Found(ChatReply answer) => new(answer is ChatReply.People(var found)
        ? [.. found.Skip(delivery.Skip).Take(delivery.Top).Select(each => (DispatchDialog.Offered(each), DialogData.Value(each.Id)))]
        : []);

    static bool OpensDialog(ChatAction action) =>
        action is ChatAction.Command or ChatAction.Asked or ChatAction.MessageChosen
            or ChatAction.Press { Button.Action: CardAction.Redispatch };
}
