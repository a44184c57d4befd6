using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>A source of employees.</summary>
internal interface IEmployeeDirectory
{
    /// <summary>Returns all employees, in the order in which the dialog offers them.</summary>
    Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct);

    /// <summary>
    /// One whole sentence, without personal data, for each source of employees that cannot be read now: people may be missing meanwhile.
    /// Returns at once.
    /// </summary>
    IReadOnlyList<string> Troubles => [];
}
