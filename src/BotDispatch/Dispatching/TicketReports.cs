using System.Collections.Concurrent;
using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Dispatching;

// Says in the thread of a dispatch what the watch cannot know of its ticket any more, and where the ticket is now.
internal sealed partial class TicketWatch
{
    /// <summary>How long a system refuses our credentials before that is said, because one refusal alone may be an accident.</summary>
    public static readonly TimeSpan UntilRefusalIsSaid = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<DispatchId, DateTimeOffset> refusedSince = new();

    async Task ReportLossAsync(DispatchState state, TicketHandling handling, string because, CancellationToken ct)
    {
        if (state.TicketReports.Contains("lost"))
            return;
        log.TicketLost(state.Plan.Id, handling.System);
        await ReportAsync(state, "lost",
            $"{state.Plan.Ticket.Reference.Isolated()} can no longer be read in {handling.System}: {because}.",
            " Calling goes on, because the job may still be needed.", ct);
    }

    // The ticket that it was merged into may be merged again, which is another report.
    async Task ReportMergeAsync(DispatchState state, TicketHandling handling, string other, CancellationToken ct)
    {
        var isCalling = !await IsAcceptedAsync(state, ct);
        await ReportAsync(state, $"merged into {other}",
            $"{state.Plan.Ticket.Reference.Isolated()} was merged into {other.Isolated()} in {handling.System}. "
            + $"{(isCalling ? "Calling goes on, and what" : "What")} happens to {other.Isolated()} counts from now on.", "", ct);
    }

    // Nobody waits for the ticket of an accepted job, and there may be hundreds of those.
    async Task ReportRefusalAsync(DispatchState state, TicketHandling handling, string remedy, CancellationToken ct)
    {
        var (id, now) = (state.Plan.Id, real.GetUtcNow());
        if (await IsAcceptedAsync(state, ct))
        {
            refusedSince.TryRemove(id, out _);
            return;
        }
        var since = refusedSince.GetOrAdd(id, now);
        // The clock may have been set back since.
        if (since > now)
            refusedSince[id] = now;
        if (now - since < UntilRefusalIsSaid)
            return;
        var current = await engine.FindAsync(id, ct) ?? state;
        if (!Admission.IsRefused(current))
            await ReportAsync(current, Admission.NextRefusal(current),
                $"{handling.System} does not accept BotDispatch's credentials any more, so what happens in it is not known. "
                + remedy + (handling.Writes ? " Until then nothing is written into it." : ""), " Calling goes on.", ct);
    }

    async Task ReportAdmissionAsync(DispatchState state, TicketHandling handling, CancellationToken ct)
    {
        refusedSince.TryRemove(state.Plan.Id, out _);
        if (Admission.IsRefused(state) && !await IsAcceptedAsync(state, ct))
            await ReportAsync(state, Admission.NextAdmission(state),
                $"{handling.System} lets BotDispatch in again, so its tickets are read{(handling.Writes ? " and written" : "")} again.",
                "", ct);
    }

    async Task ReportAsync(DispatchState state, string about, string words, string whileCalling, CancellationToken ct) =>
        await engine.ApplyAsync(state.Plan.Id, new DispatchInput.ReportTicket(
            about, whileCalling.Length > 0 && !await IsAcceptedAsync(state, ct) ? words + whileCalling : words), ct);
}

/// <summary>Whether a thread says that the system of its ticket does not accept our credentials, or that it does so again.</summary>
/// <remarks>Each time has a report of its own, because a report is made once: credentials may expire again.</remarks>
internal static class Admission
{
    const string Refused = "not admitted ";
    const string Admitted = "admitted ";

    /// <summary>Whether the last that the thread says of them is that they are not accepted.</summary>
    public static bool IsRefused(DispatchState state) => Count(state, Refused) > Count(state, Admitted);

    /// <summary>The name of the next report that they are not accepted.</summary>
    public static string NextRefusal(DispatchState state) => Next(state, Refused);

    /// <summary>The name of the next report that they are accepted again.</summary>
    public static string NextAdmission(DispatchState state) => Next(state, Admitted);

    static string Next(DispatchState state, string prefix) =>
        prefix + (Count(state, prefix) + 1).ToString(CultureInfo.InvariantCulture);

    static int Count(DispatchState state, string prefix) =>
        state.TicketReports.Count(each => each.StartsWith(prefix, StringComparison.Ordinal));
}
