using System.Collections.Immutable;

namespace BotDispatch.Core;

/// <summary>What was asked for in the dialog. It never changes once the dispatch has started.</summary>
/// <param name="Id">The dispatch's id, derived from the delivery of the dialog.</param>
/// <param name="Ticket">The job.</param>
/// <param name="Note">The note from the dialog; spoken after the ticket. Null if there is none.</param>
/// <param name="Roster">The people to call, in order; never empty.</param>
/// <param name="Policy">How hard to try.</param>
/// <param name="AskedBy">The person who sent the dialog; mentioned when somebody accepts.</param>
/// <param name="Channel">The place of the thread.</param>
/// <param name="Replaces">The closed dispatch whose thread this one continues; null for a new thread.</param>
public sealed record DispatchPlan(
    DispatchId Id, Ticket Ticket, string? Note, ImmutableArray<Callee> Roster, EscalationPolicy Policy, Person AskedBy,
    ChatChannel Channel, DispatchId? Replaces = null)
{
    /// <summary>
    /// The named lists that are called one after the other, the next one when one is exhausted; empty if people were picked without a list.
    /// </summary>
    public ImmutableArray<PlannedList> Lists { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Returns the policy of a list, as an index into the lists; that of the plan if there are no lists.</summary>
    public EscalationPolicy PolicyOf(int list) => Lists.IsEmpty ? Policy : Lists[list].Policy;
}

/// <summary>A named list as it was when the dispatch started.</summary>
/// <param name="Id">The word that people type.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="People">Who is called, in order. Somebody may be on several lists of a dispatch.</param>
/// <param name="Policy">How hard this list is tried.</param>
public sealed record PlannedList(string Id, string Name, ImmutableArray<ListPick> People, EscalationPolicy Policy)
{
    /// <summary>The places that show the dispatch once this list is exhausted.</summary>
    public ImmutableArray<Mirror> ShownWhenExhausted { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The people who are mentioned in the thread once this list is exhausted.</summary>
    public ImmutableArray<Person> MentionedWhenExhausted { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>Somebody on a list of a dispatch.</summary>
/// <param name="Callee">Who, as an index into the roster.</param>
/// <param name="Reason">Why they have this place on the list, as <c>lifts, longest since last called (19 days)</c>; may be empty.</param>
public readonly record struct ListPick(int Callee, string Reason);
