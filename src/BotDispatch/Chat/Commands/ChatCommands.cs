using System.Diagnostics;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Parses the typed commands of every chat and hands each to the class that answers it, with words or with the dialog.</summary>
// Eight: a class for each group of commands, and the lookups that they share.
internal sealed class ChatCommands(
    DirectoryQueries lookups, OpenCommands opens, ListCommands lists, DispatchFinder finder, PressHandler presses, Mirroring mirroring,
    AbsenceCommands absences, ScheduleCommands schedules)
{
    /// <summary>Whether a command may be answered with the dialog, judged by its words alone.</summary>
    public static bool MayOpenForm(string text, IReadOnlyList<Mention> mentions) =>
        CommandGrammar.Parse(text, mentions) is ChatCommand.Open or ChatCommand.Redispatch { Ticket.Length: > 0 }
            or ChatCommand.Cover { Otherwise: not null } or ChatCommand.Schedule { Otherwise: not null } or ChatCommand.AwayOfOther;

    /// <summary>
    /// Whether this answer says what is wrong with an answer that was typed into a dialog, so that it is shown there and can be corrected.
    /// </summary>
    public static bool IsMistake(ChatAction.Asked asked, ChatReply answer) =>
        answer is ChatReply.Private { About: null }
        && CommandText.Of(asked.Text) is var text
        && (text.Length == 0 || MayOpenForm(text, []));

    /// <summary>Answers a command whose text has no mentions in the chat's own spelling.</summary>
    public Task<ChatReply> CommandAsync(Person who, ChatChannel where, string text, Delivery delivery, CancellationToken ct) =>
        CommandAsync(who, where, text, [], delivery, ct);

    /// <summary>Answers a command. <paramref name="text"/> is the text after <c>/dispatch</c>.</summary>
    public async Task<ChatReply> CommandAsync(
        Person who, ChatChannel where, string text, IReadOnlyList<Mention> mentions, Delivery delivery, CancellationToken ct)
    {
        using var budget = lookups.Begin(delivery.TimeBudget, ct);
        return CommandGrammar.Parse(text, mentions) switch
        {
            ChatCommand.Open open => await opens.OpenAsync(who, where, open, delivery, budget),
            ChatCommand.Status { Ticket: { } ticket } => await lists.StatusAsync(ticket, where, budget),
            ChatCommand.Status => await lists.HereAsync(where, ct),
            ChatCommand.List(var page) => await lists.AllAsync(where, page, ct),
            ChatCommand.History { Ticket: var ticket } => await lists.HistoryAsync(ticket, where, budget),
            ChatCommand.OnCall => await lists.OnCallAsync(where, budget),
            ChatCommand.Cancel { Ticket: var ticket } => await PressAsync("cancel", ticket, CardAction.Cancel),
            ChatCommand.Skip { Ticket: var ticket } => await PressAsync("skip", ticket, CardAction.Skip),
            ChatCommand.Take { Ticket: var ticket } => await PressAsync("take", ticket, CardAction.TakeIt),
            ChatCommand.Done { Ticket: var ticket } => await PressAsync("done", ticket, CardAction.Done),
            ChatCommand.Redispatch { Ticket: var ticket } => await PressAsync("redispatch", ticket, CardAction.Redispatch),
            ChatCommand.Also { Ticket: var ticket, Place: var place } => await FoundAsync("also", ticket, where, budget, state =>
                mirroring.AddAsync(who, where, state, place, delivery, budget)),
            ChatCommand.Away { When: var when } => await absences.AwayAsync(who, when, budget),
            ChatCommand.Cover cover => await absences.CoverAsync(who, where, cover, text, budget) ?? await OpenAsync(cover.Otherwise!),
            ChatCommand.AwayOfOther other => await absences.AwayOfOtherAsync(other, budget) ?? await OpenAsync(other.Otherwise),
            ChatCommand.Schedule schedule =>
                await schedules.AnswerAsync(who, schedule, text, budget) ?? await OpenAsync(schedule.Otherwise!),
            ChatCommand.Incomplete { Command: var command, Words: var words } => new ChatReply.Private(AbsenceText.HowTo(command, words)),
            ChatCommand.Resembling { Command: var command, Words: var words } =>
                new ChatReply.Private(ReplyText.CommandMeant(command, [], words)),
            ChatCommand.Back => await absences.BackAsync(who, budget),
            ChatCommand.Help or ChatCommand.Empty => new ChatReply.Private(ReplyText.Help),
            var other => throw new UnreachableException(other.GetType().Name),
        };

        Task<ChatReply> OpenAsync(ChatCommand.Open open) => opens.OpenAsync(who, where, open, delivery, budget);

        Task<ChatReply> PressAsync(string verb, string ticket, CardAction action) => FoundAsync(verb, ticket, where, budget, state =>
            PressForAsync(who, where, state, action, delivery, budget));
    }

    /// <summary>Dispatches a message that somebody wrote: the ticket that it names, or else its words with a link to it.</summary>
    public async Task<ChatReply> MessageAsync(
        Person who, ChatChannel where, string messageText, string? link, Delivery delivery, CancellationToken ct)
    {
        using var budget = lookups.Begin(delivery.TimeBudget, ct);
        return await opens.OpenAsync(who, where, messageText, link, delivery, budget);
    }

    async Task<ChatReply> FoundAsync(
        string verb, string ticket, ChatChannel where, TimeBudget budget, Func<DispatchState, Task<ChatReply>> answer)
    {
        if (ticket.Length == 0)
            return await lists.WhichAsync(verb, where, budget.Caller);
        var (state, mistake) = await finder.FindAsync(verb, ticket, where, budget);
        return state is null ? new ChatReply.Private(mistake) : await answer(state);
    }

    async Task<ChatReply> PressForAsync(
        Person who, ChatChannel where, DispatchState state, CardAction action, Delivery delivery, TimeBudget budget)
    {
        // The command ends the turn that its author sees on the card now.
        var button = DispatchCard.Of(state).Buttons.FirstOrDefault(each => each.Action == action);
        if (action is CardAction.Skip && button is null && !state.IsClosed)
            return new ChatReply.Private(ReplyText.NobodyToSkip(state), state.Plan.Id);
        var press = new ButtonPress(who, where, state.Plan.Id, action, button?.Callee, button?.Round ?? 0, delivery);
        return await presses.HandleAsync(press, budget) switch
        {
            ChatReply.Nothing => new ChatReply.Private(
                ReplyText.Standing(await finder.AgainAsync(state, budget.Caller)), state.Plan.Id),
            var answer => answer,
        };
    }
}
