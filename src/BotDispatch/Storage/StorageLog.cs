using BotDispatch.Core;

namespace BotDispatch.Storage;

/// <summary>What this room logs, 200 to 299.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(200, LogLevel.Information, "The database is now at version {Version}")]
    public static partial void Migrated(this ILogger log, int version);

    [LoggerMessage(201, LogLevel.Warning, "Dispatch {DispatchId} was changed by another node; deciding again")]
    public static partial void LostToAnotherNode(this ILogger log, DispatchId dispatchId);

    [LoggerMessage(202, LogLevel.Error, "A commit of {Count} inputs failed; trying them one by one")]
    public static partial void CommitFailed(this ILogger log, Exception exception, int count);
}
