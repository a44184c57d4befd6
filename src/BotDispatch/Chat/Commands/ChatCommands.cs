using System.Collections.Immutable;
using System.Diagnostics;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>
/// Handles typed commands, and messages that are to be dispatched, of every chat: answers with words or the dialog. What a platform draws
/// is its own affair.
/// </summary>
// Ten, for the commands are one grammar: each opens, looks, presses or shows by one of these.
internal sealed class ChatCommands(
    DispatchFinder finder, Workload workload, DirectoryQueries lookups, Access access, TicketResolver subjects, NamedPeople named,
        FormOpening opening, PressHandler presses,
    Mirroring mirroring, Overview overview, IAbsences? absences = null, EmployeeLinks? links = null)
{
    const int MostHistory = 20;

    /// <summary>Whether a command may be answered with the dialog, as far as its words tell.</summary>
    public static bool MayOpenForm(string text, IReadOnlyList<Mention> mentions) => CommandGrammar.Parse(text, mentions) is ChatCommand.Open
        or ChatCommand.Redispatch { Ticket.Length: > 0 };

    /// <summary>
    /// Whether this answer says what is wrong with an answer that was typed into a dialog, so that it is shown there and can be corrected.
    /// </summary>
    public static bool IsMistake(ChatAction.Asked asked, ChatReply answer) =>
        answer is ChatReply.Private { About: null } && CommandText.Of(asked.Text) is var text
            && (text.Length == 0 || MayOpenForm(text, []));

    /// <summary>A command whose text has no mentions of the chat's own spelling.</summary>
    public Task<ChatReply> CommandAsync(Person who, ChatChannel where, string text, Delivery delivery, CancellationToken ct) =>
        CommandAsync(who, where, text, [], delivery, ct);

    /// <summary>A command. <paramref name="text"/> is what stands after <c>/dispatch</c>.</summary>
    public async Task<ChatReply> CommandAsync(
        Person who, ChatChannel where, string text, IReadOnlyList<Mention> mentions, Delivery delivery, CancellationToken ct)
    {
        using var budget = lookups.Begin(delivery.TimeBudget, ct);
        return CommandGrammar.Parse(text, mentions) switch
        {
            ChatCommand.Open open when open.Note?.Length > ReplyText.MostNote =>
                new ChatReply.Private(ReplyText.NoteTooLong(open.Note.Length)),
            ChatCommand.Open open =>
                await OpenAsync(who, where, subjects.FindAsync(open.ResolvedTicket, open.IsVerbatim, budget), open, delivery, budget),
            ChatCommand.Status { Ticket: { } ticket } => await StatusAsync(ticket, where, budget),
            ChatCommand.Status =>
                Standing(await workload.ReadAsync(where, ct), state => state.ThreadIn(where) is not null, ReplyText.NothingIsOpenHere),
            ChatCommand.List => overview.WithNotices(Standing(await workload.ReadAsync(where, ct), _ => true, ReplyText.NothingIsOpen)),
            ChatCommand.Cancel { Ticket: var ticket } =>
                await PressForAsync(who, where, "cancel", ticket, CardAction.Cancel, delivery, budget),
            ChatCommand.Skip { Ticket: var ticket } => await PressForAsync(who, where, "skip", ticket, CardAction.Skip, delivery, budget),
            ChatCommand.Take { Ticket: var ticket } => await PressForAsync(who, where, "take", ticket, CardAction.TakeIt, delivery, budget),
            ChatCommand.Done { Ticket: var ticket } => await PressForAsync(who, where, "done", ticket, CardAction.Done, delivery, budget),
            ChatCommand.Redispatch { Ticket: var ticket } =>
                await PressForAsync(who, where, "redispatch", ticket, CardAction.Redispatch, delivery, budget),
            ChatCommand.History { Ticket: var ticket } => await HistoryAsync(ticket, where, budget),
            ChatCommand.Also { Ticket: var ticket, Place: var place } => await AlsoAsync(who, where, ticket, place, delivery, budget),
            ChatCommand.OnCall => overview.WithNotices(await OnCallAsync(where, budget)),
            ChatCommand.Away { When: var when } => await AbsenceAsync(who, (all, employee) => all.AwayAsync(employee, when, ct), budget),
            ChatCommand.Back => await AbsenceAsync(who, (all, employee) => all.BackAsync(employee, ct), budget),
            ChatCommand.Help or ChatCommand.Empty => new ChatReply.Private(ReplyText.Help),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>A message of somebody's is to be dispatched: the ticket that it speaks of, or else its words, with a link to it.</summary>
    public async Task<ChatReply> MessageAsync(Person who, ChatChannel where, string messageText, string? link, Delivery delivery,
        CancellationToken ct)
    {
        using var budget = lookups.Begin(delivery.TimeBudget, ct);
        return await OpenAsync(who, where, subjects.OfMessageAsync(messageText, link, budget), new("", false, [], null), delivery, budget);
    }

    /// <summary>Ways to go on typing. Where the ticket system is silent, only subcommands.</summary>
    public async Task<IReadOnlyList<CommandSuggestion>> SuggestAsync(ChatChannel where, string typed, CancellationToken ct)
    {
        if (CommandCompletion.Naming(typed) is (var before, var name))
            return CommandCompletion.Suggest(before, await overview.FindPeopleAsync(where, name, ReplyText.MostPeople, ct));
        using var budget = lookups.Begin(Delivery.Usual, ct);
        var (verb, part) = CommandCompletion.Split(typed);
        return CommandCompletion.Suggest(typed, verb is null
            ? await lookups.SuggestTicketsAsync(part, CommandCompletion.Most, budget)
            : [.. (await FittingAsync(verb, where, await workload.ReadAsync(where, ct), ct)).Select(each =>
                each.Plan.Ticket).DistinctBy(each => each.Reference)]);
    }

    async Task<ChatReply> OpenAsync(Person who, ChatChannel where, Task<ResolvedTicket> finding, ChatCommand.Open open, Delivery delivery,
        TimeBudget budget)
    {
        var listing = lookups.ListPeopleAsync(budget);
        // Beside the ticket: a slow ticket system must not use up the time in which people are looked up.
        var naming = NamedAsync(open, listing, budget);
        var (mayNot, subject, everybody) = (await access.RefusalAsync(Permission.Dispatch, who, budget), await finding, await listing);
        var (picked, mistake) = await naming;
        if (mayNot is not null)
            return new ChatReply.Private(mayNot);
        if (subject.Ticket is not { } ticket)
            return overview.WithNotices(new ChatReply.Private(subject.Mistake));
        if (await opening.RefusalAsync(ticket, where, budget.Caller) is { } isOpen)
            return isOpen;
        if (everybody is null)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        if (mistake is not null)
            return overview.WithNotices(new ChatReply.Private(mistake));
        var opened = await opening.OpenAsync(who, where, delivery, (ticket, open.Note, picked), everybody, null, budget.Caller);
        return subject.Notice is { } notice ? FormOpening.WithNotice(opened, notice) : opened;
    }

    async Task<(ImmutableArray<EmployeeId> Picked, string? Mistake)> NamedAsync(ChatCommand.Open open,
        Task<IReadOnlyList<Employee>?> listing, TimeBudget budget) =>
        await listing is { } everybody ? await named.FindAsync(open.People, everybody, budget) : ([], null);

    async Task<ChatReply> StatusAsync(string ticket, ChatChannel where, TimeBudget budget)
    {
        var (state, mistake) = await finder.FindAsync("status", ticket, where, budget);
        return state is null
            ? new ChatReply.Private(mistake)
            : new ChatReply.Private(ReplyText.Details(state, await workload.ReadAsync(where, budget.Caller)), state.Plan.Id);
    }

    async Task<ChatReply> HistoryAsync(string? ticket, ChatChannel where, TimeBudget budget)
    {
        var work = await workload.ReadAsync(where, budget.Caller);
        if (ticket is not null)
        {
            var (state, mistake) = await finder.FindAsync("history", ticket, where, budget);
            if (state is null)
                return new ChatReply.Private(mistake);
            ticket = state.Plan.Ticket.Reference;
        }
        var newest = await workload.NewestAsync(ticket, where, MostHistory, budget.Caller);
        return new ChatReply.Private(newest.Count == 0 ? ReplyText.NoHistory : ReplyText.History(newest, work));
    }

    async Task<ChatReply> PressForAsync(Person who, ChatChannel where, string verb, string ticket, CardAction action, Delivery delivery,
        TimeBudget budget)
    {
        if (ticket.Length == 0)
            return await WhichAsync(verb, where, budget.Caller);
        var (state, mistake) = await finder.FindAsync(verb, ticket, where, budget);
        if (state is null)
            return new ChatReply.Private(mistake);
        // The turn that is ended is the one that whoever types this sees.
        var button = DispatchCard.Of(state).Buttons.FirstOrDefault(each => each.Action == action);
        if (action is CardAction.Skip && button is null && !state.IsClosed)
            return new ChatReply.Private(ReplyText.NobodyToSkip(state), state.Plan.Id);
        return await presses.HandleAsync(new(who, where, state.Plan.Id, action, button?.Callee, button?.Round ?? 0, delivery),
            budget) switch
        {
            ChatReply.Nothing => new ChatReply.Private(ReplyText.Standing(await finder.AgainAsync(state, budget.Caller)), state.Plan.Id),
            var answer => answer,
        };
    }

    async Task<ChatReply> AlsoAsync(Person who, ChatChannel where, string ticket, string place, Delivery delivery, TimeBudget budget)
    {
        if (ticket.Length == 0)
            return await WhichAsync("also", where, budget.Caller);
        var (state, mistake) = await finder.FindAsync("also", ticket, where, budget);
        return state is null ? new ChatReply.Private(mistake) : await mirroring.AddAsync(who, where, state, place, delivery, budget);
    }

    async Task<ChatReply.Private> OnCallAsync(ChatChannel where, TimeBudget budget) => await lookups.ListPeopleAsync(budget) switch
    {
        null => new ChatReply.Private(ReplyText.DirectoryUnavailable),
        [] => new ChatReply.Private(ReplyText.NobodyInDirectory),
        var everybody => new ChatReply.Private(ReplyText.WhoCanBePhoned(everybody, await workload.ReadAsync(where, budget.Caller))),
    };

    async Task<ChatReply> AbsenceAsync(Person who, Func<IAbsences, EmployeeId, Task<string>> note, TimeBudget budget)
    {
        if (absences is null || links is null || await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        return await links.FindAsync(who, everybody, budget) switch
        {
            Link.To(var employee) => new ChatReply.Private(await note(absences, employee.Id)),
            Link.Unknown => new ChatReply.Private(ReplyText.ChatUnavailable),
            _ => new ChatReply.Private(ReplyText.NotLinkedForAbsence(who)),
        };
    }

    async Task<ChatReply> WhichAsync(string verb, ChatChannel where, CancellationToken ct)
    {
        var work = await workload.ReadAsync(where, ct);
        var nothing = verb switch
        {
            "done" => ReplyText.NothingToBeDone,
            "redispatch" => ReplyText.NothingToRedispatch,
            _ => ReplyText.NothingIsOpen,
        };
        return new ChatReply.Private(ReplyText.WhichTicket(verb, await FittingAsync(verb, where, work, ct), nothing, work));
    }

    /// <summary>The dispatches that a command can be about now.</summary>
    async Task<IReadOnlyList<DispatchState>> FittingAsync(string verb, ChatChannel where, CurrentWork work, CancellationToken ct) =>
        verb switch
    {
        "done" => work.Accepted,
        "status" => work.Known,
        "redispatch" => [.. (await workload.NewestAsync(null, where, MostHistory, ct))
            .DistinctBy(each => each.Plan.Ticket.Reference, StringComparer.OrdinalIgnoreCase).Where(each => each.IsClosed)],
        "history" => await workload.NewestAsync(null, where, MostHistory, ct),
        _ => work.Open,
    };

    static ChatReply.Private Standing(CurrentWork work, Func<DispatchState, bool> isMeant, string nothing)
    {
        var (open, accepted) = (work.Open.Where(isMeant).ToList(), work.Accepted.Where(isMeant).ToList());
        return open.Concat(accepted).ToList() switch
        {
            [] => new(nothing),
            [var only] => new(ReplyText.Details(only, work), only.Plan.Id),
            _ => new(ReplyText.Overview(open, accepted, work)),
        };
    }
}
