using BotDispatch.Core;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// The log messages of this room. They contain attempts and reasons, and never a phone number, ticket text, a token, or an address with a
/// token.
/// </summary>
internal static partial class RouteeLog
{
    [LoggerMessage(400, LogLevel.Warning, "Routee gave no token: {Reason}, {Because}")]
    public static partial void NoToken(this ILogger log, LineDownReason reason, string because);

    [LoggerMessage(401, LogLevel.Error, "Routee refuses a fresh token: the application has no right to do this")]
    public static partial void FreshTokenRefused(this ILogger log);

    [LoggerMessage(402, LogLevel.Information, "Attempt {Attempt}: Routee phones")]
    public static partial void Placed(this ILogger log, AttemptId attempt);

    [LoggerMessage(403, LogLevel.Warning, "Attempt {Attempt}: Routee does not phone, {Because}")]
    public static partial void NotPlaced(this ILogger log, AttemptId attempt, string because);

    [LoggerMessage(404, LogLevel.Warning, "Attempt {Attempt}: it is unknown whether Routee phones, {Because}")]
    public static partial void Unsure(this ILogger log, AttemptId attempt, string because);

    [LoggerMessage(405, LogLevel.Information, "Attempt {Attempt}: ended by {By}, Routee answered {Status}")]
    public static partial void LegEnded(this ILogger log, AttemptId attempt, EndLegBy by, int status);

    [LoggerMessage(406, LogLevel.Warning, "Attempt {Attempt}: could not be ended by {By}, {Because}")]
    public static partial void LegNotEnded(this ILogger log, AttemptId attempt, EndLegBy by, string because);

    [LoggerMessage(407, LogLevel.Warning, "Attempt {Attempt}: its records could not be read, {Because}")]
    public static partial void NotLookedUp(this ILogger log, AttemptId attempt, string because);

    [LoggerMessage(410, LogLevel.Debug, "Attempt {Attempt}: a key report with {Keys} keys")]
    public static partial void KeysReported(this ILogger log, AttemptId attempt, int keys);

    [LoggerMessage(411, LogLevel.Debug, "Attempt {Attempt}: reported {Status}")]
    public static partial void StatusReported(this ILogger log, AttemptId attempt, LegStatus status);

    [LoggerMessage(412, LogLevel.Warning, "Attempt {Attempt}: a report that is not JSON, or too long")]
    public static partial void Unreadable(this ILogger log, AttemptId attempt);

    [LoggerMessage(413, LogLevel.Warning, "Attempt {Attempt}: a key report was not decided in time; the answer is spoken later")]
    public static partial void AnswerIsLate(this ILogger log, AttemptId attempt);

    [LoggerMessage(414, LogLevel.Error, "Attempt {Attempt}: a key report could not be decided; the question is asked again")]
    public static partial void KeysNotDecided(this ILogger log, AttemptId attempt, Exception exception);

    [LoggerMessage(415, LogLevel.Warning, "Attempt {Attempt}: a status was not stored in time; Routee will send it again")]
    public static partial void StatusIsLate(this ILogger log, AttemptId attempt);

    [LoggerMessage(416, LogLevel.Error, "Attempt {Attempt}: a late report could not be stored")]
    public static partial void ReportLost(this ILogger log, AttemptId attempt, Exception exception);

    [LoggerMessage(417, LogLevel.Warning, "Attempt {Attempt}: the late answer was not spoken, {Because}")]
    public static partial void LateAnswerNotSpoken(this ILogger log, AttemptId attempt, string because);

    /// <summary>The warning that callbacks do not arrive, for the log and for the notices in a chat.</summary>
    public const string NoCallbacks =
        "Routee's callbacks do not arrive at {Address}, so we follow calls late, from Routee's records. Check PublicBaseAddress, and the "
            + "proxy or tunnel before it: a request from outside must get 404 there, not an error of the proxy.";

    [LoggerMessage(430, LogLevel.Warning, NoCallbacks)]
    public static partial void CallbacksDoNotArrive(this ILogger log, string address);

    [LoggerMessage(431, LogLevel.Information, "Routee's callbacks arrive again")]
    public static partial void CallbacksArriveAgain(this ILogger log);

    [LoggerMessage(419, LogLevel.Error, "Asking Routee for a token failed")]
    public static partial void TokenBroke(this ILogger log, Exception exception);
}
