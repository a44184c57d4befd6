namespace BotDispatch.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(700, LogLevel.Warning, "Old deliveries could not be forgotten; tried again in an hour")]
    public static partial void NotTidied(this ILogger log, Exception exception);
}
