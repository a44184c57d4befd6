using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>
/// Writes into a ticket what has become of its dispatch, in order and once: who was called, how each call ended, who accepted. Status and
/// assignee come first and are read back, so that the note says what really happened.
/// </summary>
internal sealed class TicketLane(
    DispatchEngine engine, TicketStore store, ITicketUpdates tickets, IThreadWords words,
    IEnumerable<IEmployeeDirectory> directories, ThreadLocations locations, ILogger<TicketLane> log)
{
    /// <summary>How long a note waits for more to happen, because every note notifies the people who follow the ticket.</summary>
    public static readonly TimeSpan NotePause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After so many tries in a row, with a growing pause of at most two minutes, a note is given up. Tries before an acceptance do not
    /// count for it.
    /// </summary>
    const int MostTries = 20;

    /// <summary>After so many tries, which take half a minute, it is said that what somebody accepted is not written.</summary>
    const int TriesUntilSaid = 3;

    const string NotAdmitted = "credentials";
    const string NotAdmittedOnAccepted = "credentials on accepted";

    const string NotSetUp = "system";

    static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Whether the ticket gets a note of the event.</summary>
    public static bool IsNoted(DispatchEvent happened) => happened is DispatchEvent.Started or DispatchEvent.CallBegun
        or DispatchEvent.AttemptEnded or DispatchEvent.KeyRecorded or DispatchEvent.RoundEnded or DispatchEvent.LineWentDown
        or DispatchEvent.Skipped or DispatchEvent.MarkedDone || EndsNote(happened);

    /// <summary>Whether the ticket gets its note at once.</summary>
    public static bool EndsNote(DispatchEvent happened) => happened is DispatchEvent.Accepted or DispatchEvent.Taken
        or DispatchEvent.Cancelled or DispatchEvent.CalledOff or DispatchEvent.Exhausted;

    static bool IsAcceptance(DispatchEvent happened) => happened is DispatchEvent.Accepted or DispatchEvent.Taken;

    /// <summary>Writes what the ticket lacks.</summary>
    /// <param name="stored">The dispatch.</param>
    /// <param name="ct">The process is stopping.</param>
    public async Task<LaneResult> NoteAsync(StoredDispatch stored, CancellationToken ct)
    {
        var (state, id) = (stored.State, stored.State.Plan.Id);
        var found = tickets.HandlingOf(state.Plan.Ticket);
        if (found is { IsSetUp: false } && !state.TicketReports.Contains(NotSetUp))
            await ReportAsync(found, state, NotSetUp, new(
                $"{found.System} is not set up any more, so nothing is read from or written into this ticket.",
                "Ask an administrator to set it up again under this name."), ct);
        if (found is not { Writes: true } handling)
            return new LaneResult.Done();
        var row = await store.FindAsync(id, ct);
        var tries = row.Tries;
        for (var (from, interrupted) = (row.NotedSeq, row.NotingSeq); from < stored.Seq; interrupted = 0)
        {
            var isRepeated = interrupted > from;
            var to = isRepeated ? interrupted : stored.Seq;
            var events = (await engine.EventsAfterAsync(stored, from, ct)).Where(each => each.Seq <= to).ToImmutableArray();
            if (!events.Any(each => IsNoted(each.Happened)))
            {
                await engine.WriteAsync(id, [TicketStore.SaveNoted(id, to)], ct);
                from = to;
                continue;
            }
            await engine.WriteAsync(id, [TicketStore.SaveAttempt(id, to)], ct);
            var step = new Step(handling, state, from, to, events);
            if (step.Acceptance?.Seq > row.TriedSeq)
                tries = 0;
            switch (await WriteAsync(step, isRepeated, ct))
            {
                case TicketWritten.TryLater when tries >= MostTries:
                case TicketWritten.Unsure when tries >= MostTries:
                    await ReportAsync(handling, state, "notes", new(
                        $"{handling.System} could not be written to for a long time.",
                        "Ask an administrator to look at the log."), ct);
                    break;
                case TicketWritten.TryLater(var because, var after):
                    return Later(because, after, isSurelyNotWritten: true);
                case TicketWritten.Unsure(var because, var after):
                    return Later(because, after, isSurelyNotWritten: false);
                case TicketWritten.Refused { IsNotAdmitted: true } refused when tries < MostTries:
                    if (tries >= TriesUntilSaid && step.Acceptance is not null)
                        await ReportAsync(handling, state, NotAdmittedOnAccepted, new(
                            $"{handling.System} does not accept BotDispatch's credentials, so the ticket does not show yet who accepted. "
                            + "It is tried again for about half an hour.", refused.Remedy), ct);
                    return Later(refused.Because, Retry, isSurelyNotWritten: true);
                case TicketWritten.Refused { IsNotAdmitted: true } refused:
                    // The watch has said so already, unless somebody accepted: then it must be known that nothing was written at all.
                    if (!Admission.IsRefused(state) || step.Acceptance is not null)
                        await ReportAsync(handling, state, NotAdmitted, refused, ct);
                    break;
                case TicketWritten.Refused refused:
                    await ReportAsync(handling, state, "notes", refused, ct);
                    break;
            }
            await engine.WriteAsync(id, [TicketStore.SaveNoted(id, to)], ct);
            (from, tries) = (to, 0);

            LaneResult Later(string because, TimeSpan after, bool isSurelyNotWritten) => new LaneResult.TryLater(because, after)
            {
                Tries = tries,
                // What happens until then is part of the same note, unless an earlier try of this one may have been written.
                Along = isSurelyNotWritten && !isRepeated
                    ? [TicketStore.ForgetAttempt(id), TicketStore.SaveTries(id, tries + 1, to)]
                    : [TicketStore.SaveTries(id, tries + 1, to)],
            };
        }
        return new LaneResult.Done();
    }

    /// <summary>What one note is about.</summary>
    sealed record Step(TicketHandling Handling, DispatchState State, long From, long To, ImmutableArray<StoredEvent> Events)
    {
        public string System => Handling.System;

        public string Reference => State.Plan.Ticket.Reference;

        /// <summary>The acceptance among the events; null if there is none.</summary>
        public StoredEvent? Acceptance => Events.FirstOrDefault(each => IsAcceptance(each.Happened));

        /// <summary>What this note is recognised by. Nobody else writes it, because it has the id of the dispatch.</summary>
        public string Mark => string.Create(CultureInfo.InvariantCulture, $"[BotDispatch {State.Plan.Id}-{To}]");
    }

    async Task<TicketWritten> WriteAsync(Step step, bool isRepeated, CancellationToken ct)
    {
        TicketWritten.Refused? hidden = null;
        if (isRepeated && step.Handling.WritesNotes)
            switch (await tickets.HasNoteAsync(step.System, step.Reference, step.Mark, ct))
            {
                case true:
                    return new TicketWritten.Done();
                // A note that stood there twice would notify everybody again, so one that may stand there is not written once more.
                case null when (hidden = await tickets.FindWhyHiddenAsync(step.System, step.Reference, step.Mark, ct)) is not null:
                    break;
                case null:
                    return new TicketWritten.Unsure("its notes cannot be read", Retry);
            }
        List<string> lines = [];
        if (step.Acceptance is not null && await ChangeAsync(step, lines, ct) is { } later)
            return later;
        if (hidden is not null)
            return hidden;
        if (!step.Handling.WritesNotes)
            return new TicketWritten.Done();
        return await TextAsync(step, lines, ct) is { } text
            ? await tickets.WriteNoteAsync(step.System, step.Reference, text, step.Mark, ct) : new TicketWritten.Done();
    }

    /// <summary>
    /// Sets what the settings say for an accepted ticket, and adds a line for each change, or for its refusal. Returns what has to be tried
    /// again; null if nothing has.
    /// </summary>
    async Task<TicketWritten?> ChangeAsync(Step step, List<string> lines, CancellationToken ct)
    {
        if (step.Handling.StatusOnAccepted is { Length: > 0 } status)
        {
            var set = await tickets.SetStatusAsync(step.System, step.Reference, status, ct);
            if (await NotedAsync(set, "status", $"Status: {status}.") is { } unset)
                return unset;
            if (set is TicketWritten.Done)
                await SaveStandingAsync(step, ct);
        }
        return step.Handling.Assigns && await FindAssigneeAsync(step.State, ct) is { } person
            ? await NotedAsync(
                await tickets.AssignAsync(step.System, step.Reference, person, ct), "assignee", $"Assigned to {person.Name}.")
            : null;

        async Task<TicketWritten?> NotedAsync(TicketWritten written, string what, string done)
        {
            switch (written)
            {
                case TicketWritten.Done:
                    lines.Add(done);
                    return null;
                // Nothing can be written until they are accepted, so neither can a line that says so.
                case TicketWritten.Refused { IsNotAdmitted: true }:
                    return written;
                case TicketWritten.Refused refused:
                    lines.Add(refused.Because);
                    await ReportAsync(step.Handling, step.State, what, refused, ct);
                    return null;
                default:
                    return written;
            }
        }
    }

    // A status that we set may close the ticket, or a workflow may do so because of it: the watch must not take that for somebody's doing.
    async Task SaveStandingAsync(Step step, CancellationToken ct)
    {
        if (step.Handling.Watches && (await tickets.ReadAsync(step.System, [step.Reference], ct)).GetValueOrDefault(step.Reference)
            is TicketReading.Standing standing)
            await engine.WriteAsync(step.State.Plan.Id, [TicketStore.SaveStanding(step.State.Plan.Id, standing.Written)], ct);
    }

    async Task<string?> TextAsync(Step step, List<string> changes, CancellationToken ct)
    {
        ImmutableArray<DispatchEvent> happenings = [.. step.Events.Select(each => each.Happened).Where(each => each is not
            (DispatchEvent.MirrorAdded or DispatchEvent.ThreadGivenUp or DispatchEvent.TicketReported or DispatchEvent.TicketChanged
            or DispatchEvent.JobEnded or DispatchEvent.LookupBegan))];
        if (words.Update(step.State, step.From + 1, happenings) is not { } update)
            return null;
        List<string> lines = [.. update.Lines.Select(line => line.Text), .. changes];
        if (step.Acceptance is { Happened: var happened })
        {
            var at = happened switch { DispatchEvent.Accepted e => e.At, DispatchEvent.Taken e => e.At, _ => default };
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"Accepted at {locations.OnWall(at):yyyy-MM-dd HH:mm:ss} UTC."));
        }
        if (await locations.LinkAsync(step.State, ct) is { } link)
            lines.Add($"Thread: {link}");
        lines.Add(step.Mark);
        return string.Join('\n', lines);
    }

    async Task<TicketAssignee?> FindAssigneeAsync(DispatchState state, CancellationToken ct)
    {
        if (state.Holder is not var (id, name))
            return null;
        var employees = await Task.WhenAll(directories.Select(each => each.ListAsync(ct)));
        var employee = employees.SelectMany(each => each).FirstOrDefault(each => each.Id == id);
        return new(employee?.Email, employee?.Name ?? name);
    }

    async Task ReportAsync(TicketHandling handling, DispatchState state, string what, TicketWritten.Refused refused, CancellationToken ct)
    {
        log.TicketNotWritten(state.Plan.Id, handling.System, what);
        await engine.ApplyAsync(state.Plan.Id, new DispatchInput.ReportTicket(what, $"{refused.Because} {refused.Remedy}".Trim()), ct);
    }
}
