using System.Collections.Concurrent;
using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>Shows the dialog and what becomes of it. Nothing that was filled in is lost, however slow the answer is.</summary>
internal sealed class Dialogs(FormRedrawing redrawing, ProtectedPayloads payloads, Answers answers, ShownCards cards)
{
    const int MostLate = 200;
    // Two buttons of one card carry it.
    const int LongestRequest = 9000;

    const string Slow = "The ticket system or the employee directory is slow just now. Nothing was started: try again in a moment.";
    const string TooLong =
        "This is too long to dispatch from a message. Shorten it, mention fewer people, or start with Dispatch beside the message box "
        + "and pick the people there.";
    const string Again = "Try again";
    const string NotDrawn =
        "The dialog could not be drawn just now: the ticket system or the employee directory is slow. "
        + "What you filled in is kept: try again in a moment.";

    // Answers that came too late, for the person who tries again. They may be lost: then it is asked for once more.
    readonly ConcurrentDictionary<string, Task<ChatReply>> late = [];

    /// <summary>Asks what is to be done.</summary>
    public Task<TeamsReply> AskAsync(TeamsCaller caller, string typed = "", string? error = null) =>
        answers.ShowAsync(caller, AskDialog.Title, AskDialog.Of(caller.Surface, caller.Where.Kind, typed, error));

    /// <summary>Offers the dialog with a button, for a message that asks for one.</summary>
    public Task<TeamsReply> OfferAsync(TeamsCaller caller, ChatAction action, DispatchForm form)
    {
        var request = payloads.ProtectRequest(caller.Tenant, DialogRequest.Of(action)!);
        return request.Length > LongestRequest
            ? answers.SayAsync(caller, TooLong)
            : answers.ShowAsync(caller, ChoosePeopleView.Summary(form.Ticket),
                ChoosePeopleView.Of(form.Ticket, request, form.TicketNotice));
    }

    /// <summary>Opens the dialog, or says why not.</summary>
    public Task<TeamsReply> OpenAsync(TeamsCaller caller, ChatAction action, ChatReply answer) => answer switch
    {
        ChatReply.OpenForm(var form) => ShowAsync(caller, form, KeptOf(caller, form), ImmutableDictionary<string, string>.Empty),
        ChatReply.Private { Text: var mistake } when action is ChatAction.Asked asked && ChatCommands.IsMistake(asked, answer) =>
            AskAsync(caller, asked.Text, mistake),
        ChatReply.Private words => answers.SayAsync(caller, words.Text),
        _ => answers.SayAsync(caller, ReplyText.DoneAlready),
    };

    /// <summary>Says in time that the answer is slow. The person who tries again gets the answer that has come meanwhile.</summary>
    public async Task<TeamsReply> OpenLaterAsync(TeamsCaller caller, ChatAction action, string requestId, Func<Task<ChatReply>> answer)
    {
        if (late.Count >= MostLate)
            late.Clear();
        late[NameOf(caller, requestId)] = answer();
        var request = payloads.ProtectRequest(caller.Tenant, DialogRequest.Of(action)!.InShort() with { Id = requestId });
        return await answers.OfferAsync(caller, Slow, (Again, DialogData.Button(DialogIntent.Open, request)));
    }

    /// <summary>The answer that came too late for this request; null if there is none.</summary>
    public Task<ChatReply>? LateAnswer(TeamsCaller caller, string requestId) =>
        late.TryRemove(NameOf(caller, requestId), out var answer) ? answer : null;

    /// <summary>The dialog was sent: it closes, is drawn again with what is wrong at its fields, or says why nothing was started.</summary>
    public async Task<TeamsReply> SentAsync(TeamsCaller caller, ChatAction.Submit sent, DialogData data, ChatReply answer)
    {
        if (answers.IsPerhapsTooLate(caller))
            answers.SayAloneLater(caller, () => Task.FromResult(LateText.OfSent(answer)));
        return answer switch
        {
            ChatReply.Failed => await answers.OfferAsync(caller, LateText.Failed(Again), (Again, data.Again(DialogIntent.Send))),
            ChatReply.FieldErrors wrong => await DrawErrorsAsync(caller, sent, data, wrong.Errors),
            ChatReply.Private no => await answers.SayAsync(caller, no.Text),
            _ => caller.Surface switch
            {
                Surface.Dialog => new TeamsReply.DialogClose(ReplyText.Begun),
                Surface.Card => await InPlaceAsync(caller, sent.Context, answer),
                _ => new TeamsReply.Nothing(),
            },
        };
    }

