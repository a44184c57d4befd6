using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Api;

/// <summary>Some events of a dispatch.</summary>
/// <param name="Events">The events, in order.</param>
/// <param name="Next">The value of <c>after</c> for the following page; null if this is the last one so far.</param>
internal sealed record EventPage(ImmutableArray<EventView> Events, long? Next);

/// <summary>An event as programs see it. Types are added to and never changed. It contains no phone number.</summary>
/// <param name="Seq">Its number in the dispatch; the numbers have gaps.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Type">What happened.</param>
/// <param name="Person">The person it is about.</param>
/// <param name="By">Who did it.</param>
/// <param name="Call">The number of the call to this person, from 1.</param>
/// <param name="Round">The round through the people, from 1.</param>
/// <param name="Outcome">How the call ended.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Until">When that ends.</param>
internal sealed record EventView(
    long Seq, DateTimeOffset At, string Type, PersonView? Person = null, string? By = null, int? Call = null, int? Round = null,
    string? Outcome = null, string? Reason = null, DateTimeOffset? Until = null);

/// <summary>Makes what programs see of stored events. What only the product itself needs to know has no view.</summary>
internal static class EventViews
{
    /// <summary>Every type of event.</summary>
    public static readonly ImmutableArray<string> Types =
    [
        "dispatch.started", "call.started", "call.ringing", "call.answered", "call.ended", "person.passed_over", "person.skipped",
        "dispatch.waiting", "round.ended", "line.down", "line.restored", "dispatch.accepted", "dispatch.cancelled", "dispatch.exhausted",
        "dispatch.done", "ticket.changed",
    ];

    /// <summary>Returns the view of an event; null if it has none.</summary>
    /// <param name="state">A state that is at least as new as the event.</param>
    /// <param name="stored">The event.</param>
    public static EventView? Of(DispatchState state, StoredEvent stored)
    {
        return stored.Happened switch
        {
            DispatchEvent.Started e => View("dispatch.started") with { By = e.Plan.AskedBy.Name },
            DispatchEvent.CallBegun e => OfCall("call.started", e.Attempt) with { Round = e.Round, Reason = Words(e.Why) },
            DispatchEvent.LegMoved { Report.Status: LegStatus.Ringing } e => OfCall("call.ringing", e.Attempt),
            DispatchEvent.LegMoved { Report.Status: LegStatus.InProgress } e => OfCall("call.answered", e.Attempt),
            DispatchEvent.AttemptEnded e => OfCall("call.ended", e.Attempt) with
            {
                Outcome = e.Outcome.ToString(),
                Reason = Words(Core.Words.Of(e.Evidence)),
            },
            DispatchEvent.PassedOver e => OfPerson("person.passed_over", e.Callee) with
            {
                Reason = Words(e.Detail ?? Core.Words.Of(e.Reason)),
                Until = e.Until,
            },
            DispatchEvent.Skipped e => OfPerson("person.skipped", e.Callee) with { By = e.By.Name },
            DispatchEvent.PersonAwaited e => View("dispatch.waiting") with { Until = e.Until },
            DispatchEvent.RoundEnded e => View("round.ended") with { Round = e.Round, Until = e.Until },
            DispatchEvent.LineWentDown e => View("line.down") with { Reason = Words(Core.Words.Of(e.Reason)), Until = e.Until },
            DispatchEvent.LineRestored => View("line.restored"),
            DispatchEvent.Accepted e => OfCall("dispatch.accepted", e.Attempt),
            DispatchEvent.Taken e => View("dispatch.accepted") with { Person = new(e.Employee.Value, e.By.Name), By = e.By.Name },
            DispatchEvent.Cancelled e => View("dispatch.cancelled") with { By = e.By.Name },
            DispatchEvent.CalledOff e => View("dispatch.cancelled") with { Reason = Words(e.Because) },
            DispatchEvent.JobEnded e => View("dispatch.done") with { Reason = Words(e.Because) },
            DispatchEvent.TicketChanged => View("ticket.changed"),
            DispatchEvent.Exhausted e => View("dispatch.exhausted") with { Reason = Core.Words.Of(e.Because) },
            DispatchEvent.MarkedDone e => View("dispatch.done") with { By = e.By.Name },
            _ => null,
        };

        EventView View(string type) => new(stored.Seq, stored.At, type);

        EventView OfPerson(string type, int callee) =>
            View(type) with { Person = new(state.Plan.Roster[callee].Id.Value, state.Plan.Roster[callee].Name) };

        EventView OfCall(string type, AttemptId attempt) => OfPerson(type, attempt.Callee) with { Call = attempt.Number };
    }

    /// <summary>Returns the type of an event; null if programs do not see it.</summary>
    public static string? TypeOf(DispatchState state, DispatchEvent happened) => Of(state, new(0, default, happened, 0))?.Type;

    /// <summary>Returns a sentence without the marks that keep its word order on a screen.</summary>
    public static string Plain(string sentence) =>
        sentence.Any(Isolation.IsMark) ? string.Concat(sentence.Where(letter => !Isolation.IsMark(letter))) : sentence;

    static string? Words(string? sentence) => string.IsNullOrEmpty(sentence) ? null : Plain(sentence);
}
