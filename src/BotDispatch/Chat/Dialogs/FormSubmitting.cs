using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>Turns a sent dialog into a running dispatch, or into words that say what is wrong with it; never half of it.</summary>
// Nine, for each says something else that must be true before a phone rings.
internal sealed class FormSubmitting(
    DispatchEngine engine, FormIds ids, Access access, DirectoryQueries lookups, TicketResolver subjects, Languages languages,
    IOptions<PolicyOptions> policy, Tenancy tenancy, MirrorPlaces places)
{
    const string People = "people";
    const string Note = "note";
    const string AlsoIn = "alsoIn";

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
        var note = form.Note is null || PlainWords.OneLine(form.Note) is not { Length: > 0 } written ? null : written;
        var picked = form.Picked.Distinct().ToImmutableArray();
        if (FieldsWrong(picked, note) is { } wrong)
            return wrong;
        var (channel, link, old) = (form.Channel, form.Link, (DispatchState?)null);
        if (form.Replaces is { } replaces)
        {
            (old, var no) = await ReplacedAsync(replaces, form, ct);
            if (old is null)
                return no!;
            (channel, link) = (old.Plan.Channel, old.Plan.Ticket.Link);
        }

        var listing = lookups.ListPeopleAsync(budget);
        var found = await subjects.AgainAsync(form.TicketReference, opened.IsFreeText, link, budget);
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
            return Wrong(People, "The employee directory cannot be read just now. Nothing was started: press Dispatch again in a moment.");
        var (roster, mistake) = RosterOf(picked, everybody);
        if (mistake is not null)
            return Wrong(People, mistake);

        var by = form.By with { Name = PlainWords.OneLine(form.By.Name) };
        var (mirrors, notThere) = await places.FindAsync(form with { By = by }, channel, old, budget);
        if (notThere is not null)
            return Wrong(AlsoIn, notThere);
        var plan = new DispatchPlan(id, ticket, note, roster, policy.Value.ToPolicy(), by, channel, form.Replaces);
        return await engine.ApplyAsync(id, new DispatchInput.Start(plan, mirrors), ct) switch
        {
            Applied.WasReplaced { By: var successor } => new ChatReply.Private(ReplyText.WasReplaced, successor),
            Applied.TicketIsOpen { Other: var other } => tenancy.AlreadyOpen(other, form.Channel),
            _ => new ChatReply.Started(id),
        };
    }

    static ChatReply.FieldErrors? FieldsWrong(ImmutableArray<EmployeeId> picked, string? note)
    {
        var errors = ImmutableDictionary<string, string>.Empty;
        if (picked.Length == 0)
            errors = errors.Add(People, ReplyText.PickSomebody);
        if (picked.Length > ReplyText.MostPeople)
            errors = errors.Add(People, ReplyText.TooMany(picked.Length));
        if (note?.Length > ReplyText.MostNote)
            errors = errors.Add(Note, ReplyText.NoteTooLong(note.Length));
        return errors.IsEmpty ? null : new(errors);
    }

    async Task<(DispatchState? Old, ChatReply? No)> ReplacedAsync(DispatchId replaces, FormSubmission form, CancellationToken ct) =>
        await engine.FindAsync(replaces, ct) switch
        {
            null => (null, new ChatReply.Private(ReplyText.UnknownDispatch)),
            var foreign when !tenancy.IsKnownIn(foreign, form.Channel) => (null, new ChatReply.Private(ReplyText.UnknownDispatch)),
            { IsClosed: false } open => (null, new ChatReply.Private(ReplyText.StillRunning(open), open.Plan.Id)),
            var old when old.Plan.Ticket.Reference.Equals(form.TicketReference, StringComparison.OrdinalIgnoreCase) => (old, null),
            _ => (null, new ChatReply.Private(ReplyText.FormIsForeign)),
        };

    (ImmutableArray<Callee> Roster, string? Mistake) RosterOf(ImmutableArray<EmployeeId> picked, IReadOnlyList<Employee> everybody)
    {
        var known = everybody.DistinctBy(each => each.Id).ToDictionary(each => each.Id);
        var missing = picked.Where(each => !known.ContainsKey(each)).ToList();
        if (missing.Count > 0)
            return ([], ReplyText.NotInDirectory(missing));
        var people = picked.Select(each => known[each]).ToList();
        if (people.Find(each => ReplyText.ProblemOf(each) is not null) is { } unreachable)
            return ([], ReplyText.CannotBePhoned(unreachable));
        return ([.. people.Select(each => new Callee(each.Id, each.Name, each.Phone!, languages.For(each).Tag))], null);
    }

    static ChatReply.FieldErrors Wrong(string field, string words) => new(ImmutableDictionary<string, string>.Empty.Add(field, words));
}