    /// <summary>The dialog was sent, and what becomes of it is not known yet: it is said to the person alone, once it is known.</summary>
    public Task<TeamsReply> SentLaterAsync(TeamsCaller caller, DialogData data, Func<Task<ChatReply>> answer)
    {
        answers.SayAloneLater(caller, async () => LateText.OfSent(await answer()));
        return answers.OfferAsync(caller, LateText.StillUnknown("Teams", Again), (Again, data.Again(DialogIntent.Send)));
    }

    /// <summary>The dialog is drawn with what is filled in: the order, and what they will hear.</summary>
    public Task<TeamsReply> RedrawnAsync(TeamsCaller caller, DialogData data, ChatReply answer) => answer switch
    {
        ChatReply.OpenForm(var form) => ShowAsync(caller, form, KeptOf(caller, form, data), ImmutableDictionary<string, string>.Empty),
        ChatReply.Private words => answers.SayAsync(caller, words.Text),
        _ => answers.OfferAsync(
            caller, NotDrawn, (Again, data.Again(DialogIntent.Look)), ("Dispatch", data.Again(DialogIntent.Send))),
    };

    Task<TeamsReply> ShowAsync(TeamsCaller caller, DispatchForm form, string kept, ImmutableDictionary<string, string> errors) =>
        answers.ShowAsync(
            caller, DispatchDialog.TitleOf(form), DispatchDialog.Of(form, new(caller.Surface, kept, caller.Where.Kind, errors)));

    async Task<TeamsReply> DrawErrorsAsync(
        TeamsCaller caller, ChatAction.Submit sent, DialogData data, ImmutableDictionary<string, string> errors)
    {
        var drawing = answers.UnbrokenAsync(stopping =>
            redrawing.AnswerAsync(TeamsAddress.Platform, sent.Context.Redrawn(sent.Fields), new Delivery(caller.DeliveryId), stopping));
        return (await answers.IsInTimeAsync(caller, drawing) ? await drawing : null) switch
        {
            ChatReply.OpenForm(var form) => await ShowAsync(caller, form, KeptOf(caller, form, data), errors),
            ChatReply.Private over => await answers.SayAsync(caller, over.Text),
            _ => await answers.OfferAsync(
                caller, string.Join('\n', errors.Values),
                ("Dispatch", data.Again(DialogIntent.Send)), ("Change it", data.Again(DialogIntent.Look))),
        };
    }

    // A re-dispatch took the place of the card that the new dispatch takes over: words there could cover its first drawing and stay.
    async Task<TeamsReply> InPlaceAsync(TeamsCaller caller, DialogContext context, ChatReply answer) =>
        context.Replaces is not null
        && answer is ChatReply.Started(var begun)
        && await cards.ShowAsync(caller, begun) is TeamsReply.CardAnswer card
            ? card
            : new TeamsReply.CardAnswer(NoticeDialog.Of(caller.Surface, ReplyText.Begun));

    string KeptOf(TeamsCaller caller, DispatchForm form) =>
        payloads.ProtectDialog(caller.Tenant, caller.UserId, DialogContext.Of(form, caller.Where.Channel));

    // After another list was chosen, the dialog goes by another name.
    string KeptOf(TeamsCaller caller, DispatchForm form, DialogData data) =>
        payloads.OpenDialog(caller.Tenant, caller.UserId, data.Kept) is { } context && context.FormId != form.FormId
            ? payloads.ProtectDialog(caller.Tenant, caller.UserId, context with { FormId = form.FormId })
            : data.Kept;

    static string NameOf(TeamsCaller caller, string requestId) => $"{caller.Who.UserId} {requestId}";
}
