namespace BotDispatch.Slack.Inbound;

/// <summary>What is logged of what Slack sends: its kind and what became of it, never a word of it.</summary>
internal static partial class InboundLog
{
    [LoggerMessage(522, LogLevel.Warning, "A request that Slack signed cannot be read")]
    public static partial void Unreadable(this ILogger log);

    [LoggerMessage(524, LogLevel.Warning, "A delivery for another app than Slack:AppId")]
    public static partial void ForeignApp(this ILogger log);

    [LoggerMessage(525, LogLevel.Warning, "{Kind} is not decided in time: acknowledged, and the work goes on")]
    public static partial void AnswerIsLate(this ILogger log, string kind);

    [LoggerMessage(526, LogLevel.Error, "{Kind} could not be handled: {Exception} {Where}")]
    public static partial void Broken(this ILogger log, string kind, string exception, string? where);

    [LoggerMessage(527, LogLevel.Warning, "{Kind} could not be taken now")]
    public static partial void NotTaken(this ILogger log, string kind);

    [LoggerMessage(528, LogLevel.Warning, "{Kind} was decided too late for its answer to be shown")]
    public static partial void AnswerIsLost(this ILogger log, string kind);
}
