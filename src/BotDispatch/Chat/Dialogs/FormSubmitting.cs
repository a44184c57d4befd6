using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>
/// Reads and judges a sent dialog: whether it is ours and still valid, whether this person may start it, and whether its ticket still
/// exists. <see cref="DispatchStarting"/> does the rest.
/// </summary>
internal sealed class FormSubmitting(
    DispatchEngine engine, FormIds ids, Access access, DirectoryQueries lookups, TicketResolver subjects, Tenancy tenancy,
    DispatchStarting starting)
{
    const string People = "people";
    const string Note = "note";
    const string AlsoIn = "alsoIn";
    const string DirectoryUnavailable =
        "The employee directory cannot be read just now. Nothing was started: press Dispatch again in a moment.";

    /// <summary>What became of the sent dialog. The same dialog sent again starts nothing twice.</summary>
    public async Task<ChatReply> SubmitAsync(FormSubmission form, CancellationToken ct)
    {
        var platform = form.By.Platform;
        if (ids.Read(platform, form.FormId) is not { } opened)
            return new ChatReply.Private(ReplyText.FormIsForeign);
        var id = DispatchId.From(platform, form.FormId);
        // A chat that lost our answer sends again; that the dialog has expired meanwhile changes nothing.
        if (await engine.FindAsync(id, ct) is not null)
            return new ChatReply.Started(id);
        if (ids.IsExpired(opened))
            return new ChatReply.Private(ReplyText.FormExpired);

        using var budget = lookups.Begin(Delivery.Usual, ct);
        if (await access.RefusalAsync(form.Replaces is null ? Permission.Dispatch : Permission.Redispatch, form.By, budget) is { } mayNot)
            return new ChatReply.Private(mayNot);
        var list = form.List is null ? opened.List : form.List.Length == 0 ? null : form.List;
        // A list that was chosen and sent at once means everybody on it.
        if (DispatchStarting.Check(form.Picked, form.Note).Where(each => each is not StartResult.NobodyPicked || list is null).ToList()
            is { Count: > 0 } wrong)
            return new ChatReply.FieldErrors(wrong.Select(each => ErrorOf(each)!.Value).ToImmutableDictionary());
        var (link, old) = (form.Link, (DispatchState?)null);
        if (form.Replaces is { } replaces)
        {
            (old, var refusal) = await ReplacedAsync(replaces, form, ct);
            if (old is null)
                return refusal!;
            link = old.Plan.Ticket.Link;
        }

        var listing = lookups.ListPeopleAsync(budget);
        var found = await subjects.AgainAsync(form.TicketReference, opened.IsFreeText, link, budget, old);
        var everybody = await listing;
        // A re-dispatch goes on with the ticket as it was dispatched before.
        if (found is FoundTicket.Unavailable && old is not null)
            found = new FoundTicket.Found(old.Plan.Ticket);
        if (found is FoundTicket.Unavailable unavailable)
            return Wrong(
                People, $"We could not look the ticket up in the ticket system ({unavailable.Because}). "
                + "Nothing was started: press Dispatch again in a moment.");
        if (found is not FoundTicket.Found { Ticket: var ticket })
            return new ChatReply.Private(ReplyText.TicketIsGone(form.TicketReference));
        if (everybody is null)
            return Wrong(People, DirectoryUnavailable);
        var request = new StartRequest(id, ticket, form.Picked, form.Note, form.By, form.Channel, old)
        {
            AlsoIn = form.AlsoIn,
            List = list,
        };
        return ReplyTo(await starting.StartAsync(request, everybody, budget), form.Channel);
    }

    ChatReply ReplyTo(StartResult result, ChatChannel where) => result switch
    {
        StartResult.Started(var dispatch) => new ChatReply.Started(dispatch),
        StartResult.WasReplaced(var successor) => new ChatReply.Private(ReplyText.WasReplaced, successor),
        StartResult.TicketIsOpen(var other) => tenancy.AlreadyOpen(other, where),
        _ when ErrorOf(result) is (var field, var words) => Wrong(field, words),
        _ => new ChatReply.Private(ReplyText.UnknownDispatch),
    };

    /// <summary>The field of the dialog that is wrong, and the sentence to show at it; null if no field is wrong.</summary>
    KeyValuePair<string, string>? ErrorOf(StartResult result) => result switch
    {
        StartResult.NobodyPicked => new(People, ReplyText.PickSomebody),
        StartResult.TooManyPeople(var count) => new(People, ReplyText.TooMany(count)),
        StartResult.NoteTooLong(var length) => new(Note, ReplyText.NoteTooLong(length)),
        StartResult.UnknownList(var name) => new(
            People, $"There is no list called {PlainWords.OneLine(name).Isolated()} any more. Choose another one, or none."),
        StartResult.ListMeansNobody(var meant) => new(People, ListNames.MeansNobody(meant)),
        StartResult.DirectoryUnavailable => new(People, DirectoryUnavailable),
        StartResult.NotInDirectory(var missing) => new(People, ReplyText.NotInDirectory(missing) + lookups.Unread),
        StartResult.CannotBePhoned(var employee) => new(People, ReplyText.CannotBePhoned(employee)),
        StartResult.PlaceRefused(var because) => new(AlsoIn, because),
        _ => null,
    };

    async Task<(DispatchState? Old, ChatReply? No)> ReplacedAsync(DispatchId replaces, FormSubmission form, CancellationToken ct) =>
        await engine.FindAsync(replaces, ct) switch
        {
            null => (null, new ChatReply.Private(ReplyText.UnknownDispatch)),
            var foreign when !tenancy.IsKnownIn(foreign, form.Channel) => (null, new ChatReply.Private(ReplyText.UnknownDispatch)),
            { IsClosed: false } open => (null, new ChatReply.Private(ReplyText.StillRunning(open), open.Plan.Id)),
            var old when old.Plan.Ticket.Reference.Equals(form.TicketReference, StringComparison.OrdinalIgnoreCase) => (old, null),
            _ => (null, new ChatReply.Private(ReplyText.FormIsForeign)),
        };

    static ChatReply.FieldErrors Wrong(string field, string words) => new(ImmutableDictionary<string, string>.Empty.Add(field, words));
}
