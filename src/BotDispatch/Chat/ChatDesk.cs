using System.Diagnostics;
using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Chat;

/// <summary>The newest dispatch of a ticket, open or closed; null if there was none.</summary>
internal delegate Task<DispatchState?> LatestDispatch(string reference, CancellationToken ct);

/// <summary>What every chat platform calls: takes commands, messages, sent dialogs and presses, and answers with words or a dialog. What a platform draws is its own affair.</summary>
internal sealed class ChatDesk(
    DispatchEngine engine, LatestDispatch latest, Lookups lookups, Access access, Subjects subjects, NamedPeople named, FormOpening forms,
    FormSubmitting submitting, FormRedrawing redrawing, Presses presses, Mirroring mirroring, Overview overview, Tenancy tenancy, MirrorPlaces places)
{
    /// <summary>Whether a command may be answered with the dialog, as far as its words tell.</summary>
    public static bool MayOpenForm(string text, IReadOnlyList<Mention> mentions) => CommandGrammar.Parse(text, mentions) is ChatCommand.Open;

    /// <summary>A command whose text has no mentions of the chat's own spelling.</summary>
    public Task<DeskAnswer> CommandAsync(Person who, ChatChannel where, string text, Delivery delivery, CancellationToken ct) =>
        CommandAsync(who, where, text, [], delivery, ct);

    /// <summary>A command. <paramref name="text"/> is what stands after <c>/dispatch</c>.</summary>
    public async Task<DeskAnswer> CommandAsync(
        Person who, ChatChannel where, string text, IReadOnlyList<Mention> mentions, Delivery delivery, CancellationToken ct)
    {
        using var patience = lookups.Begin(delivery.Patience, ct);
        return CommandGrammar.Parse(text, mentions) switch
        {
            ChatCommand.Open open when open.Note?.Length > DeskWords.MostNote => new DeskAnswer.Private(DeskWords.NoteTooLong(open.Note.Length)),
            ChatCommand.Open open => await OpenAsync(who, where, subjects.FindAsync(open.Subject, open.IsVerbatim, patience), open, delivery, patience),
            ChatCommand.Status { Ticket: { } ticket } => await StatusAsync(ticket, where, ct),
            ChatCommand.Status => Standing([.. (await ListOpenAsync(where, ct)).Where(each => each.ThreadIn(where) is not null)], DeskWords.NothingIsOpenHere),
            ChatCommand.List => overview.WithNotices(Standing(await ListOpenAsync(where, ct), DeskWords.NothingIsOpen)),
            ChatCommand.Cancel { Ticket: var ticket } => await PressForAsync(who, where, "cancel", ticket, CardAction.Cancel, delivery, patience),
            ChatCommand.Done { Ticket: var ticket } => await PressForAsync(who, where, "done", ticket, CardAction.Done, delivery, patience),
            ChatCommand.Also { Ticket: var ticket, Place: var place } => await AlsoAsync(who, where, ticket, place, delivery, patience),
            ChatCommand.OnCall => overview.WithNotices(await OnCallAsync(patience)),
            ChatCommand.Help or ChatCommand.Empty => new DeskAnswer.Private(DeskWords.Help),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>A message of somebody's is to be dispatched: the ticket that it speaks of, or else its words, with a link to it.</summary>
    public async Task<DeskAnswer> MessageAsync(Person who, ChatChannel where, string messageText, string? link, Delivery delivery, CancellationToken ct)
    {
        using var patience = lookups.Begin(delivery.Patience, ct);
        return await OpenAsync(who, where, subjects.OfMessageAsync(messageText, link, patience), new("", false, [], null), delivery, patience);
    }

    /// <summary>The dialog was sent.</summary>
    public Task<SubmitAnswer> SubmitAsync(FormSubmission form, CancellationToken ct) => submitting.SubmitAsync(form, ct);

    /// <summary>Whether an open dialog has expired.</summary>
    public bool IsOver(string platform, string formId) => redrawing.IsOver(platform, formId);

    /// <summary>An open dialog with what is filled in now; null where it cannot be made, so that it stays as it is.</summary>
    public async Task<DispatchForm?> FormAgainAsync(string platform, FormRedraw wish, Delivery delivery, CancellationToken ct)
    {
        using var patience = lookups.Begin(delivery.Patience, ct);
        return await redrawing.AgainAsync(platform, wish, patience);
    }

    /// <summary>A button was pressed. <paramref name="callee"/> and <paramref name="round"/> are the button's own; only Skip has them.</summary>
    public async Task<DeskAnswer> PressAsync(
        Person who, ChatChannel where, DispatchId dispatch, CardAction action, int callee, int round, Delivery delivery, CancellationToken ct)
    {
        using var patience = lookups.Begin(delivery.Patience, ct);
        return await presses.PressAsync(new(who, where, dispatch, action, callee, round, delivery), patience);
    }

    /// <summary>Everything that is open, and everybody.</summary>
    public async Task<DeskHome> HomeAsync(ChatChannel where, CancellationToken ct)
    {
        using var patience = lookups.Begin(Delivery.Usual, ct);
        return await overview.LookAsync(where, patience);
    }

    /// <summary>People who may be meant by what was typed so far.</summary>
    public async Task<IReadOnlyList<FormPerson>> PeopleAsync(string typed, int most, CancellationToken ct)
    {
        using var patience = lookups.Begin(Delivery.Usual, ct);
        return await overview.FindPeopleAsync(typed, most, patience);
    }

    /// <summary>Ways to go on typing. Where the ticket system is silent, only subcommands.</summary>
    public async Task<IReadOnlyList<CommandSuggestion>> SuggestAsync(ChatChannel where, string typed, CancellationToken ct)
    {
        using var patience = lookups.Begin(Delivery.Usual, ct);
        var (verb, part) = CommandCompletion.Split(typed);
        return CommandCompletion.Suggest(typed, verb is null
            ? await lookups.SuggestTicketsAsync(part, CommandCompletion.Most, patience)
            : [.. (await ListOpenAsync(where, ct)).Select(each => each.Plan.Ticket)]);
    }

    async Task<DeskAnswer> OpenAsync(Person who, ChatChannel where, Task<Subject> finding, ChatCommand.Open open, Delivery delivery, Patience patience)
    {
        var listing = lookups.ListPeopleAsync(patience);
        var (mayNot, subject, everybody) = (await access.RefusalAsync(Deed.Dispatch, who, patience), await finding, await listing);
        if (mayNot is not null)
            return new DeskAnswer.Private(mayNot);
        if (subject.Ticket is not { } ticket)
            return overview.WithNotices(new DeskAnswer.Private(subject.Mistake));
        if (await engine.FindOpenByTicketAsync(ticket.Reference, patience.Caller) is { } other)
            return tenancy.AlreadyOpen(other, where);
        if (everybody is null)
            return new DeskAnswer.Private(DeskWords.DirectoryUnavailable);
        var (picked, mistake) = await named.FindAsync(open.People, everybody, patience);
        return mistake is null ? forms.Open(who.Platform, delivery.Id, new(ticket, open.Note, picked, places.Offered(where, [])), everybody) : overview.WithNotices(new DeskAnswer.Private(mistake));
    }

    async Task<DeskAnswer> StatusAsync(string ticket, ChatChannel where, CancellationToken ct) => await FindAsync(ticket, where, ct) is { } state
        ? new DeskAnswer.Private(DeskWords.Details(state), state.Plan.Id)
        : new DeskAnswer.Private(DeskWords.NoDispatchOf(ticket));

    async Task<DeskAnswer> PressForAsync(Person who, ChatChannel where, string verb, string ticket, CardAction action, Delivery delivery, Patience patience)
    {
        if (ticket.Length == 0)
            return new DeskAnswer.Private(DeskWords.WhichTicket(verb, await ListOpenAsync(where, patience.Caller)));
        if (await FindAsync(ticket, where, patience.Caller) is not { } state)
            return new DeskAnswer.Private(DeskWords.NoDispatchOf(ticket));
        return await presses.PressAsync(new(who, where, state.Plan.Id, action, -1, 0, delivery), patience) is DeskAnswer.Private no
            ? no
            : new DeskAnswer.Private(DeskWords.Standing((await engine.FindAsync(state.Plan.Id, patience.Caller))!), state.Plan.Id);
    }

    async Task<DeskAnswer> AlsoAsync(Person who, ChatChannel where, string ticket, string place, Delivery delivery, Patience patience)
    {
        if (ticket.Length == 0)
            return new DeskAnswer.Private(DeskWords.WhichTicket("also", await ListOpenAsync(where, patience.Caller)));
        return await FindAsync(ticket, where, patience.Caller) is { } state
            ? await mirroring.AddAsync(who, where, state, place, delivery, patience)
            : new DeskAnswer.Private(DeskWords.NoDispatchOf(ticket));
    }

    async Task<DeskAnswer.Private> OnCallAsync(Patience patience) => await lookups.ListPeopleAsync(patience) switch
    {
        null => new DeskAnswer.Private(DeskWords.DirectoryUnavailable),
        [] => new DeskAnswer.Private(DeskWords.NobodyInDirectory),
        var everybody => new DeskAnswer.Private(DeskWords.WhoCanBePhoned(everybody)),
    };

    async Task<DispatchState?> FindAsync(string ticket, ChatChannel where, CancellationToken ct) =>
        await engine.FindOpenByTicketAsync(ticket, ct) is { } open && tenancy.IsKnownIn(open, where) ? open
        : await latest(ticket, ct) is { } last && tenancy.IsKnownIn(last, where) ? last
        : null;

    async Task<IReadOnlyList<DispatchState>> ListOpenAsync(ChatChannel where, CancellationToken ct) => tenancy.KnownIn(where, await engine.ListOpenAsync(ct));

    static DeskAnswer.Private Standing(IReadOnlyList<DispatchState> open, string nothing) => open switch
    {
        [] => new(nothing),
        [var only] => new(DeskWords.Details(only), only.Plan.Id),
        _ => new(DeskWords.Lines(open)),
    };
}
