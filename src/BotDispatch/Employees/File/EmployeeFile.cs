using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.File;

/// <summary>The employees in a file, as the file is now. If an edit leaves no usable employee, the last good list stays.</summary>
internal sealed class EmployeeFile(IOptions<EmployeesFileOptions> options, TimeProvider realTime, ILogger<EmployeeFile> log)
    : IEmployeeDirectory, INoticeSource, IWatchedList
{
    readonly WatchedFile<Employee> file = new("Employees:File", options.Value.File, EmployeeList.ParserFor(options.Value)!, realTime, log);

    public Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Employee>>(file.Read());

    public IReadOnlyList<string> Notices() => file.Notices();

    public void Watch() => file.Watch();
}
