using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Dispatching;

/// <summary>Says which lanes of a dispatch need a look after a change, and when.</summary>
/// <remarks>
/// Threads wait for a pause unless something happened that people must know at once. A ticket that is written into waits as well, unless
/// somebody has the job or the dispatch is closed.
/// </remarks>
internal sealed class LaneMarks(IOptions<ThreadOptions> threads, ITicketUpdates tickets, IEventLane? webhooks = null)
{
    // Few changes want more: then the list grows.
    const int UsualInOneChange = 4;

    readonly TimeSpan updatePause = threads.Value.UpdatePause;

    /// <summary>Returns the lanes that need a look because <paramref name="before"/> became <paramref name="after"/>.</summary>
    public ImmutableArray<LaneMark> Of(
        DispatchState? before, DispatchState after, ImmutableArray<DispatchEvent> events, DateTimeOffset now)
    {
        var marks = ImmutableArray.CreateBuilder<LaneMark>(UsualInOneChange);
        if (Agenda.CallToPlace(after) is { } call && (before is null || Agenda.CallToPlace(before) != call))
            marks.Add(new(Lanes.Voice, now));
        var ends = Agenda.LegsToEnd(after);
        if (ends.Length > 0)
            marks.Add(new(Lanes.HangUp, ends.Min(end => end.DueAt)));
        var lookup = Agenda.NextLookup(after, now);
        if ((before is null ? null : Agenda.NextLookup(before, now)) != lookup)
            marks.Add(new(Lanes.Lookup, lookup));
        var deadline = Agenda.Deadline(after);
        if (before is null || Agenda.Deadline(before) != deadline)
            marks.Add(new(Lanes.Clock, deadline));
        if (events.Any(IsShown))
        {
            var shownAt = events.Any(IsUrgent) ? now : now + updatePause;
            for (var thread = 0; thread <= after.Mirrors.Length; thread++)
                if (!after.GivenUpThreads.Contains(thread))
                    marks.Add(new(Lanes.Threads[thread], shownAt) { IsNoLaterThanBefore = true });
        }
        if (events.Any(TicketLane.IsNoted) && tickets.HandlingOf(after.Plan.Ticket) is { Writes: true } or { IsSetUp: false })
            marks.Add(new(Lanes.Ticket, events.Any(TicketLane.EndsNote) ? now : now + TicketLane.NotePause) { IsNoLaterThanBefore = true });
        for (var program = 0; program < webhooks?.Count; program++)
            if (webhooks.IsFor(program, after, events))
                marks.Add(new(webhooks.LaneNames[program], now) { IsNoLaterThanBefore = true });
        return marks.DrainToImmutable();
    }

    /// <summary>Whether people must know of the event at once: somebody waits for it, asked for it, or must act.</summary>
    static bool IsUrgent(DispatchEvent happened) => happened is
        DispatchEvent.Started or DispatchEvent.Accepted or DispatchEvent.Taken or DispatchEvent.Cancelled or DispatchEvent.Exhausted
        or DispatchEvent.CalledOff or DispatchEvent.JobEnded or DispatchEvent.TicketChanged or DispatchEvent.TicketReported
        or DispatchEvent.MarkedDone or DispatchEvent.Skipped or DispatchEvent.MirrorAdded or DispatchEvent.ThreadGivenUp
        or DispatchEvent.RecordsAwaited or DispatchEvent.LineWentDown or DispatchEvent.PersonAwaited
        or DispatchEvent.KeyRecorded { Key: Key.Accept or Key.Reject }
        or DispatchEvent.AttemptEnded { Outcome: CallOutcome.Rejected or CallOutcome.BadNumber };

    /// <summary>Whether people see the event. The others change neither the card nor the thread.</summary>
    public static bool IsShown(DispatchEvent happened) => happened is not (
        DispatchEvent.CallPlaced or DispatchEvent.RecordsMissed or DispatchEvent.LegInformed or DispatchEvent.LegCut
        or DispatchEvent.PersonFreed
        or DispatchEvent.LegMoved { Report.Status: LegStatus.None or LegStatus.Queued or LegStatus.Initiated });
}
