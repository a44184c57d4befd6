using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Answers commands that change nothing: how dispatches stand, past dispatches, who can be phoned, what can be typed.</summary>
internal sealed class ListCommands(
    DispatchFinder finder, Workload workload, DirectoryQueries lookups, Overview overview, ListPlanning named,
    ScheduleCommands? schedules = null)
{
    const int MostHistory = 20;

    /// <summary>Lists the dispatches that are shown in this channel.</summary>
    public async Task<ChatReply> HereAsync(ChatChannel where, CancellationToken ct) => Standing(
        await workload.ReadAsync(where, ct), state => state.ThreadIn(where) is not null, ReplyText.NothingIsOpenHere);

    /// <summary>Lists every dispatch that may be shown in this channel.</summary>
    /// <param name="where">The channel.</param>
    /// <param name="page">Which part of a long list, from 1.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<ChatReply> AllAsync(ChatChannel where, int page, CancellationToken ct) =>
        overview.WithNotices(Standing(await workload.ReadAsync(where, ct), _ => true, ReplyText.NothingIsOpen, page));

    /// <summary>Says how the dispatch of this ticket stands.</summary>
    public async Task<ChatReply> StatusAsync(string ticket, ChatChannel where, TimeBudget budget)
    {
        var (state, mistake) = await finder.FindAsync("status", ticket, where, budget);
        return state is null
            ? new ChatReply.Private(mistake)
            : new ChatReply.Private(ReplyText.Details(state, await workload.ReadAsync(where, budget.Caller)), state.Plan.Id);
    }

    /// <summary>Lists past dispatches, the newest first: of one ticket, or of all if it is null.</summary>
    public async Task<ChatReply> HistoryAsync(string? ticket, ChatChannel where, TimeBudget budget)
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
        return new ChatReply.Private(newest.Count == 0 ? ReplyText.NoHistory : OverviewText.History(newest, work));
    }

    /// <summary>Lists who can be phoned, and who is busy with which job.</summary>
    public async Task<ChatReply> OnCallAsync(ChatChannel where, TimeBudget budget) =>
        overview.WithNotices(await PeopleAsync(where, budget));

    /// <summary>Asks which dispatch a command is about, because it names none.</summary>
    public async Task<ChatReply> WhichAsync(string verb, ChatChannel where, CancellationToken ct)
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

    /// <summary>Suggests how to go on typing. While the ticket system does not answer, the suggestions are subcommands only.</summary>
    public async Task<IReadOnlyList<CommandSuggestion>> SuggestAsync(ChatChannel where, string typed, CancellationToken ct)
    {
        if (CommandCompletion.Naming(typed) is (var before, var name))
            return CommandCompletion.Suggest(before, await overview.FindPeopleAsync(where, name, ReplyText.MostPeople, ct));
        if (CommandCompletion.NamingList(typed) is { } begun)
            return CommandCompletion.SuggestLists(begun, schedules?.Names ?? []);
        if (ListNames.Suggest(typed, named.All) is { Count: > 0 } toLists)
            return toLists;
        using var budget = lookups.Begin(Delivery.Usual, ct);
        var (verb, part) = CommandCompletion.Split(typed);
        if (verb is null)
            return CommandCompletion.Suggest(typed, await lookups.SuggestTicketsAsync(part, CommandCompletion.Most, budget));
        var fitting = await FittingAsync(verb, where, await workload.ReadAsync(where, ct), ct);
        return CommandCompletion.Suggest(typed, [.. fitting.Select(each => each.Plan.Ticket).DistinctBy(each => each.Reference)]);
    }

    async Task<ChatReply.Private> PeopleAsync(ChatChannel where, TimeBudget budget) =>
        await lookups.ListPeopleAsync(budget) switch
        {
            null => new ChatReply.Private(ReplyText.DirectoryUnavailable),
            [] => new ChatReply.Private(lookups.Nobody),
            var everybody => new ChatReply.Private(OnCallText.Of(everybody, await workload.ReadAsync(where, budget.Caller))),
        };

    /// <summary>The dispatches that a command can be about now.</summary>
    async Task<IReadOnlyList<DispatchState>> FittingAsync(
        string verb, ChatChannel where, CurrentWork work, CancellationToken ct) => verb switch
        {
            "done" => work.Accepted,
            "status" => work.Known,
            "redispatch" => [.. (await workload.NewestAsync(null, where, MostHistory, ct))
            .DistinctBy(each => each.Plan.Ticket.Reference, StringComparer.OrdinalIgnoreCase).Where(each => each.IsClosed)],
            "history" => await workload.NewestAsync(null, where, MostHistory, ct),
            _ => work.Open,
        };

    /// <param name="work">What is open and accepted.</param>
    /// <param name="isMeant">Which of it is listed.</param>
    /// <param name="nothing">What is said if nothing is.</param>
    /// <param name="page">Which part of a long list; null if only its first part is shown here.</param>
    static ChatReply.Private Standing(CurrentWork work, Func<DispatchState, bool> isMeant, string nothing, int? page = null)
    {
        var (open, accepted) = (work.Open.Where(isMeant).ToList(), work.Accepted.Where(isMeant).ToList());
        return open.Concat(accepted).ToList() switch
        {
            [] => new(nothing),
            [var only] => new(ReplyText.Details(only, work), only.Plan.Id),
            _ => new(OverviewText.Overview(open, accepted, work, page)),
        };
    }
}
