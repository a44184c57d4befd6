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

    [LoggerMessage(203, LogLevel.Error, "The database cannot be used, and /readyz says so: {Reason}")]
    public static partial void DatabaseCannotBeUsed(this ILogger log, string reason);

    [LoggerMessage(204, LogLevel.Information, "The database can be used again")]
    public static partial void DatabaseIsUsableAgain(this ILogger log);

    [LoggerMessage(206, LogLevel.Warning, "{Problem}")]
    public static partial void PlaceIsOdd(this ILogger log, string problem);

    [LoggerMessage(205, LogLevel.Warning, "{Problem}. In Production it would not be taken")]
    public static partial void KeyFileIsExposed(this ILogger log, string problem);
}
