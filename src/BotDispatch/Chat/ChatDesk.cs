using System.Diagnostics;
using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Chat;

/// <summary>The newest dispatch of a ticket, open or closed; null if there was none.</summary>
internal delegate Task<DispatchState?> LatestDispatch(string reference, CancellationToken ct);

/// <summary>What every chat platform calls: takes commands, sent dialogs and presses, and answers with words or a dialog. What a platform draws is its own affair.</summary>
internal sealed class ChatDesk(
    DispatchEngine engine, LatestDispatch latest, Lookups lookups, Access access, Subjects subjects, NamedPeople named, FormOpening forms,
    FormSubmitting submitting, Presses presses)
{
    /// <summary>A command whose text has no mentions of the chat's own spelling.</summary>
    public Task<DeskAnswer> CommandAsync(Person who, ChatChannel where, string text, string delivery, CancellationToken ct) =>
        CommandAsync(who, where, text, [], delivery, ct);

    /// <summary>A command. <paramref name="text"/> is what stands after <c>/dispatch</c>; <paramref name="delivery"/> names this one delivery.</summary>
    public async Task<DeskAnswer> CommandAsync(
        Person who, ChatChannel where, string text, IReadOnlyList<Mention> mentions, string delivery, CancellationToken ct)
    {
        using var patience = lookups.Begin(ct);
        return CommandGrammar.Parse(text, mentions) switch
        {
            ChatCommand.Open open => await OpenAsync(who, open, delivery, patience),
            ChatCommand.Status { Ticket: { } ticket } => await StatusAsync(ticket, ct),
            ChatCommand.Status => Standing(await OpenInAsync(where, ct), DeskWords.NothingIsOpenHere),
            ChatCommand.List => Standing(await engine.ListOpenAsync(ct), DeskWords.NothingIsOpen),
            ChatCommand.Cancel { Ticket: var ticket } => await PressFor(who, "cancel", ticket, CardAction.Cancel, patience),
            ChatCommand.Done { Ticket: var ticket } => await PressFor(who, "done", ticket, CardAction.Done, patience),
            ChatCommand.OnCall => await OnCallAsync(patience),
            ChatCommand.Help or ChatCommand.Empty => new DeskAnswer.Private(DeskWords.Help),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>The dialog was sent.</summary>
    public Task<SubmitAnswer> SubmitAsync(FormSubmission form, CancellationToken ct) => submitting.SubmitAsync(form, ct);

    /// <summary>A button was pressed. <paramref name="callee"/> and <paramref name="round"/> are the button's own; only Skip has them.</summary>
    public async Task<DeskAnswer> PressAsync(Person who, DispatchId dispatch, CardAction action, int callee, int round, CancellationToken ct)
    {
        using var patience = lookups.Begin(ct);
        return await presses.PressAsync(who, dispatch, action, callee, round, patience);
    }

    /// <summary>Ways to go on typing. Where the ticket system is silent, only subcommands.</summary>
    public async Task<IReadOnlyList<CommandSuggestion>> SuggestAsync(string typed, CancellationToken ct)
    {
        using var patience = lookups.Begin(ct);
        var (verb, part) = CommandCompletion.Split(typed);
        return CommandCompletion.Suggest(typed, verb is null
            ? await lookups.SuggestTicketsAsync(part, CommandCompletion.Most, patience)
            : [.. (await engine.ListOpenAsync(ct)).Select(each => each.Plan.Ticket)]);
    }

    async Task<DeskAnswer> OpenAsync(Person who, ChatCommand.Open open, string delivery, Patience patience)
    {
        if (await access.RefusalAsync(Deed.Dispatch, who, patience) is { } mayNot)
            return new DeskAnswer.Private(mayNot);
        if (open.Note?.Length > DeskWords.MostNote)
            return new DeskAnswer.Private(DeskWords.NoteTooLong(open.Note.Length));

        var listing = lookups.ListPeopleAsync(patience);
        var subject = await subjects.FindAsync(open.Subject, open.IsVerbatim, patience);
        if (subject.Ticket is not { } ticket)
            return new DeskAnswer.Private(subject.Mistake);
        if (await engine.FindOpenByTicketAsync(ticket.Reference, patience.Caller) is { } other)
            return new DeskAnswer.Private(DeskWords.AlreadyOpen(other), other.Plan.Id);
        if (await listing is not { } everybody)
            return new DeskAnswer.Private(DeskWords.DirectoryUnavailable);
        var (picked, mistake) = await named.FindAsync(open.People, everybody, patience.Caller);
        return mistake is null ? forms.Open(who.Platform, delivery, new(ticket, open.Note, picked), everybody) : new DeskAnswer.Private(mistake);
    }

    async Task<DeskAnswer> StatusAsync(string ticket, CancellationToken ct) => await FindAsync(ticket, ct) is { } state
        ? new DeskAnswer.Private(DeskWords.Details(state), state.Plan.Id)
        : new DeskAnswer.Private(DeskWords.NoDispatchOf(ticket));

    async Task<DeskAnswer> PressFor(Person who, string verb, string ticket, CardAction action, Patience patience)
    {
        if (ticket.Length == 0)
            return new DeskAnswer.Private(DeskWords.WhichTicket(verb, await engine.ListOpenAsync(patience.Caller)));
        if (await FindAsync(ticket, patience.Caller) is not { } state)
            return new DeskAnswer.Private(DeskWords.NoDispatchOf(ticket));
        return await presses.PressAsync(who, state.Plan.Id, action, -1, 0, patience) is DeskAnswer.Private no
            ? no
            : new DeskAnswer.Private(DeskWords.Standing((await engine.FindAsync(state.Plan.Id, patience.Caller))!), state.Plan.Id);
    }

    async Task<DeskAnswer> OnCallAsync(Patience patience) => await lookups.ListPeopleAsync(patience) switch
    {
        null => new DeskAnswer.Private(DeskWords.DirectoryUnavailable),
        [] => new DeskAnswer.Private(DeskWords.NobodyInDirectory),
        var everybody => new DeskAnswer.Private(DeskWords.WhoCanBePhoned(everybody)),
    };

    async Task<DispatchState?> FindAsync(string ticket, CancellationToken ct) => await engine.FindOpenByTicketAsync(ticket, ct) ?? await latest(ticket, ct);

    async Task<IReadOnlyList<DispatchState>> OpenInAsync(ChatChannel where, CancellationToken ct) =>
        [.. (await engine.ListOpenAsync(ct)).Where(each => each.Plan.Channel == where)];

    static DeskAnswer.Private Standing(IReadOnlyList<DispatchState> open, string nothing) => open switch
    {
        [] => new(nothing),
        [var only] => new(DeskWords.Details(only), only.Plan.Id),
        _ => new(DeskWords.Lines(open)),
    };
}
