using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Desk;

/// <summary>Opens the dialog for an errand. Where the ticket system is slow it says so in time, and whoever tries again gets the answer that has come meanwhile.</summary>
internal sealed class Dialogs(ChatDesk desk, Seals seals, Answers answers, LateAnswers late)
{
    const string Slow = "The ticket system or the employee directory is slow just now. Nothing was started: try again in a moment.";

    /// <summary>Asks what is to be done.</summary>
    public Task<TeamsReply> AskAsync(TeamsCaller caller, string typed = "", string? error = null) =>
        answers.ShowAsync(caller, AskDialog.Title, AskDialog.Of(caller.Surface, caller.Where.Kind, typed, error));

    /// <summary>Opens it for what was typed there.</summary>
    public Task<TeamsReply> NextAsync(TeamsCaller caller, string typed) =>
        string.IsNullOrWhiteSpace(typed) ? AskAsync(caller, "", DeskWords.NoSubject) : OpenAsync(caller, new(ErrandKind.Asked, CommandText.Of(typed), []));

    /// <summary>Opens it for what a button carried.</summary>
    public Task<TeamsReply> ReopenAsync(TeamsCaller caller, string kept) =>
        seals.Open<Errand>(caller.Tenant, kept) is { } errand ? OpenAsync(caller, errand) : answers.SayAsync(caller, DeskWords.FormIsForeign);

    /// <summary>Opens it.</summary>
    public async Task<TeamsReply> OpenAsync(TeamsCaller caller, Errand errand)
    {
        var id = errand.Id ?? caller.DeliveryId;
        var name = $"{caller.Who.UserId} {id}";
        var asking = late.Take(name) ?? answers.AskAsync(stopping => errand.AskAsync(desk, caller, id, stopping));
        if (!await answers.IsInTimeAsync(caller, asking))
        {
            late.Keep(name, asking);
            return await answers.OfferAsync(caller, Slow, ("Try again", DialogData.Button(DialogWish.Open, seals.Seal(caller.Tenant, errand.InShort() with { Id = id }))));
        }
        return await asking switch
        {
            DeskAnswer.OpenForm(var form) => await ShowAsync(caller, form, KeptOf(caller, form), ImmutableDictionary<string, string>.Empty),
            DeskAnswer.Private { About: null, Text: var mistake } when errand.Kind is ErrandKind.Asked && ChatDesk.MayOpenForm(errand.Text, []) => await AskAsync(caller, errand.Text, mistake),
            DeskAnswer.Private words => await answers.SayAsync(caller, words.Text),
            _ => await answers.SayAsync(caller, "This was done already."),
        };
    }

    /// <summary>Shows the form.</summary>
    public Task<TeamsReply> ShowAsync(TeamsCaller caller, DispatchForm form, string kept, ImmutableDictionary<string, string> errors) =>
        answers.ShowAsync(caller, DispatchDialog.TitleOf(form), DispatchDialog.Of(form, new(caller.Surface, kept, caller.Where.Kind, errors)));

    string KeptOf(TeamsCaller caller, DispatchForm form) => seals.Seal(
        caller.Tenant, new KeptForm(form.FormId, caller.UserId, caller.Where.Channel.Address, form.Ticket.Reference, form.Replaces?.Value, form.Ticket.IsFreeText ? form.Ticket.Link : null));
}
