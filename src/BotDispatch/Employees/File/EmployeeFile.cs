using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.File;

/// <summary>The employees of a file, as it is now; a broken edit leaves them as they were.</summary>
internal sealed class EmployeeFile(IOptions<EmployeesFileOptions> options, TimeProvider realTime, ILogger<EmployeeFile> log) : IEmployeeDirectory
{
    readonly WatchedFile<Employee> file = new(options.Value.File, EmployeeList.ParserFor(options.Value)!, realTime, log);

    public Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Employee>>(file.Read());
}
