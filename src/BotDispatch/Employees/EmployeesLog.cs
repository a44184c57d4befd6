using BotDispatch.Core;

namespace BotDispatch.Employees;

/// <summary>The log messages about people, 340 to 359. They name people by id, and contain no telephone number.</summary>
internal static partial class EmployeesLog
{
    [LoggerMessage(340, LogLevel.Warning, "In the directory, {One} and {Other} {What}")]
    public static partial void Clash(this ILogger log, EmployeeId one, EmployeeId other, string what);

    [LoggerMessage(341, LogLevel.Information, "Time zones: TZDB {Version}")]
    public static partial void ZonesRead(this ILogger log, string version);

    [LoggerMessage(342, LogLevel.Warning, "{Setting}, line {Line}: {Count} of the people there are nobody in the directory, or several")]
    public static partial void UnknownInSchedule(this ILogger log, string setting, int line, int count);

    [LoggerMessage(343, LogLevel.Warning, "Time zones: TZDB {Version} is more than a year old. "
        + "Shifts in zones whose rules changed since then are wrong. Install a newer version of BotDispatch")]
    public static partial void ZonesAreOld(this ILogger log, string version);
}
