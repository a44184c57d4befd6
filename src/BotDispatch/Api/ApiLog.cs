namespace BotDispatch.Api;

/// <summary>What this room logs, 1000 to 1019. Never a key, a phone number or ticket text.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(1000, LogLevel.Error, "The keys of the API could not be read; the sender is asked to try again")]
    public static partial void KeysNotRead(this ILogger log, Exception exception);

    [LoggerMessage(1001, LogLevel.Warning, "The use of the key {Key} could not be noted")]
    public static partial void UseNotNoted(this ILogger log, Exception exception, string key);

    [LoggerMessage(1002, LogLevel.Error, "A request of the key {Key} could not be stored; the sender is asked to try again")]
    public static partial void RequestNotStored(this ILogger log, Exception exception, string key);

    [LoggerMessage(1003, LogLevel.Information, "The key {Key} started dispatch {DispatchId}")]
    public static partial void DispatchStarted(this ILogger log, string key, BotDispatch.Core.DispatchId dispatchId);
}
