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

    [LoggerMessage(1004, LogLevel.Error, "The webhook {Webhook} takes no messages, because {Because}; trying again at growing intervals")]
    public static partial void WebhookFails(this ILogger log, string webhook, string because);

    [LoggerMessage(1005, LogLevel.Information, "The webhook {Webhook} takes messages again")]
    public static partial void WebhookAnswers(this ILogger log, string webhook);

    [LoggerMessage(1006, LogLevel.Error,
        "The webhook {Webhook} did not take event {Seq} of dispatch {DispatchId} for a day; it is given up")]
    public static partial void EventNotSent(this ILogger log, string webhook, BotDispatch.Core.DispatchId dispatchId, long seq);
}
