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
internal sealed record ButtonPress(Person Who, ChatChannel Where, DispatchId Dispatch, CardAction Action, int? Callee, int Round, Delivery Delivery);

/// <summary>What a button on the card comes to: an input for the engine, or words for the presser that say why not.</summary>
internal sealed class Presses(DispatchEngine engine, Access access, Lookups lookups, Subjects subjects, Links links, FormOpening forms, Tenancy tenancy, MirrorPlaces places, Workload workload)
{
    public async Task<DeskAnswer> PressAsync(ButtonPress press, Patience patience)
    {
        // The name goes into everybody's thread.
        press = press with { Who = press.Who with { Name = PlainWords.OneLine(press.Who.Name) } };
        if (await engine.FindAsync(press.Dispatch, patience.Caller) is not { } state || !tenancy.IsKnownIn(state, press.Where))
            return new DeskAnswer.Private(DeskWords.UnknownDispatch);
        if (await access.RefusalAsync(DeedOf(press.Action), press.Who, patience) is { } mayNot)
            return new DeskAnswer.Private(mayNot, press.Dispatch);
        return press.Action switch
        {
            CardAction.Cancel => await ApplyAsync(press, new DispatchInput.Cancel(press.Who), DeskWords.AlreadyClosed, patience),
            CardAction.Skip when press.Callee is { } callee => await ApplyAsync(press, new DispatchInput.Skip(press.Who, callee, press.Round), WhyNotSkipped, patience),
            CardAction.Skip => new DeskAnswer.Private(WhyNotSkipped(state), press.Dispatch),
            CardAction.TakeIt => await TakeAsync(press, patience),
            CardAction.Done => await ApplyAsync(press, new DispatchInput.MarkDone(press.Who), WhyNotDone, patience),
            CardAction.Redispatch => await RedispatchAsync(press, state, patience),
            _ => throw new UnreachableException(press.Action.ToString()),
        };

        string WhyNotSkipped(DispatchState after) => after.IsClosed ? DeskWords.AlreadyClosed(after) : DeskWords.StaleSkip(after, press.Callee);
    }

    /// <summary>Every press that changes a dispatch goes through here, with its <see cref="Delivery"/>.</summary>
    async Task<DeskAnswer> ApplyAsync(ButtonPress press, DispatchInput input, Func<DispatchState, string> whyNot, Patience patience) =>
        await engine.ApplyOnceAsync(press.Dispatch, input, $"{press.Who.Platform}:{press.Delivery.Id}", patience.Caller) switch
        {
            Applied.Decided { Decision.IsIgnored: true, Decision.State: var state } => new DeskAnswer.Private(whyNot(state), press.Dispatch),
            Applied.NoSuchDispatch => new DeskAnswer.Private(DeskWords.UnknownDispatch),
            _ => new DeskAnswer.Nothing(),
        };

    async Task<DeskAnswer> TakeAsync(ButtonPress press, Patience patience)
    {
        if (await lookups.ListPeopleAsync(patience) is not { } everybody)
            return new DeskAnswer.Private(DeskWords.DirectoryUnavailable, press.Dispatch);
        return await links.FindAsync(press.Who, everybody, patience) switch
        {
            Link.To(var employee) => await ApplyAsync(press, new DispatchInput.Take(press.Who, employee.Id, employee.Phone), DeskWords.AlreadyClosed, patience),
            Link.Unknown => new DeskAnswer.Private(DeskWords.ChatUnavailable, press.Dispatch),
            _ => new DeskAnswer.Private(DeskWords.NotLinked(press.Who), press.Dispatch),
        };
    }

    async Task<DeskAnswer> RedispatchAsync(ButtonPress press, DispatchState old, Patience patience)
    {
        var plan = old.Plan;
        if (!old.IsClosed)
            return new DeskAnswer.Private(DeskWords.StillRunning(old), plan.Id);
        if (await engine.FindOpenByTicketAsync(plan.Ticket.Reference, patience.Caller) is { } other)
            return tenancy.AlreadyOpen(other, press.Where);

        var listing = lookups.ListPeopleAsync(patience);
        var found = await subjects.AgainAsync(plan.Ticket.Reference, plan.Ticket.IsFreeText, plan.Ticket.Link, patience);
        if (await listing is not { } everybody)
            return new DeskAnswer.Private(DeskWords.DirectoryUnavailable, plan.Id);
        return found switch
        {
            FoundTicket.Found(var ticket) => forms.Open(
                press.Who.Platform, press.Delivery.Id, new(ticket, plan.Note, PickedAgain(old, everybody), places.Offered(press.Where, [], old), plan.Id), everybody,
                await workload.ReadAsync(press.Where, patience.Caller)),
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
