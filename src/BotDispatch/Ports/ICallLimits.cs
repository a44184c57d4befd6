using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>
/// Says who is not called now because of earlier calls: they accepted a job a short while ago, or were called often enough this night.
/// </summary>
internal interface ICallLimits
{
    /// <summary>Whether a dispatch with this policy limits calls at all; null asks for the settings alone.</summary>
    bool IsUsed(EscalationPolicy? policy);

    /// <summary>Returns those of these employees who are not called at a moment, each with the reason and its end.</summary>
    /// <param name="employees">Who is asked about; null for everybody.</param>
    /// <param name="policy">The policy of the dispatch, which may set limits of its own; null for the settings alone.</param>
    /// <param name="at">A moment of the dispatch clock.</param>
    /// <param name="ct">Stops the wait for the database.</param>
    /// <returns>Only those who are not called. <see cref="Availability.Until"/> is wall time, as in <see cref="IAvailability"/>.</returns>
    Task<IReadOnlyDictionary<EmployeeId, Availability>> LimitedAsync(
        IReadOnlyCollection<EmployeeId>? employees, EscalationPolicy? policy, DateTimeOffset at, CancellationToken ct);
}
