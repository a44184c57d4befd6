using System.Collections.Immutable;
using System.Diagnostics;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>What a button on the card comes to: an input for the engine, or words for the presser that say why not.</summary>
internal sealed class Presses(DispatchEngine engine, Access access, Lookups lookups, Subjects subjects, Links links, FormOpening forms)
{
    public async Task<DeskAnswer> PressAsync(Person who, DispatchId dispatch, CardAction action, int callee, int round, Patience patience)
    {
        // The name goes into everybody's thread.
        who = who with { Name = PlainWords.OneLine(who.Name) };
        if (await engine.FindAsync(dispatch, patience.Caller) is not { } state)
            return new DeskAnswer.Private(DeskWords.UnknownDispatch);
        if (await access.RefusalAsync(DeedOf(action), who, patience) is { } mayNot)
            return new DeskAnswer.Private(mayNot, dispatch);
        return action switch
        {
            CardAction.Cancel => await ApplyAsync(dispatch, new DispatchInput.Cancel(who), DeskWords.AlreadyClosed, patience),
            CardAction.Skip => await ApplyAsync(dispatch, new DispatchInput.Skip(who, callee, round),
                after => after.IsClosed ? DeskWords.AlreadyClosed(after) : DeskWords.StaleSkip(after, callee), patience),
            CardAction.TakeIt => await TakeAsync(who, dispatch, patience),
            CardAction.Done => await ApplyAsync(dispatch, new DispatchInput.MarkDone(who), WhyNotDone, patience),
            CardAction.Redispatch => await RedispatchAsync(who, state, patience),
            _ => throw new UnreachableException(action.ToString()),
        };
    }

    async Task<DeskAnswer> ApplyAsync(DispatchId dispatch, DispatchInput input, Func<DispatchState, string> whyNot, Patience patience) =>
        await engine.ApplyAsync(dispatch, input, patience.Caller) switch
        {
            Applied.Decided { Decision.IsIgnored: false } => new DeskAnswer.Nothing(),
            Applied.Decided { Decision.State: var state } => new DeskAnswer.Private(whyNot(state), dispatch),
            _ => new DeskAnswer.Private(DeskWords.UnknownDispatch),
        };

    async Task<DeskAnswer> TakeAsync(Person who, DispatchId dispatch, Patience patience)
    {
        if (await lookups.ListPeopleAsync(patience) is not { } everybody)
            return new DeskAnswer.Private(DeskWords.DirectoryUnavailable, dispatch);
        return await links.FindAsync(who, everybody, patience.Caller) is { } employee
            ? await ApplyAsync(dispatch, new DispatchInput.Take(who, employee.Id, employee.Phone), DeskWords.AlreadyClosed, patience)
            : new DeskAnswer.Private(DeskWords.NotLinked(who), dispatch);
    }

    async Task<DeskAnswer> RedispatchAsync(Person who, DispatchState old, Patience patience)
    {
        var plan = old.Plan;
        if (!old.IsClosed)
            return new DeskAnswer.Private(DeskWords.StillRunning(old), plan.Id);
        if (await engine.FindOpenByTicketAsync(plan.Ticket.Reference, patience.Caller) is { } other)
            return new DeskAnswer.Private(DeskWords.AlreadyOpen(other), other.Plan.Id);

        var listing = lookups.ListPeopleAsync(patience);
        var found = await subjects.AgainAsync(plan.Ticket.Reference, plan.Ticket.IsFreeText, patience);
        if (await listing is not { } everybody)
            return new DeskAnswer.Private(DeskWords.DirectoryUnavailable, plan.Id);
        return found switch
        {
            FoundTicket.Found(var ticket) => forms.Open(
                who.Platform, Guid.NewGuid().ToString(), new(ticket, plan.Note, PickedAgain(old, everybody), plan.Id), everybody),
            FoundTicket.Unavailable(var because) => new DeskAnswer.Private(DeskWords.TicketUnavailable(because), plan.Id),
            _ => new DeskAnswer.Private(DeskWords.TicketIsGone(plan.Ticket.Reference), plan.Id),
        };
    }

    /// <summary>The same people in the same order, without those who rejected and those who cannot be phoned any more.</summary>
    static ImmutableArray<EmployeeId> PickedAgain(DispatchState old, IReadOnlyList<Employee> everybody)
    {
        var phoned = everybody.Where(each => DeskWords.ProblemOf(each) is null).Select(each => each.Id).ToHashSet();
        return [.. old.Plan.Roster.Where((each, callee) => !old.Callees[callee].Rejected && phoned.Contains(each.Id)).Select(each => each.Id)];
    }

    static string WhyNotDone(DispatchState state) =>
        state.Resolution is Resolution.Accepted or Resolution.Taken ? DeskWords.AlreadyDone(state) : DeskWords.NotDoneYet(state);

    static Deed DeedOf(CardAction action) => action switch
    {
        CardAction.Cancel => Deed.Cancel,
        CardAction.Skip => Deed.Skip,
        CardAction.TakeIt => Deed.Take,
        CardAction.Redispatch => Deed.Redispatch,
        CardAction.Done => Deed.Done,
        _ => throw new UnreachableException(action.ToString()),
    };
}
