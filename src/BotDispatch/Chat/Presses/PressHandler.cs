using System.Collections.Immutable;
using System.Diagnostics;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>A button that was pressed, or the words for it that were typed.</summary>
/// <param name="Who">By whom.</param>
/// <param name="Where">Where.</param>
/// <param name="Dispatch">Of which dispatch.</param>
/// <param name="Action">Which button.</param>
/// <param name="Callee">The button's own; only Skip has it.</param>
/// <param name="Round">The button's own; only Skip has it.</param>
/// <param name="Delivery">The same press delivered again is decided once.</param>
internal sealed record ButtonPress(
    Person Who, ChatChannel Where, DispatchId Dispatch, CardAction Action, int? Callee, int Round, Delivery Delivery);

/// <summary>What a button on the card comes to: an input for the engine, or words for the presser that say why not.</summary>
// Eight, because the buttons of a card lead to commands, to the dialog and to lists.
internal sealed class PressHandler(
    DispatchEngine engine, Access access, DirectoryQueries lookups, TicketResolver subjects, EmployeeLinks links, FormOpening opening,
    Tenancy tenancy, ListPlanning lists)
{
    /// <summary>Handles a pressed button in the time that its delivery has.</summary>
    public async Task<ChatReply> HandleAsync(ButtonPress press, CancellationToken ct)
    {
        using var budget = lookups.Begin(press.Delivery.TimeBudget, ct);
        return await HandleAsync(press, budget);
    }

    /// <summary>Handles a press in what is left of somebody's time: a typed command has spent some to find its dispatch.</summary>
    public async Task<ChatReply> HandleAsync(ButtonPress press, TimeBudget budget)
    {
        // The name goes into everybody's thread.
        press = press with { Who = press.Who with { Name = PlainWords.OneLine(press.Who.Name) } };
        if (await engine.FindAsync(press.Dispatch, budget.Caller) is not { } state || !tenancy.IsKnownIn(state, press.Where))
            return new ChatReply.Private(ReplyText.UnknownDispatch);
        if (await access.RefusalAsync(DeedOf(press.Action), press.Who, budget) is { } mayNot)
            return new ChatReply.Private(mayNot, press.Dispatch);
        return press.Action switch
        {
            CardAction.Cancel => await ApplyAsync(press, new DispatchInput.Cancel(press.Who), ReplyText.AlreadyClosed, budget),
            CardAction.Skip when press.Callee is { } callee =>
                await ApplyAsync(press, new DispatchInput.Skip(press.Who, callee, press.Round), WhyNotSkipped, budget),
            CardAction.Skip => new ChatReply.Private(WhyNotSkipped(state), press.Dispatch),
            CardAction.TakeIt => await TakeAsync(press, budget),
            CardAction.Done => await ApplyAsync(press, new DispatchInput.MarkDone(press.Who), WhyNotDone, budget),
            CardAction.Redispatch => await RedispatchAsync(press, state, budget),
            _ => throw new UnreachableException(press.Action.ToString()),
        };

        string WhyNotSkipped(DispatchState after) =>
            after.IsClosed ? ReplyText.AlreadyClosed(after) : ReplyText.StaleSkip(after, press.Callee);
    }

    /// <summary>Every press that changes a dispatch goes through here, with its <see cref="Delivery"/>.</summary>
    async Task<ChatReply> ApplyAsync(ButtonPress press, DispatchInput input, Func<DispatchState, string> whyNot, TimeBudget budget) =>
        await engine.ApplyOnceAsync(press.Dispatch, input, $"{press.Who.Platform}:{press.Delivery.Id}", budget.Caller) switch
        {
            Applied.Decided { Decision.IsIgnored: true, Decision.State: var state } => new ChatReply.Private(whyNot(state), press.Dispatch),
            Applied.NoSuchDispatch => new ChatReply.Private(ReplyText.UnknownDispatch),
            _ => new ChatReply.Nothing(),
        };

    async Task<ChatReply> TakeAsync(ButtonPress press, TimeBudget budget)
    {
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable, press.Dispatch);
        return await links.FindAsync(press.Who, everybody, budget) switch
        {
            Link.To(var employee) =>
                await ApplyAsync(press, new DispatchInput.Take(press.Who, employee.Id, employee.Phone), ReplyText.AlreadyClosed, budget),
            Link.Unknown => new ChatReply.Private(ReplyText.ChatUnavailable, press.Dispatch),
            _ => new ChatReply.Private(ReplyText.NotLinked(press.Who) + lookups.Unread, press.Dispatch),
        };
    }

    async Task<ChatReply> RedispatchAsync(ButtonPress press, DispatchState old, TimeBudget budget)
    {
        var plan = old.Plan;
        if (!old.IsClosed)
            return new ChatReply.Private(ReplyText.StillRunning(old), plan.Id);
        if (await opening.RefusalAsync(plan.Ticket, press.Where, budget.Caller) is { } isOpen)
            return isOpen;

        var listing = lookups.ListPeopleAsync(budget);
        var found = await subjects.AgainAsync(plan.Ticket.Reference, plan.Ticket.IsFreeText, plan.Ticket.Link, budget, old);
        if (await listing is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable, plan.Id);
        return found switch
        {
            FoundTicket.Found(var ticket) => await opening.OpenAsync(
                press.Who, press.Where, press.Delivery, (ticket, plan.Note, PickedAgain(old, everybody)), everybody, old, budget.Caller,
                await ListAgainAsync(old, ticket, budget)),
            FoundTicket.Unavailable(var because) => FormOpening.WithNotice(await opening.OpenAsync(
                press.Who, press.Where, press.Delivery, (plan.Ticket, plan.Note, PickedAgain(old, everybody)), everybody, old,
                    budget.Caller, await ListAgainAsync(old, plan.Ticket, budget)),
                ReplyText.AsDispatchedBefore(because)),
            _ => new ChatReply.Private(ReplyText.TicketIsGone(plan.Ticket.Reference), plan.Id),
        };
    }

    // The list as it is now: its policy and its people may have changed.
    Task<ListChain?> ListAgainAsync(DispatchState old, Ticket ticket, TimeBudget budget) =>
        old.Plan.Lists is [var list, ..] ? lists.ResolveAsync(list.Id, ticket, budget.Caller) : Task.FromResult<ListChain?>(null);

    /// <summary>The same people in the same order, without those who rejected and those who cannot be phoned any more.</summary>
    static ImmutableArray<EmployeeId> PickedAgain(DispatchState old, IReadOnlyList<Employee> everybody)
    {
        var phoned = everybody.Where(each => each.CannotBePhoned is null).Select(each => each.Id).ToHashSet();
        // Those of the next lists are called when the first list is exhausted.
        var first = old.Plan.Lists is [var list, ..] ? list.People.Select(each => each.Callee) : Enumerable.Range(0, old.Callees.Length);
        return
        [
            .. first.Where(callee => !old.Callees[callee].Rejected).Select(callee => old.Plan.Roster[callee].Id).Where(phoned.Contains),
        ];
    }

    static string WhyNotDone(DispatchState state) =>
        state.Resolution is Resolution.Accepted or Resolution.Taken ? ReplyText.AlreadyDone(state) : ReplyText.NotDoneYet(state);

    static Permission DeedOf(CardAction action) => action switch
    {
        CardAction.Cancel => Permission.Cancel,
        CardAction.Skip => Permission.Skip,
        CardAction.TakeIt => Permission.Take,
        CardAction.Redispatch => Permission.Redispatch,
        CardAction.Done => Permission.Done,
        _ => throw new UnreachableException(action.ToString()),
    };
}
