using BotDispatch.Core;

namespace BotDispatch.Dispatching;

/// <summary>What this room logs, 100 to 199. Never a phone number, never ticket text.</summary>
internal static partial class DispatchingLog
{
    [LoggerMessage(101, LogLevel.Debug, "Dispatch {DispatchId}: {Input} ignored, {Because}")]
    public static partial void InputIgnored(this ILogger log, DispatchId dispatchId, string input, string because);

    [LoggerMessage(102, LogLevel.Error, "Dispatch {DispatchId}: looking after {Lane} failed; trying again in {After}")]
    public static partial void LaneFailed(this ILogger log, Exception exception, DispatchId dispatchId, string lane, TimeSpan after);

    [LoggerMessage(103, LogLevel.Warning, "Dispatch {DispatchId}: {Lane} postponed for {After}, {Because}")]
    public static partial void LanePostponed(this ILogger log, DispatchId dispatchId, string lane, TimeSpan after, string because);

    [LoggerMessage(104, LogLevel.Error, "Claiming lanes failed; trying again")]
    public static partial void ClaimFailed(this ILogger log, Exception exception);

    [LoggerMessage(105, LogLevel.Warning, "Dispatch {DispatchId}: its thread {Thread} is given up, {Because}")]
    public static partial void ThreadGivenUp(this ILogger log, DispatchId dispatchId, int thread, string because);

    [LoggerMessage(106, LogLevel.Information,
        "{Dispatches} dispatches had calls under way when the process started; their records are asked at once")]
    public static partial void CallsUnderWay(this ILogger log, int dispatches);

    [LoggerMessage(107, LogLevel.Warning,
        "Attempt {Attempt}: not ordered, because it could not be read in time whether it is still wanted")]
    public static partial void OrderNotChecked(this ILogger log, Exception exception, AttemptId attempt);

    [LoggerMessage(108, LogLevel.Error, "Calls under way could not be listed at the start; trying again")]
    public static partial void RestartNotNoticed(this ILogger log, Exception exception);

    [LoggerMessage(110, LogLevel.Warning,
        "Dispatch {DispatchId}: {System} does not take what should be written into its ticket ({What}); the thread says why")]
    public static partial void TicketNotWritten(this ILogger log, DispatchId dispatchId, string system, string what);

    [LoggerMessage(111, LogLevel.Information, "Dispatch {DispatchId}: its ticket in {System} was {Change}, so it is no longer needed")]
    public static partial void TicketEnded(this ILogger log, DispatchId dispatchId, string system, string change);

    [LoggerMessage(112, LogLevel.Warning, "Dispatch {DispatchId}: its ticket can no longer be read in {System}")]
    public static partial void TicketLost(this ILogger log, DispatchId dispatchId, string system);

    [LoggerMessage(113, LogLevel.Error, "The tickets of {System} could not be compared with their dispatches; trying again")]
    public static partial void TicketsNotWatched(this ILogger log, Exception exception, string system);

    [LoggerMessage(114, LogLevel.Error, "What an earlier version left for webhooks could not be looked through at the start; trying again")]
    public static partial void WebhooksNotBegun(this ILogger log, Exception exception);

    [LoggerMessage(115, LogLevel.Error,
        "Dispatch {DispatchId}: looking after {Lane} takes longer than {Limit}; until that has ended, nothing else looks after it")]
    public static partial void LaneHangs(this ILogger log, DispatchId dispatchId, string lane, TimeSpan limit);

    [LoggerMessage(109, LogLevel.Error, "Who is on duty again could not be read; trying again")]
    public static partial void DutyNotRead(this ILogger log, Exception exception);

    [LoggerMessage(116, LogLevel.Information,
        "Deleted {Count} dispatches that were closed before {Moment}, as Storage:KeepDispatches wants")]
    public static partial void DispatchesDeleted(this ILogger log, int count, DateTimeOffset moment);

    [LoggerMessage(117, LogLevel.Warning, "Dispatches and people of Teams that are old could not be deleted; trying again in an hour")]
    public static partial void DispatchesNotDeleted(this ILogger log, Exception exception);
}
