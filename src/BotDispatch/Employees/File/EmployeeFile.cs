using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.File;

/// <summary>
/// The employees in a file, as the file is now. If an edit leaves no usable employee, the last good list stays, also over a restart.
/// </summary>
internal class EmployeeFile(
    string setting, string path, EmployeesFileOptions options, TimeProvider realTime, ILogger log, EmployeeCopies? copies = null)
    : IEmployeeDirectory, IEmployeeSource, INoticeSource, IWatchedList
{
    const string Without = "its people are missing, and people of another source who are in it too are called without what it says of "
        + "them: their number, language, time zone, skills, hours and absences";
    const string WithoutAny = "its people are missing";

    readonly EmployeeCopies.Copy? copy = path.Length == 0 ? null : copies?.Of(path);
    readonly WatchedFile<Employee>? file =
        path.Length == 0 ? null : new(
            setting, path, EmployeeList.ReaderFor(path, options), realTime, log, options.HasOtherSource ? Without : WithoutAny,
            copies?.Of(path));

    public EmployeeFile(
        IOptions<EmployeesFileOptions> options, TimeProvider realTime, ILogger<EmployeeFile> log, EmployeeCopies? copies = null)
        : this("Employees:File", options.Value.File, options.Value, realTime, log, copies) { }

    public string Name => setting;

    public string? Trouble => file?.Trouble;

    public ImmutableArray<Employee> Read() => file?.Read() ?? [];

    public Task<IReadOnlyList<Employee>> ListAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Employee>>(Read());

    public bool IsAboutPeople => true;

    public IReadOnlyList<string> Notices() => file is null ? [] : file.Notices();

    public void Watch() => file?.Watch();

    /// <summary>Asks for the stored copy if nothing can be read of the file.</summary>
    public void WantCopy()
    {
        if (file is null || copy is null)
            return;
        file.Read();
        copy.IsWanted |= file.HasNothing;
    }
}

/// <summary>The further files with employees, in the order of the setting.</summary>
internal sealed class MoreEmployeeFiles(
    IOptions<EmployeesFileOptions> options, TimeProvider realTime, ILogger<EmployeeFile> log, EmployeeCopies? copies = null)
    : INoticeSource, IWatchedList
{
    /// <summary>The files.</summary>
    public ImmutableArray<EmployeeFile> Files { get; } = [.. options.Value.MoreFiles.Select((path, index) =>
        new EmployeeFile($"Employees:MoreFiles:{index}", path, options.Value, realTime, log, copies))];

    public bool IsAboutPeople => true;

    public IReadOnlyList<string> Notices() => [.. Files.SelectMany(file => file.Notices())];

    public void Watch()
    {
        foreach (var file in Files)
            file.Watch();
    }
}
