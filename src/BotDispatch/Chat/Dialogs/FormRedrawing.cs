using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Makes an open dialog once more, with what is filled in now: what they will hear follows from it.</summary>
// Eight, because everything that a dialog shows is asked for once more.
internal sealed class FormRedrawing(
    DispatchEngine engine, FormIds ids, DirectoryQueries lookups, TicketResolver subjects, FormDrawing drawing, MirrorPlaces places,
    Workload workload, ListPlanning lists)
{
    /// <summary>Whether the time of the dialog is over: it is drawn no more, and refused when it is sent.</summary>
    public bool IsOver(string platform, string formId) => ids.Read(platform, formId) is { } opened && ids.IsExpired(opened);

    /// <summary>The dialog drawn again, or why it is over; failed where it cannot be drawn now.</summary>
    public async Task<ChatReply> AnswerAsync(string platform, FormRedraw wanted, Delivery delivery, CancellationToken ct) =>
        IsOver(platform, wanted.FormId) ? new ChatReply.Private(ReplyText.FormExpired)
        : await AgainAsync(platform, wanted, delivery, ct) is { } form ? new ChatReply.OpenForm(form)
        : new ChatReply.Failed();

    /// <summary>The same dialog; null where it cannot be made now. Nothing is lost then: it stands as it was drawn before.</summary>
    public async Task<DispatchForm?> AgainAsync(string platform, FormRedraw wanted, Delivery delivery, CancellationToken ct)
    {
        if (ids.Read(platform, wanted.FormId) is not { } opened || ids.IsExpired(opened))
            return null;
        using var budget = lookups.Begin(delivery.TimeBudget, ct);
        var listing = lookups.ListPeopleAsync(budget);
        var replaced = wanted.Replaces is { } old ? await engine.FindAsync(old, budget.Caller) : null;
        var found = await subjects.AgainAsync(wanted.TicketReference, opened.IsFreeText, wanted.Link, budget, replaced);
        if (await listing is not { } everybody || found is not FoundTicket.Found(var ticket))
            return null;
        var note = wanted.Note is null || PlainWords.OneLine(wanted.Note) is not { Length: > 0 } written ? null : written;
        var offered = places.Offered(wanted.Channel, wanted.AlsoIn, replaced);
        var chosen = wanted.List is null ? opened.List : wanted.List.Length == 0 ? null : wanted.List;
        var list = chosen is null ? null : await lists.ResolveAsync(chosen, ticket, budget.Caller);
        // A list that was chosen just now takes the place of everybody who was picked before.
        var picked = list is not null && list.First.List.Id != opened.List ? list.People : wanted.Picked;
        return drawing.Draw(
            ids.WithList(platform, opened, list?.First.List.Id),
            new(ticket, note, picked, offered, wanted.Replaces) { List = list, Lists = lists.All }, everybody,
            await workload.ReadForDialogAsync(wanted.Channel, budget.Caller));
    }
}
