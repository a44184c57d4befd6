using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>Takes the dialog when it is sent or looked at, and what is typed into its field of people. Nothing that was filled in is lost.</summary>
internal sealed class Forms(
    FormSubmitting submitting, FormRedrawing redrawing, Overview overview, ProtectedPayloads payloads, Answers answers, Dialogs dialogs,
    CardPresses presses)
{
    const int MostFound = 15;
    const int MostListed = 200;
    const string NotHeard = "We do not know yet whether this has started: it took longer than Teams waits. Try again; nothing starts twice.";
    const string Failed = "Something went wrong, and we do not know whether this has started. An administrator can find the reason in the log. Try again; nothing starts twice.";
    const string NotDrawn = "The dialog could not be drawn just now: the ticket system or the employee directory is slow. What you filled in is kept: try again in a moment.";
    /// <summary>Said where a dialog cannot just close.</summary>
    public const string Begun = "It has started. Its card shows how it goes.";

    /// <summary>The dialog was sent: it closes, is drawn again with what is wrong at its fields, or says why nothing was started.</summary>
    public async Task<TeamsReply> SendAsync(TeamsCaller caller, DialogData data)
    {
        if (KeptBy(caller, data) is not { } kept)
            return await answers.SayAsync(caller, ReplyText.FormIsForeign);
        var form = new FormSubmission(
            kept.FormId, caller.Who, new(TeamsAddress.Platform, kept.Channel), kept.Reference, data.People, data.Note, ReplacesOf(kept), kept.Link, data.AlsoIn);
        // Goes on when nobody waits any more: the dialog sent again is then answered at once.
        var sending = answers.UnbrokenAsync(stopping => submitting.SubmitAsync(form, stopping));
        var isInTime = await answers.IsInTimeAsync(caller, sending);
        if (!isInTime || answers.IsPerhapsTooLate(caller))
            answers.SayAloneLater(caller, async () => await sending is { } late ? WordsOf(late) : null);
        if (!isInTime || await sending is not { } answer)
            return await answers.OfferAsync(caller, isInTime ? Failed : NotHeard, ("Try again", data.Again(DialogWish.Send)));
        return answer switch
        {
            SubmitAnswer.FieldErrors wrong => await DrawAsync(caller, kept, data, wrong.Errors),
            SubmitAnswer.Refused no => await answers.SayAsync(caller, no.Text),
            _ => caller.Surface switch
            {
                Surface.Dialog => new TeamsReply.DialogClose(Begun),
                Surface.Card => await InPlaceAsync(caller, kept, answer),
                _ => new TeamsReply.Nothing(),
            },
        };
    }

    // Whoever sent it must not stay in doubt whether phones ring.
    static string WordsOf(SubmitAnswer answer) => answer switch
    {
        SubmitAnswer.FieldErrors wrong => string.Join('\n', wrong.Errors.Values),
        SubmitAnswer.Refused no => no.Text,
        _ => Begun,
    };

    // A re-dispatch took the place of the very card that the new dispatch takes over: words there could come over its first drawing and stay.
    async Task<TeamsReply> InPlaceAsync(TeamsCaller caller, DialogContext kept, SubmitAnswer answer) =>
        kept.Replaces is not null && answer is SubmitAnswer.Started(var begun) && await presses.ShowAsync(caller, begun) is TeamsReply.CardAnswer card
            ? card
            : new TeamsReply.CardAnswer(NoticeDialog.Of(caller.Surface, Begun));

    /// <summary>The dialog is to be drawn with what is filled in: the order, and what they will hear.</summary>
    public async Task<TeamsReply> LookAsync(TeamsCaller caller, DialogData data) => KeptBy(caller, data) is { } kept
        ? await DrawAsync(caller, kept, data, ImmutableDictionary<string, string>.Empty)
        : await answers.SayAsync(caller, ReplyText.FormIsForeign);

    /// <summary>The dispatch whose card the dialog took the place of; null if there is none.</summary>
    public DispatchId? ReplacedBy(TeamsCaller caller, DialogData data) => KeptBy(caller, data) is { } kept ? ReplacesOf(kept) : null;

    /// <summary>Who may be meant by what was typed so far; nobody if that is not known soon.</summary>
    public async Task<TeamsReply> SearchAsync(TeamsCaller caller, TeamsDelivery.Search search)
    {
        if (search.Dataset != DispatchDialog.Dataset)
            return new TeamsReply.SearchResults([]);
        var skip = Math.Min(search.Skip, MostListed);
        var finding = answers.UnbrokenAsync(stopping => overview.FindPeopleAsync(caller.Where.Channel, search.Typed, skip + MostFound, stopping));
        IReadOnlyList<FormPerson> found = await answers.IsInTimeAsync(caller, finding) && await finding is { } people ? people : [];
        return new TeamsReply.SearchResults([.. found.Skip(skip).Take(Math.Clamp(search.Top, 1, MostFound)).Select(each => (DispatchDialog.Offered(each), DialogData.Value(each.Id)))]);
    }

    async Task<TeamsReply> DrawAsync(TeamsCaller caller, DialogContext kept, DialogData data, ImmutableDictionary<string, string> errors)
    {
        if (redrawing.IsOver(TeamsAddress.Platform, kept.FormId))
            return await answers.SayAsync(caller, ReplyText.FormExpired);
        var wish = new FormRedraw(kept.FormId, kept.Reference, data.People, data.Note, ReplacesOf(kept), kept.Link, new(TeamsAddress.Platform, kept.Channel), data.AlsoIn);
        var drawing = answers.UnbrokenAsync(stopping => redrawing.AgainAsync(TeamsAddress.Platform, wish, new Delivery(caller.DeliveryId), stopping));
        if (await answers.IsInTimeAsync(caller, drawing) && await drawing is { } form)
            return await dialogs.ShowAsync(caller, form, data.Kept, errors);
        return errors.IsEmpty
            ? await answers.OfferAsync(caller, NotDrawn, ("Try again", data.Again(DialogWish.Look)), ("Dispatch", data.Again(DialogWish.Send)))
            : await answers.OfferAsync(caller, string.Join('\n', errors.Values), ("Dispatch", data.Again(DialogWish.Send)), ("Change it", data.Again(DialogWish.Look)));
    }

    DialogContext? KeptBy(TeamsCaller caller, DialogData data) => payloads.Open<DialogContext>(caller.Tenant, data.Kept) is { } kept && kept.By == caller.UserId ? kept : null;

    static DispatchId? ReplacesOf(DialogContext kept) => DispatchId.TryParse(kept.Replaces, null, out var id) ? id : null;
}
