namespace BotDispatch.Teams.Handlers;

/// <summary>What the handlers log: never what was typed, a name, or an address that came with a delivery.</summary>
internal static partial class HandlerLog
{
    [LoggerMessage(650, LogLevel.Error, "Answering somebody in Teams failed: {Exception} {Where}")]
    public static partial void Broken(this ILogger log, string exception, string? where);

    [LoggerMessage(651, LogLevel.Error, "Where a conversation of Teams is reached could not be kept: {Exception} {Where}")]
    public static partial void NotRemembered(this ILogger log, string exception, string? where);

    [LoggerMessage(652, LogLevel.Warning, "Somebody in Teams could not be told what became of their wish: {Because}")]
    public static partial void NotSaid(this ILogger log, string because);

    [LoggerMessage(653, LogLevel.Information, "The app is not installed in a conversation of Teams any more")]
    public static partial void Removed(this ILogger log);

    [LoggerMessage(654, LogLevel.Warning, "Teams does not say of which tenant something was, so nothing was done")]
    public static partial void NoTenant(this ILogger log);
}
