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

    [LoggerMessage(344, LogLevel.Information,
        "Read the calendar on line {Line} of the schedule: {Events} events, {Problems} of them not used")]
    public static partial void CalendarRead(this ILogger log, int line, int events, int problems);

    [LoggerMessage(345, LogLevel.Warning,
        "The calendar on line {Line} of the schedule cannot be read, {Because}. Its last good copy stays in use")]
    public static partial void CalendarUnread(this ILogger log, int line, string because);

    [LoggerMessage(351, LogLevel.Warning, "The stored copy of a source of people or shifts could not be read ({Failure})")]
    public static partial void CopyNotRead(this ILogger log, string failure);

    [LoggerMessage(352, LogLevel.Warning, "The copy of a source of people or shifts could not be stored ({Failure}). "
        + "It is in use, and lost if the process ends")]
    public static partial void CopyNotKept(this ILogger log, string failure);

    [LoggerMessage(356, LogLevel.Information,
        "Sources of people that are no longer in the settings: deleted their last good copies ({Count})")]
    public static partial void CopiesDeleted(this ILogger log, int count);

    [LoggerMessage(357, LogLevel.Warning,
        "The copies of sources of people that are no longer in the settings could not be deleted ({Failure}); trying again in an hour")]
    public static partial void CopiesNotDeleted(this ILogger log, string failure);

    [LoggerMessage(353, LogLevel.Information, "Read {Setting}: {People} people, {Problems} problems")]
    public static partial void RemoteRead(this ILogger log, string setting, int people, int problems);

    [LoggerMessage(354, LogLevel.Warning, "{Setting} cannot be read, {Because}. Its last good copy stays in use")]
    public static partial void RemoteUnread(this ILogger log, string setting, string because);

    [LoggerMessage(355, LogLevel.Error, "Reading {Setting} failed ({Failure}); trying again")]
    public static partial void RemoteFailed(this ILogger log, string setting, string failure);

    [LoggerMessage(346, LogLevel.Error, "The calendars could not be refreshed; trying again")]
    public static partial void CalendarsNotRefreshed(this ILogger log, Exception exception);

    [LoggerMessage(350, LogLevel.Error, "Who said in a chat that they are away could not be read; trying again")]
    public static partial void AbsencesNotRead(this ILogger log, Exception exception);

    [LoggerMessage(347, LogLevel.Information, "Read the directory server: {People} people, {Problems} entries with problems")]
    public static partial void LdapRead(this ILogger log, int people, int problems);

    [LoggerMessage(348, LogLevel.Warning, "The directory server cannot be read whole, {Because}")]
    public static partial void LdapUnread(this ILogger log, string because);

    [LoggerMessage(349, LogLevel.Error, "Reading the directory server failed ({Failure}); trying again")]
    public static partial void LdapFailed(this ILogger log, string failure);
}
