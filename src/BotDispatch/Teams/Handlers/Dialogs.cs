using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>Opens the dialog for an errand. Where the ticket system is slow it says so in time, and whoever tries again gets the answer that has come meanwhile.</summary>
internal sealed class Dialogs(ChatCommands commands, PressHandler presses, ProtectedPayloads payloads, Answers answers, LateAnswers late)
{
    const string Slow = "The ticket system or the employee directory is slow just now. Nothing was started: try again in a moment.";

    /// <summary>Asks what is to be done.</summary>
    public Task<TeamsReply> AskAsync(TeamsCaller caller, string typed = "", string? error = null) =>
        answers.ShowAsync(caller, AskDialog.Title, AskDialog.Of(caller.Surface, caller.Where.Kind, typed, error));

    /// <summary>Opens it for what was typed there.</summary>
    public Task<TeamsReply> NextAsync(TeamsCaller caller, string typed) =>
        string.IsNullOrWhiteSpace(typed) ? AskAsync(caller, "", ReplyText.NoSubject) : OpenAsync(caller, new(DialogRequestKind.Asked, CommandText.Of(typed), []));

    /// <summary>Opens it for what a button carried.</summary>
    public Task<TeamsReply> ReopenAsync(TeamsCaller caller, string kept) =>
        payloads.Open<DialogRequest>(caller.Tenant, kept) is { } request ? OpenAsync(caller, request) : answers.SayAsync(caller, ReplyText.FormIsForeign);

    /// <summary>Opens it.</summary>
    public async Task<TeamsReply> OpenAsync(TeamsCaller caller, DialogRequest request)
    {
        var id = request.Id ?? caller.DeliveryId;
        var name = $"{caller.Who.UserId} {id}";
        var asking = late.Take(name) ?? answers.AskAsync(stopping => request.AskAsync(commands, presses, caller, id, stopping));
        if (!await answers.IsInTimeAsync(caller, asking))
        {
            late.Keep(name, asking);
            return await answers.OfferAsync(caller, Slow, ("Try again", DialogData.Button(DialogWish.Open, payloads.Protect(caller.Tenant, request.InShort() with { Id = id }))));
        }
        return await asking switch
        {
            ChatReply.OpenForm(var form) => await ShowAsync(caller, form, KeptOf(caller, form), ImmutableDictionary<string, string>.Empty),
            ChatReply.Private { About: null, Text: var mistake } when request.Kind is DialogRequestKind.Asked && ChatCommands.MayOpenForm(request.Text, []) => await AskAsync(caller, request.Text, mistake),
            ChatReply.Private words => await answers.SayAsync(caller, words.Text),
            _ => await answers.SayAsync(caller, "This was already done."),
        };
    }

    /// <summary>Shows the form.</summary>
    public Task<TeamsReply> ShowAsync(TeamsCaller caller, DispatchForm form, string kept, ImmutableDictionary<string, string> errors) =>
        answers.ShowAsync(caller, DispatchDialog.TitleOf(form), DispatchDialog.Of(form, new(caller.Surface, kept, caller.Where.Kind, errors)));

    string KeptOf(TeamsCaller caller, DispatchForm form) => payloads.Protect(
        caller.Tenant, new DialogContext(form.FormId, caller.UserId, caller.Where.Channel.Address, form.Ticket.Reference, form.Replaces?.Value, form.Ticket.IsFreeText ? form.Ticket.Link : null));
}
