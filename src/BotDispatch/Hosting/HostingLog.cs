namespace BotDispatch.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(700, LogLevel.Warning, "Old deliveries could not be forgotten; tried again in an hour")]
    public static partial void NotTidied(this ILogger log, Exception exception);

    [LoggerMessage(701, LogLevel.Warning, "{Count} settings are odd; start with the argument --check to read which")]
    public static partial void OddSettings(this ILogger log, int count);
}
