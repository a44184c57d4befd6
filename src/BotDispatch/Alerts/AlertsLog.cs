using BotDispatch.Core;

namespace BotDispatch.Alerts;

/// <summary>What this room logs, 1020 to 1039. Never a key, a phone number or the text of an alert.</summary>
internal static partial class AlertsLog
{
    [LoggerMessage(1020, LogLevel.Warning,
        "{Sender} left {Count} alerts out of a message: nobody is called for these. Raise or remove max_alerts of its webhook")]
    public static partial void Truncated(this ILogger log, string sender, int count);

    [LoggerMessage(1021, LogLevel.Warning,
        "{Count} alerts of {Sender} match no route: nobody is called for them. End the routes with one that matches every alert")]
    public static partial void Unrouted(this ILogger log, string sender, int count);

    [LoggerMessage(1022, LogLevel.Error, "Dispatch {DispatchId} of an alert waits for {After}, because {Because}")]
    public static partial void Postponed(this ILogger log, DispatchId dispatchId, TimeSpan after, string because);

    [LoggerMessage(1023, LogLevel.Error, "Dispatch {DispatchId} of an alert could be neither started nor stopped; trying again")]
    public static partial void Failed(this ILogger log, Exception exception, DispatchId dispatchId);

    [LoggerMessage(1024, LogLevel.Error, "The dispatches of alerts could not be looked after; trying again")]
    public static partial void LoopFailed(this ILogger log, Exception exception);

    [LoggerMessage(1025, LogLevel.Warning,
        "Dispatch {DispatchId} of an alert calls {Count} people less than its route names: they are unknown or cannot be phoned")]
    public static partial void SomeLeftOut(this ILogger log, DispatchId dispatchId, int count);

    [LoggerMessage(1026, LogLevel.Error, "A message of {Sender} with the key {Key} could not be stored; the sender is asked to try again")]
    public static partial void NotStored(this ILogger log, Exception exception, string sender, string key);

    [LoggerMessage(1027, LogLevel.Error,
        "A message of {Sender} with the key {Key} was refused with {Status}: it is too large or has another form. Its sender gives it up")]
    public static partial void Refused(this ILogger log, string sender, string key, int status);

    [LoggerMessage(1028, LogLevel.Information, "Dispatch {DispatchId} of an alert waits, because {Because}. That is no failure")]
    public static partial void Waits(this ILogger log, DispatchId dispatchId, string because);

    [LoggerMessage(1029, LogLevel.Information,
        "The alert of dispatch {DispatchId} stays open: {Sender} announced an end that is older than the start of the alert")]
    public static partial void OldEnd(this ILogger log, DispatchId dispatchId, string sender);
}
