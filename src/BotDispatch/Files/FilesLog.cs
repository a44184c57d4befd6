namespace BotDispatch.Files;

/// <summary>What reading lists from files logs: places in files, never what stands there.</summary>
internal static partial class FilesLog
{
    [LoggerMessage(330, LogLevel.Information, "Read {Path}: {Count} entries")]
    public static partial void ListRead(this ILogger log, string path, int count);

    [LoggerMessage(331, LogLevel.Error, "The last good list stays in use. {Problem}")]
    public static partial void ListBroken(this ILogger log, string problem);
}
