namespace BotDispatch.Teams.Identity;

/// <summary>What getting the bot's token logs, 610 to 619; never a token, a secret or an address.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(610, LogLevel.Error, "The bot gets no token: {Because}")]
    public static partial void Refused(this ILogger log, string because);

    [LoggerMessage(611, LogLevel.Warning, "The bot gets no token now: {Because}. This is logged once, and again when the reason changes")]
    public static partial void NotReached(this ILogger log, string because);

    [LoggerMessage(612, LogLevel.Information, "The bot gets tokens again")]
    public static partial void ReachedAgain(this ILogger log);
}
