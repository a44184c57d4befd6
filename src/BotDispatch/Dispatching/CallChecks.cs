using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Dispatching;

/// <summary>Judges, at the moment of a call, whether a callee may be called: by their shifts and hours, and by earlier calls.</summary>
internal sealed class CallChecks(
    IAvailability availability, [FromKeyedServices("dispatch-clock")] TimeProvider clock, ICallLimits? limits = null)
{
    /// <summary>Whether somebody can be unavailable in this dispatch at all.</summary>
    public bool IsUsed(DispatchState state) => availability.IsUsed || limits?.IsUsed(state.Policy) is true;

    /// <summary>Returns whether this callee of a dispatch may be called now, as the input of a call needs it.</summary>
    public async Task<LineStatus> LineOfAsync(DispatchState state, int callee, CancellationToken ct)
    {
        var employee = state.Plan.Roster[callee].Id;
        var line = availability.LineOf(employee, clock);
        if (line.Because is not null || limits is null || !limits.IsUsed(state.Policy))
            return line;
        var limited = await limits.LimitedAsync([employee], state.Policy, clock.GetUtcNow(), ct);
        return limited.TryGetValue(employee, out var off)
            ? new(PassedOverReason.OffDuty, off.Until is { } until ? clock.FromWall(until) : null, off.Words)
            : line;
    }
}
