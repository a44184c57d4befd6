using System.Diagnostics;
using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Chat;

/// <summary>The newest dispatch of a ticket, open or closed; null if there was none.</summary>
internal delegate Task<DispatchState?> LatestDispatch(string reference, CancellationToken ct);

/// <summary>What every chat platform calls: takes commands, messages, sent dialogs and presses, and answers with words or a dialog. What a platform draws is its own affair.</summary>
internal sealed class ChatDesk(
    DispatchEngine engine, DispatchFinder finder, Workload workload, Lookups lookups, Access access, Subjects subjects, NamedPeople named, FormOpening forms,
    FormSubmitting submitting, FormRedrawing redrawing, Presses presses, Mirroring mirroring, Overview overview, Tenancy tenancy, MirrorPlaces places)
{
    const int MostHistory = 20;

    /// <summary>Whether a command may be answered with the dialog, as far as its words tell.</summary>
    public static bool MayOpenForm(string text, IReadOnlyList<Mention> mentions) => CommandGrammar.Parse(text, mentions) is ChatCommand.Open or ChatCommand.Redispatch { Ticket.Length: > 0 };

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
            ChatCommand.Status { Ticket: { } ticket } => await StatusAsync(ticket, where, patience),
            ChatCommand.Status => Standing(await workload.ReadAsync(where, ct), state => state.ThreadIn(where) is not null, DeskWords.NothingIsOpenHere),
            ChatCommand.List => overview.WithNotices(Standing(await workload.ReadAsync(where, ct), _ => true, DeskWords.NothingIsOpen)),
            ChatCommand.Cancel { Ticket: var ticket } => await PressForAsync(who, where, "cancel", ticket, CardAction.Cancel, delivery, patience),
            ChatCommand.Skip { Ticket: var ticket } => await PressForAsync(who, where, "skip", ticket, CardAction.Skip, delivery, patience),
            ChatCommand.Take { Ticket: var ticket } => await PressForAsync(who, where, "take", ticket, CardAction.TakeIt, delivery, patience),
            ChatCommand.Done { Ticket: var ticket } => await PressForAsync(who, where, "done", ticket, CardAction.Done, delivery, patience),
            ChatCommand.Redispatch { Ticket: var ticket } => await PressForAsync(who, where, "redispatch", ticket, CardAction.Redispatch, delivery, patience),
            ChatCommand.History { Ticket: var ticket } => await HistoryAsync(ticket, where, patience),
            ChatCommand.Also { Ticket: var ticket, Place: var place } => await AlsoAsync(who, where, ticket, place, delivery, patience),
            ChatCommand.OnCall => overview.WithNotices(await OnCallAsync(where, patience)),
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
        Person who, ChatChannel where, DispatchId dispatch, CardAction action, int? callee, int round, Delivery delivery, CancellationToken ct)
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

    /// <summary>People who may be meant by what was typed so far, with what they are busy with as far as that place may know it.</summary>
    public async Task<IReadOnlyList<FormPerson>> PeopleAsync(ChatChannel where, string typed, int most, CancellationToken ct)
    {
        using var patience = lookups.Begin(Delivery.Usual, ct);
        return await overview.FindPeopleAsync(where, typed, most, patience);
    }

    /// <summary>Ways to go on typing. Where the ticket system is silent, only subcommands.</summary>
    public async Task<IReadOnlyList<CommandSuggestion>> SuggestAsync(ChatChannel where, string typed, CancellationToken ct)
    {
        using var patience = lookups.Begin(Delivery.Usual, ct);
        if (CommandCompletion.Naming(typed) is (var before, var name))
            return CommandCompletion.Suggest(before, await overview.FindPeopleAsync(where, name, DeskWords.MostPeople, patience));
        var (verb, part) = CommandCompletion.Split(typed);
        return CommandCompletion.Suggest(typed, verb is null
            ? await lookups.SuggestTicketsAsync(part, CommandCompletion.Most, patience)
            : [.. (await FittingAsync(verb, where, await workload.ReadAsync(where, ct), ct)).Select(each => each.Plan.Ticket).DistinctBy(each => each.Reference)]);
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
        return mistake is not null
            ? overview.WithNotices(new DeskAnswer.Private(mistake))
            : forms.Open(
                who.Platform, delivery.Id, new(ticket, open.Note, picked, places.Offered(where, [])), everybody, await workload.ReadAsync(where, patience.Caller));
    }

    async Task<DeskAnswer> StatusAsync(string ticket, ChatChannel where, Patience patience)
    {
        var (state, mistake) = await finder.FindAsync("status", ticket, where, patience);
        return state is null
            ? new DeskAnswer.Private(mistake)
            : new DeskAnswer.Private(DeskWords.Details(state, await workload.ReadAsync(where, patience.Caller)), state.Plan.Id);
    }

    async Task<DeskAnswer> HistoryAsync(string? ticket, ChatChannel where, Patience patience)
    {
        var work = await workload.ReadAsync(where, patience.Caller);
        if (ticket is not null)
        {
            var (state, mistake) = await finder.FindAsync("history", ticket, where, patience);
            if (state is null)
                return new DeskAnswer.Private(mistake);
            ticket = state.Plan.Ticket.Reference;
        }
        var newest = await workload.NewestAsync(ticket, where, MostHistory, patience.Caller);
        return new DeskAnswer.Private(newest.Count == 0 ? DeskWords.NoHistory : DeskWords.History(newest, work));
    }

    async Task<DeskAnswer> PressForAsync(Person who, ChatChannel where, string verb, string ticket, CardAction action, Delivery delivery, Patience patience)
    {
        if (ticket.Length == 0)
            return await WhichAsync(verb, where, patience.Caller);
        var (state, mistake) = await finder.FindAsync(verb, ticket, where, patience);
        if (state is null)
            return new DeskAnswer.Private(mistake);
        // The turn that is ended is the one that whoever types this sees.
        var button = DispatchCard.Of(state).Buttons.FirstOrDefault(each => each.Action == action);
        if (action is CardAction.Skip && button is null && !state.IsClosed)
            return new DeskAnswer.Private(DeskWords.NobodyToSkip(state), state.Plan.Id);
        return await presses.PressAsync(new(who, where, state.Plan.Id, action, button?.Callee, button?.Round ?? 0, delivery), patience) switch
        {
            DeskAnswer.Nothing => new DeskAnswer.Private(DeskWords.Standing((await engine.FindAsync(state.Plan.Id, patience.Caller))!), state.Plan.Id),
            var answer => answer,
        };
    }

    async Task<DeskAnswer> AlsoAsync(Person who, ChatChannel where, string ticket, string place, Delivery delivery, Patience patience)
    {
        if (ticket.Length == 0)
            return await WhichAsync("also", where, patience.Caller);
        var (state, mistake) = await finder.FindAsync("also", ticket, where, patience);
        return state is null ? new DeskAnswer.Private(mistake) : await mirroring.AddAsync(who, where, state, place, delivery, patience);
    }

    async Task<DeskAnswer.Private> OnCallAsync(ChatChannel where, Patience patience) => await lookups.ListPeopleAsync(patience) switch
    {
        null => new DeskAnswer.Private(DeskWords.DirectoryUnavailable),
        [] => new DeskAnswer.Private(DeskWords.NobodyInDirectory),
        var everybody => new DeskAnswer.Private(DeskWords.WhoCanBePhoned(everybody, await workload.ReadAsync(where, patience.Caller))),
    };

    async Task<DeskAnswer> WhichAsync(string verb, ChatChannel where, CancellationToken ct)
    {
        var work = await workload.ReadAsync(where, ct);
        var nothing = verb switch
        {
            "done" => DeskWords.NothingToBeDone,
            "redispatch" => DeskWords.NothingToRedispatch,
            _ => DeskWords.NothingIsOpen,
        };
        return new DeskAnswer.Private(DeskWords.WhichTicket(verb, await FittingAsync(verb, where, work, ct), nothing, work));
    }

    /// <summary>The dispatches that a command can be about now.</summary>
    async Task<IReadOnlyList<DispatchState>> FittingAsync(string verb, ChatChannel where, WorkNow work, CancellationToken ct) => verb switch
    {
        "done" => work.Accepted,
        "status" => work.Known,
        "redispatch" => [.. (await workload.NewestAsync(null, where, MostHistory, ct))
            .DistinctBy(each => each.Plan.Ticket.Reference, StringComparer.OrdinalIgnoreCase).Where(each => each.IsClosed)],
        "history" => await workload.NewestAsync(null, where, MostHistory, ct),
        _ => work.Open,
    };

    static DeskAnswer.Private Standing(WorkNow work, Func<DispatchState, bool> isMeant, string nothing)
    {
        var (open, accepted) = (work.Open.Where(isMeant).ToList(), work.Accepted.Where(isMeant).ToList());
        return open.Concat(accepted).ToList() switch
        {
            [] => new(nothing),
            [var only] => new(DeskWords.Details(only, work), only.Plan.Id),
            _ => new(DeskWords.Overview(open, accepted, work)),
        };
    }
}
