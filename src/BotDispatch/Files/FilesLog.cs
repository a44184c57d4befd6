namespace BotDispatch.Files;

/// <summary>The log messages about lists in files. They contain positions in files, and never the text of a file.</summary>
internal static partial class FilesLog
{
    [LoggerMessage(330, LogLevel.Information, "Read {Path}: {Count} entries")]
    public static partial void ListRead(this ILogger log, string path, int count);

    [LoggerMessage(331, LogLevel.Error, "The last good list stays in use. {Problem}")]
    public static partial void ListBroken(this ILogger log, string problem);

    [LoggerMessage(335, LogLevel.Error, "Nothing could be read of this list yet. {Problem}")]
    public static partial void ListMissing(this ILogger log, string problem);

    [LoggerMessage(336, LogLevel.Warning, "{Path}: the copy that an earlier process stored is in use: {Count} entries, read {ReadAt}")]
    public static partial void CopyInUse(this ILogger log, string path, int count, string readAt);

    [LoggerMessage(332, LogLevel.Warning, "All other entries are in use. {Problem}")]
    public static partial void EntryBroken(this ILogger log, string problem);

    [LoggerMessage(333, LogLevel.Warning, "{Path} has {Count} more problems")]
    public static partial void MoreBroken(this ILogger log, string path, int count);

    [LoggerMessage(334, LogLevel.Error, "{Path} does not answer. The last good list stays in use")]
    public static partial void FileSilent(this ILogger log, string path);
}
