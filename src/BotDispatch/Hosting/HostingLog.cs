namespace BotDispatch.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(700, LogLevel.Warning, "Old deliveries and expired holds could not be deleted; the next attempt follows in an hour")]
    public static partial void NotTidied(this ILogger log, Exception exception);

    [LoggerMessage(701, LogLevel.Warning, "{Count} settings are odd; the argument --check lists them")]
    public static partial void OddSettings(this ILogger log, int count);

    [LoggerMessage(702, LogLevel.Warning,
        "The clock of this machine {Step}. Pauses, calls and deadlines go on by elapsed time, and nobody is called sooner, later or twice "
            + "for it")]
    public static partial void ClockStepped(this ILogger log, string step);

    [LoggerMessage(704, LogLevel.Information, "Stopping in order. Phones that ring go on ringing, and the next start looks their calls up")]
    public static partial void Stopping(this ILogger log);

    [LoggerMessage(705, LogLevel.Warning, "SIGHUP changes nothing. Files of people, shifts and tickets are read again by themselves; "
        + "restart the process for other settings")]
    public static partial void HangUpIgnored(this ILogger log);

    [LoggerMessage(703, LogLevel.Warning, "The note of the steady clock could not be stored; the next attempt follows within ten seconds")]
    public static partial void TimeNotKept(this ILogger log, Exception exception);
}
