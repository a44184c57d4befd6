using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>Where employees come from.</summary>
internal interface IEmployeeDirectory
{
    /// <summary>Everybody, in the order that the dialog offers them.</summary>
    Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct);
}
