namespace BotDispatch.Chat;

/// <summary>The log messages of the chat rooms. None holds a phone number, a ticket or a note.</summary>
internal static partial class ChatLog
{
    [LoggerMessage(300, LogLevel.Warning, "Asked {Whom} in vain: {Because}")]
    public static partial void AskedInVain(this ILogger log, string whom, string because);

    [LoggerMessage(301, LogLevel.Error, "Asking {Whom} failed")]
    public static partial void Broken(this ILogger log, Exception exception, string whom);

    [LoggerMessage(302, LogLevel.Information, "{Platform} user {UserId} may not {Permission}")]
    public static partial void NotAllowed(this ILogger log, string platform, string userId, Permission permission);

    [LoggerMessage(303, LogLevel.Error, "The work after an answer failed: {Exception} {Where}")]
    static partial void BackgroundWorkBroken(ILogger log, string exception, string? where);

    [LoggerMessage(304, LogLevel.Error, "Answering somebody in {Chat} failed: {Exception} {Where}")]
    public static partial void AnsweringBroken(this ILogger log, string chat, string exception, string? where);

    // The message of an exception may quote what somebody wrote; its type and stack trace do not.
    public static void BackgroundWorkBroken(this ILogger log, Exception broken) =>
        BackgroundWorkBroken(log, broken.GetType().Name, broken.StackTrace);
}
