using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Dispatching;

// Decides from two readings of a ticket whether its job is no longer needed.
internal sealed partial class TicketWatch
{
    static bool IsOther(TicketReading.Standing one, TicketReading.Standing other) =>
        one with { Version = "", ClosedAt = null } != other with { Version = "", ClosedAt = null };

    async Task<DispatchInput.NoLongerNeeded?> WhyNotNeededAsync(
        DispatchState state, TicketHandling handling, TicketReading.Standing? before, TicketReading.Standing now, CancellationToken ct)
    {
        if (now.IsClosed)
        {
            // It was dispatched although it was closed, or the settings close what is accepted.
            var isNews = before is null ? IsClosedSince(state, now) : !before.IsClosed;
            var isOurs = now.HasStatus(handling.StatusOnAccepted) && await IsAcceptedAsync(state, ct);
            if (!isNews || isOurs)
                return null;
            log.TicketEnded(state.Plan.Id, handling.System, "closed");
            var by = await tickets.FindWhoClosedAsync(handling.System, state.Plan.Ticket.Reference, ct);
            var merged = now.MergedInto is { } other ? $"was merged into {other.Isolated()}, which is" : "was";
            return new($"the ticket {merged} closed in {handling.System}{(by is null ? "" : $" by {OneLine(by)}")} "
                + $"(status {OneLine(now.Status)})");
        }
        if (state.IsClosed || before is null)
            return null;
        if (now.IsGivenSince(before))
        {
            log.TicketEnded(state.Plan.Id, handling.System, "assigned to somebody else");
            var who = OneLine(now.AssigneeName ?? now.Assignee ?? "somebody else");
            return new($"the ticket was assigned to {who} in {handling.System}", IsOver: false);
        }
        if (now.Urgency < before.Urgency)
        {
            log.TicketEnded(state.Plan.Id, handling.System, "lowered");
            return new($"its priority was lowered from {OneLine(before.Priority ?? "?")} to {OneLine(now.Priority ?? "?")} "
                + $"in {handling.System}", IsOver: false);
        }
        return null;
    }

    // A pass takes a while, so the job may have been accepted since it began.
    async Task<bool> IsAcceptedAsync(DispatchState state, CancellationToken ct) =>
        state.IsClosed || await engine.FindAsync(state.Plan.Id, ct) is { IsClosed: true };

    bool IsClosedSince(DispatchState state, TicketReading.Standing now) =>
        now.ClosedAt is { } closed && closed >= dispatchClock.OnWall(state.StartedAt);

    static string OneLine(string foreign) =>
        string.Join(' ', foreign.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Isolated();
}
