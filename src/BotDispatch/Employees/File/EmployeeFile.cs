using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.File;

/// <summary>The employees of a file, as it is now; an edit of which nothing can be used leaves them as they were.</summary>
internal sealed class EmployeeFile(IOptions<EmployeesFileOptions> options, TimeProvider realTime, ILogger<EmployeeFile> log) : IEmployeeDirectory, INoticeSource, IWatchedList
{
    readonly WatchedFile<Employee> file = new("Employees:File", options.Value.File, EmployeeList.ParserFor(options.Value)!, realTime, log);

    public Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Employee>>(file.Read());

    public IReadOnlyList<string> Notices() => file.Notices();

    public void Watch() => file.Watch();
}
