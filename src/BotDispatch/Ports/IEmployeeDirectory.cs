using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>A source of employees.</summary>
internal interface IEmployeeDirectory
{
    /// <summary>Returns all employees, in the order in which the dialog offers them.</summary>
    Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct);
}
