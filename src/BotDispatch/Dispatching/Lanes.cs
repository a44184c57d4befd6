using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>The lanes of a dispatch, and which of them a change makes worth a look.</summary>
internal static class Lanes
{
    /// <summary>The state wants a call: place it.</summary>
    public const string Voice = "voice";
    /// <summary>Legs that should not live: end them.</summary>
    public const string HangUp = "hangup";
    /// <summary>The provider's records are worth a look.</summary>
    public const string Lookup = "lookup";
    /// <summary>The state's deadline.</summary>
    public const string Clock = "clock";
    /// <summary>Somebody this dispatch waits for may be free.</summary>
    public const string Line = "line";
    /// <summary>The ticket is worth a note.</summary>
    public const string Ticket = "ticket";
    /// <summary>Other programs have not got all events.</summary>
    public const string Webhooks = "webhooks";
    /// <summary>The thread where it was begun; those of its mirrors count on.</summary>
    public const string Thread = ThreadBegins + "0";

    const string ThreadBegins = "thread:";

    // Each thread has a lane of its own kind, so that a slow chat does not delay the others.
    static readonly ImmutableArray<string> Threads =
        [.. Enumerable.Range(0, 1 + Decider.MostMirrors).Select(n => string.Create(CultureInfo.InvariantCulture, $"{ThreadBegins}{n}"))];

    /// <summary>Every lane that a dispatch may have.</summary>
    public static readonly ImmutableArray<string> All = [Voice, HangUp, Lookup, Clock, Line, Ticket, Webhooks, .. Threads];

    /// <summary>The number of the thread that a thread lane brings up to date.</summary>
    public static int ThreadOf(string lane) => int.Parse(lane.AsSpan(ThreadBegins.Length), CultureInfo.InvariantCulture);

    /// <summary>
    /// The lanes that need a look because <paramref name="before"/> became <paramref name="after"/>. Threads wait for
    /// <paramref name="updatePause"/> unless something happened that people must know at once, and a ticket that is written into waits for
    /// <paramref name="notePause"/> unless somebody has the job or the dispatch is closed. It is null for any other ticket.
    /// </summary>
    public static ImmutableArray<LaneMark> Wanted(
        DispatchState? before, DispatchState after, ImmutableArray<DispatchEvent> events, DateTimeOffset now, TimeSpan updatePause,
        TimeSpan? notePause = null, bool hasWebhooks = false)
    {
        var marks = ImmutableArray.CreateBuilder<LaneMark>();
        if (Agenda.CallToPlace(after) is { } call && (before is null || Agenda.CallToPlace(before) != call))
            marks.Add(new(Voice, now));
        var ends = Agenda.LegsToEnd(after);
        if (ends.Length > 0)
            marks.Add(new(HangUp, ends.Min(end => end.DueAt)));
        var lookup = Agenda.NextLookup(after, now);
        if ((before is null ? null : Agenda.NextLookup(before, now)) != lookup)
            marks.Add(new(Lookup, lookup));
        var deadline = Agenda.Deadline(after);
        if (before is null || Agenda.Deadline(before) != deadline)
            marks.Add(new(Clock, deadline));
        if (events.Any(IsShown))
            for (var thread = 0; thread <= after.Mirrors.Length; thread++)
                if (!after.GivenUpThreads.Contains(thread))
                    marks.Add(new(Threads[thread], events.Any(IsUrgent) ? now : now + updatePause) { IsNoLaterThanBefore = true });
        if (notePause is { } pause && events.Any(TicketLane.IsNoted))
            marks.Add(new(Ticket, events.Any(TicketLane.EndsNote) ? now : now + pause) { IsNoLaterThanBefore = true });
        if (hasWebhooks)
            marks.Add(new(Webhooks, now) { IsNoLaterThanBefore = true });
        return marks.ToImmutable();
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
    static bool IsShown(DispatchEvent happened) => happened is not (
        DispatchEvent.CallPlaced or DispatchEvent.RecordsMissed or DispatchEvent.LegInformed or DispatchEvent.LegCut
        or DispatchEvent.PersonFreed
        or DispatchEvent.LegMoved { Report.Status: LegStatus.None or LegStatus.Queued or LegStatus.Initiated });
}
