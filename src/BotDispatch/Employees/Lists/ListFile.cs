using System.Collections.Immutable;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Lists;

/// <summary>The named lists, as their file is now. If an edit leaves no usable list, the last good lists stay.</summary>
internal sealed class ListFile(IOptions<ListOptions> options, TimeProvider realTime, ILogger<ListFile> log) : IWatchedList, INoticeSource
{
    readonly WatchedFile<ListEntry>? file = options.Value.Lists is { Length: > 0 } path
        ? new("Employees:Lists", path, ListReader.ParserFor(path)!, realTime, log)
        : null;

    /// <summary>Returns the usable lists; the same array until the file changes.</summary>
    public ImmutableArray<ListEntry> Read() => file?.Read() ?? [];

    public bool IsAboutPeople => true;

    public IReadOnlyList<string> Notices() => file is null ? [] : file.Notices();

    public void Watch() => file?.Watch();
}
