namespace BotDispatch.Tickets;

/// <summary>
/// The log messages about ticket systems. They contain hosts and settings' names, and never a credential or a ticket's text.
/// </summary>
internal static partial class TicketsLog
{
    [LoggerMessage(360, LogLevel.Information, "{System} at {Host} can be asked and knows BotDispatch as {Account}")]
    public static partial void SystemKnowsUs(this ILogger log, string system, string host, string account);

    [LoggerMessage(361, LogLevel.Error, "{System} at {Host} cannot be used. {Because}")]
    public static partial void SystemRefusesUs(this ILogger log, string system, string host, string because);

    [LoggerMessage(362, LogLevel.Warning, "{System} at {Host} could not be asked: {Because}. Dispatches go on with what was typed")]
    public static partial void SystemUnavailable(this ILogger log, string system, string host, string because);

    [LoggerMessage(363, LogLevel.Information, "{System} at {Host} answers again")]
    public static partial void SystemAnswersAgain(this ILogger log, string system, string host);

    [LoggerMessage(364, LogLevel.Error, "{System} gave an answer that BotDispatch could not read: {Exception}{StackTrace}")]
    public static partial void SystemMisread(this ILogger log, string system, string exception, string? stackTrace);

    [LoggerMessage(365, LogLevel.Warning, "{System} at {Host} will not let BotDispatch write what the settings want: {Because}")]
    public static partial void SystemLacksRights(this ILogger log, string system, string host, string because);
}
