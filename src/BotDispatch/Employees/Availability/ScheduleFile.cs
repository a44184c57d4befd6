using System.Collections.Immutable;
using BotDispatch.Files;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Availability;

/// <summary>The schedule, as its file is now. If an edit leaves no usable entry, the last good schedule stays.</summary>
internal sealed class ScheduleFile(IOptions<AvailabilityOptions> options, TimeProvider realTime, ILogger<ScheduleFile> log) : IWatchedList
{
    readonly WatchedFile<ScheduleEntry>? file = options.Value.Schedule is { Length: > 0 } path
        ? new("Employees:Schedule", path, ScheduleReader.ParserFor(path)!, realTime, log)
        : null;

    /// <summary>Whether there is a schedule.</summary>
    public bool IsSet => file is not null;

    /// <summary>Returns the usable entries; the same array until the file changes.</summary>
    public ImmutableArray<ScheduleEntry> Read() => file?.Read() ?? [];

    /// <summary>Returns what an administrator has to mend.</summary>
    public IReadOnlyList<string> Notices() => file is null ? [] : file.Notices();

    /// <summary>Returns the full path of a file that the schedule names. A relative one counts from the folder of the schedule.</summary>
    public string PathOf(string written) => Path.GetFullPath(written, Path.GetDirectoryName(Path.GetFullPath(options.Value.Schedule))!);

    public void Watch() => file?.Watch();
}
