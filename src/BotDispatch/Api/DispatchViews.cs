using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Api;

/// <summary>A dispatch as programs see it. It contains no phone number.</summary>
/// <param name="Id">The dispatch.</param>
/// <param name="Status">The status that the card shows.</param>
/// <param name="Headline">What happens now, or how the dispatch ended, in a sentence.</param>
/// <param name="IsClosed">The dispatch is closed and stays closed.</param>
/// <param name="AcceptedBy">The person who has the job.</param>
/// <param name="IsDone">The accepted job is done.</param>
/// <param name="Ticket">The job.</param>
/// <param name="Note">The note that is spoken after the ticket.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="Replaces">The closed dispatch whose thread this one continues.</param>
/// <param name="People">The people to call, in order.</param>
internal sealed record DispatchView(
    string Id, string Status, string Headline, bool IsClosed, PersonView? AcceptedBy, bool IsDone, TicketView Ticket, string? Note,
    string StartedBy, DateTimeOffset StartedAt, DateTimeOffset? ClosedAt, string? Replaces, ImmutableArray<CalleeView> People)
{
    public static DispatchView Of(DispatchState state)
    {
        var (plan, card) = (state.Plan, DispatchCard.Of(state));
        var (acceptedBy, isDone) = state.Resolution switch
        {
            Resolution.Accepted accepted when plan.Roster[accepted.Attempt.Callee] is var callee =>
                (new PersonView(callee.Id.Value, callee.Name), accepted.IsDone),
            Resolution.Taken taken => (new PersonView(taken.Employee.Value, taken.By.Name), taken.IsDone),
            _ => ((PersonView?)null, false),
        };
        return new(plan.Id.Value, card.Status.ToString(), EventViews.Plain(card.Headline), state.IsClosed, acceptedBy, isDone,
            TicketView.Of(plan.Ticket), plan.Note, plan.AskedBy.Name, state.StartedAt,
            (state.Phase as Phase.Closed)?.At, plan.Replaces?.Value,
            [.. plan.Roster.Zip(card.People, (callee, person) => new CalleeView(callee.Id.Value, callee.Name,
                person.State.Length > 0 ? EventViews.Plain(person.State) : null,
                [.. person.Calls.Select(call => call is { } outcome ? outcome.ToString() : "UnderWay")]))]);
    }
}

/// <summary>A person of the directory.</summary>
internal sealed record PersonView(string Id, string Name);

/// <summary>A person to call.</summary>
/// <param name="Id">Their id in the directory.</param>
/// <param name="Name">Their name.</param>
/// <param name="State">Their situation in words; null if there is nothing to say.</param>
/// <param name="Calls">How each of their calls ended, in order.</param>
internal sealed record CalleeView(string Id, string Name, string? State, ImmutableArray<string> Calls);

/// <summary>The job.</summary>
internal sealed record TicketView(
    string Reference, string Title, string? Description, string? Priority, string? Place, string? Link)
{
    public static TicketView Of(Ticket ticket) =>
        new(ticket.Reference, ticket.Title, ticket.Description, ticket.Priority, ticket.Place, ticket.Link);
}
